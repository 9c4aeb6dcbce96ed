#include "sim/world/virtual/network.hpp"

#include <algorithm>
#include <numeric>

#include "sim/world/virtual/network_fixture.hpp"

using namespace sealcheck;
using namespace sealcheck::world;
using namespace std::chrono_literals;

namespace {

// Sends from a to b in datagrams numbered from 0; returns which arrived, in their order.
std::vector<int> arrivals_of_datagrams(std::uint64_t seed, const LinkParameters& link, int count) {
  TwoEnds ends(seed);
  ends.from_a(link);
  auto from = ends.a.bind_datagram({ends.a.address(), 5000}, ends.a.session_executor()).value();
  auto to = ends.b.bind_datagram({ends.b.address(), 53}, ends.b.session_executor()).value();
  for (int i = 0; i < count; ++i) from->send({ends.b.address(), 53}, std::to_string(i));
  std::vector<int> arrived;
  auto receive_all = [](host::Host& host, host::DatagramSocket& socket,
                        std::vector<int>& into) -> boost::asio::awaitable<void> {
    for (;;) {
      auto datagram = co_await host::receive(host, socket, host.mono_now() + 10s);
      if (!datagram) co_return;
      into.push_back(std::stoi(datagram.value().payload));
    }
  };
  host::spawn(ends.b, ends.b.session_executor(), "receiver", receive_all(ends.b, *to, arrived));
  ends.run();
  BOOST_TEST(ends.events("path.lost").size() + arrived.size() == static_cast<std::size_t>(count));
  return arrived;
}

}  // namespace

BOOST_AUTO_TEST_CASE(chopping_and_joining_change_no_byte) {
  const std::string bytes = pattern(20'000);
  std::vector<LinkParameters> links(6);
  links[0].chop.piece_bytes_max = 1;
  links[1].chop.random_bytes_max = 9;
  links[2].chop.offsets = {1, 5, 7777};
  links[3].coalesces = true;
  links[4].chop.piece_bytes_max = 3;
  links[4].coalesces = true;
  links[5].window_bytes = 1000;
  links[5].chop.inside_tls_headers = true;
  for (const LinkParameters& link : links) {
    TwoEnds ends;
    ends.both_ways(link);
    host::ErrorCode error;
    const Heard heard = ends.transfer(bytes, error);
    BOOST_TEST(!error);
    BOOST_TEST((heard.bytes == bytes));
    BOOST_TEST(heard.end == make_error_code(host::Error::end_of_stream));
  }
}

BOOST_FIXTURE_TEST_CASE(a_chopped_link_gives_single_bytes_to_each_read, TwoEnds) {
  LinkParameters link;
  link.chop.piece_bytes_max = 1;
  from_a(link);
  host::ErrorCode error;
  const Heard heard = transfer(pattern(300), error);
  BOOST_TEST(heard.reads.size() == 300u);
}

BOOST_FIXTURE_TEST_CASE(a_cut_falls_exactly_where_it_is_told, TwoEnds) {
  LinkParameters link;
  link.chop.offsets = {4, 6};
  link.chop.between_cr_and_lf = true;
  from_a(link);
  host::ErrorCode error;
  const Heard heard = transfer("0123456789\r\n", error);
  BOOST_TEST(heard.reads == (std::vector<std::size_t>{4, 2, 5, 1}),
             boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_coalescing_link_joins_small_writes_into_one_read, TwoEnds) {
  LinkParameters link;
  link.coalesces = true;
  from_a(link);
  connect();
  Heard heard;
  read(b, *at_b, heard);
  host::ErrorCode error;
  write(a, *at_a, "220 go\r\n", error);
  run_for(2ms);
  write(a, *at_a, "and more\r\n", error);
  run_for(1s);
  BOOST_TEST(heard.bytes == "220 go\r\nand more\r\n");
  BOOST_TEST(heard.reads.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(without_coalescing_the_same_writes_are_read_apart, TwoEnds) {
  connect();
  Heard heard;
  read(b, *at_b, heard);
  host::ErrorCode error;
  write(a, *at_a, "220 go\r\n", error);
  run_for(2ms);
  write(a, *at_a, "and more\r\n", error);
  run_for(1s);
  BOOST_TEST(heard.reads.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(never_more_is_under_way_than_the_window, TwoEnds) {
  LinkParameters link;
  link.window_bytes = 4000;
  link.latency = 20ms;
  both_ways(link);
  connect();
  host::ErrorCode error = make_error_code(host::Error::timed_out);
  write(a, *at_a, pattern(50'000), error);
  run_for(10s);
  std::size_t sent = 0;
  for (const auto& event : events("tcp.data")) sent += event.payload.size();
  BOOST_TEST(sent == 4000u);  // nobody reads
  BOOST_TEST(error == make_error_code(host::Error::timed_out));
  Heard heard;
  const std::int64_t begin = world.scheduler().now();
  read(b, *at_b, heard);
  run_for(10s);
  BOOST_TEST(!error);
  BOOST_TEST((heard.bytes == pattern(50'000)));
  // Back-pressure costs a round trip for each window: 12.5 of them, 40 ms each.
  const std::int64_t took = heard.times.back() - begin;
  BOOST_TEST(took >= 11 * 40'000'000);
  // And at no time does what was sent exceed what was read by more than a window.
  std::size_t read_before = 0;
  std::size_t next = 0;
  sent = 0;
  for (const auto& event : events("tcp.data")) {
    for (; next < heard.reads.size() && heard.times[next] <= event.at_ns; ++next)
      read_before += heard.reads[next];
    sent += event.payload.size();
    BOOST_TEST(sent - read_before <= 4000u);
  }
}

BOOST_FIXTURE_TEST_CASE(a_new_write_finds_the_window_as_full_as_the_last_one_left_it, TwoEnds) {
  LinkParameters link;
  link.window_bytes = 4000;
  from_a(link);
  connect();
  host::ErrorCode error;
  write(a, *at_a, pattern(4000), error);
  run_for(10s);  // all has arrived, and nobody has read it
  write(a, *at_a, "more", error, 5s);
  run_for(10s);
  BOOST_TEST(error == make_error_code(host::Error::timed_out));
}

BOOST_FIXTURE_TEST_CASE(bandwidth_latency_and_segment_size_are_kept, TwoEnds) {
  LinkParameters link;
  link.bytes_per_second = 10'000;
  link.latency = 500ms;
  link.segment_bytes_max = 100;
  from_a(link);
  connect();
  const std::int64_t begin = world.scheduler().now();
  Heard heard;
  read(b, *at_b, heard);
  host::ErrorCode error;
  write(a, *at_a, pattern(5000), error);
  run_for(10s);
  BOOST_TEST(heard.times.front() - begin == 510'000'000);
  BOOST_TEST(heard.times.back() - begin == 1'000'000'000);
  BOOST_TEST(events("tcp.data").size() == 50u);
}

BOOST_AUTO_TEST_CASE(jitter_delays_but_never_overtakes_and_depends_on_the_seed) {
  const auto times = [](std::uint64_t seed) {
    TwoEnds ends(seed);
    LinkParameters link;
    link.jitter = 50ms;
    link.segment_bytes_max = 100;
    ends.from_a(link);
    host::ErrorCode error;
    Heard heard = ends.transfer(pattern(3000), error);
    BOOST_TEST((heard.bytes == pattern(3000)));
    return heard.times;
  };
  BOOST_TEST(times(1) == times(1), boost::test_tools::per_element());
  BOOST_TEST((times(1) != times(2)));
}

BOOST_FIXTURE_TEST_CASE(a_refusing_path_resets_the_attempt_though_somebody_listens, TwoEnds) {
  LinkParameters link;
  link.refuses = true;
  both_ways(link);
  connect();
  BOOST_TEST(connect_error == host::ErrorCode(boost::asio::error::connection_refused));
  BOOST_TEST(events("path.refused").size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_swallowing_path_answers_nothing, TwoEnds) {
  LinkParameters link;
  link.swallows = true;
  from_b(link);  // the way back is enough
  connect();
  BOOST_TEST(connect_error == make_error_code(host::Error::timed_out));
  BOOST_TEST(!at_b);
  BOOST_TEST(events("path.swallowed").size() == 1u);
}

BOOST_AUTO_TEST_CASE(datagrams_are_lost_by_the_seed_and_no_other_fault_moves_them) {
  LinkParameters link;
  BOOST_TEST(arrivals_of_datagrams(1, link, 200).size() == 200u);
  link.datagram_loss_percent = 30;
  const auto arrived = arrivals_of_datagrams(1, link, 200);
  BOOST_TEST(arrived.size() > 110u);
  BOOST_TEST(arrived.size() < 170u);
  BOOST_TEST((arrived != arrivals_of_datagrams(2, link, 200)));
  // The same ones get through when the link has other faults beside, though perhaps in another
  // order.
  link.jitter = 20ms;
  auto with_jitter = arrivals_of_datagrams(1, link, 200);
  BOOST_TEST((with_jitter != arrived));
  std::sort(with_jitter.begin(), with_jitter.end());
  BOOST_TEST((with_jitter == arrived));
  link.datagram_loss_percent = 100;
  BOOST_TEST(arrivals_of_datagrams(1, link, 20).empty());
}

BOOST_AUTO_TEST_CASE(removing_one_fault_moves_no_other) {
  const auto reads = [](bool with_jitter) {
    TwoEnds ends;
    LinkParameters link;
    link.chop.random_bytes_max = 40;
    if (with_jitter) link.jitter = 5ms;
    link.party.flips = {1000};
    ends.from_a(link);
    host::ErrorCode error;
    Heard heard = ends.transfer(pattern(4000), error);
    // Where reads end is the union of cuts and arrivals; the cuts alone are asked for.
    std::vector<std::size_t> ends_of_reads(heard.reads.size());
    std::partial_sum(heard.reads.begin(), heard.reads.end(), ends_of_reads.begin());
    BOOST_TEST(heard.bytes[1000] == static_cast<char>(pattern(4000)[1000] ^ 1));
    std::erase_if(ends_of_reads, [](std::size_t end) { return end % 1460 == 0; });
    return ends_of_reads;
  };
  BOOST_TEST(reads(true) == reads(false), boost::test_tools::per_element());
}
