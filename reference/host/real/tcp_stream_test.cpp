#include <boost/asio/error.hpp>

#include "reference/host/initiate.hpp"
#include "reference/host/real/loopback_fixture.hpp"

using namespace host;
using namespace host::test;
namespace asio = boost::asio;
using asio::awaitable;

namespace {

constexpr std::size_t two_megabytes = 2 * 1024 * 1024;

awaitable<ErrorCode> read_once(Stream& stream, std::string& buffer) {
  const auto target = asio::buffer(buffer);
  auto start = [&stream, target](IoCompletion done) { stream.start_read(target, std::move(done)); };
  const auto executor = stream.executor();
  const auto [error, count] = co_await initiate<ErrorCode, std::size_t>(executor, std::move(start));
  buffer.resize(count);
  co_return error;
}

awaitable<ErrorCode> write_once(Stream& stream, std::string_view bytes) {
  const asio::const_buffer source(bytes.data(), bytes.size());
  auto start = [&stream, source](IoCompletion done) {
    stream.start_write(source, std::move(done));
  };
  const auto executor = stream.executor();
  const auto [error, count] = co_await initiate<ErrorCode, std::size_t>(executor, std::move(start));
  co_return error;
}

awaitable<void> echo(Loopback& loopback, Acceptor& acceptor) {
  auto accepted = co_await accept(acceptor);
  auto stream = std::move(accepted).value();
  std::string bytes;
  while (!co_await read_some(loopback.host, *stream, bytes, loopback.in(20s))) {
    co_await write_all(loopback.host, *stream, bytes, loopback.in(20s));
    bytes.clear();
  }
}

awaitable<void> send(Loopback& loopback, Stream& stream, const std::string& bytes) {
  const ErrorCode error = co_await write_all(loopback.host, stream, bytes, loopback.in(20s));
  BOOST_TEST(!error);
}

awaitable<void> send_and_compare(Loopback& loopback, Endpoint to) {
  auto connecting = loopback.host.connect(to, loopback.in(10s));
  auto connected = co_await std::move(connecting);
  auto stream = std::move(connected).value();
  BOOST_TEST((stream->remote() == to));
  BOOST_TEST(stream->local().port != 0);
  const std::string bytes = pattern(two_megabytes);
  loopback.start(send(loopback, *stream, bytes));
  std::string received;
  while (received.size() < bytes.size()) {
    const auto error = co_await read_some(loopback.host, *stream, received, loopback.in(20s));
    BOOST_REQUIRE(!error);
  }
  BOOST_TEST((received == bytes));
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(bytes_travel_both_ways_in_order, Loopback) {
  auto acceptor = listen();
  start(echo(*this, *acceptor));
  start(send_and_compare(*this, acceptor->local()));
  run();
}

namespace {

awaitable<void> time_out_and_go_on(Loopback& loopback) {
  auto pair = co_await connect_pair(loopback);
  std::string received;
  auto error = co_await read_some(loopback.host, *pair.client, received, loopback.in(30ms));
  BOOST_TEST(error == make_error_code(Error::timed_out));
  BOOST_TEST(received.empty());
  co_await write_all(loopback.host, *pair.server, "late", loopback.in(10s));
  error = co_await read_some(loopback.host, *pair.client, received, loopback.in(10s));
  BOOST_TEST(!error);
  BOOST_TEST(received == "late");
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(after_a_read_timed_out_the_connection_goes_on, Loopback) {
  start(time_out_and_go_on(*this));
  run();
}

namespace {

// The bytes are there when the read is cancelled, and nobody has been told yet.
awaitable<void> cancel_beside_arrival(Loopback& loopback) {
  auto pair = co_await connect_pair(loopback);
  std::string all;
  for (int round = 0; round < 200; ++round) {
    bool ended = false;
    std::string buffer(100, '\0');
    ErrorCode result;
    auto on_read = [&](ErrorCode error, std::size_t count) {
      ended = true;
      result = error;
      buffer.resize(count);
    };
    const auto executor = pair.client->executor();
    pair.client->start_read(asio::buffer(buffer), IoCompletion(executor, on_read));
    co_await write_all(loopback.host, *pair.server, "x", loopback.in(10s));
    if (round % 2) co_await asio::post(asio::use_awaitable);
    pair.client->cancel();
    while (!ended) co_await asio::post(asio::use_awaitable);
    BOOST_TEST((!result || result == asio::error::operation_aborted));
    if (!result) all += buffer;
  }
  pair.server->close();
  const auto end = co_await read_to_end(loopback, *pair.client, all);
  BOOST_TEST(end == make_error_code(Error::end_of_stream));
  BOOST_TEST(all == std::string(200, 'x'));
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_cancelled_read_has_taken_no_byte, Loopback) {
  start(cancel_beside_arrival(*this));
  run();
}

namespace {

awaitable<void> half_close(Loopback& loopback) {
  auto pair = co_await connect_pair(loopback);
  co_await write_all(loopback.host, *pair.client, "question", loopback.in(10s));
  pair.client->shutdown_send();
  auto error = co_await write_once(*pair.client, "more");
  BOOST_TEST(error == ErrorCode(asio::error::broken_pipe));
  std::string question;
  error = co_await read_to_end(loopback, *pair.server, question);
  BOOST_TEST(error == make_error_code(Error::end_of_stream));
  BOOST_TEST(question == "question");
  co_await write_all(loopback.host, *pair.server, "answer", loopback.in(10s));
  pair.server->close();
  std::string answer;
  error = co_await read_to_end(loopback, *pair.client, answer);
  BOOST_TEST(error == make_error_code(Error::end_of_stream));
  BOOST_TEST(answer == "answer");
  error = co_await read_to_end(loopback, *pair.client, answer);
  BOOST_TEST(error == make_error_code(Error::end_of_stream));
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_half_closed_connection_still_carries_the_answer, Loopback) {
  start(half_close(*this));
  run();
}

namespace {

awaitable<void> reset_after_data(Loopback& loopback, bool write_first) {
  auto pair = co_await connect_pair(loopback);
  co_await write_all(loopback.host, *pair.server, "last words", loopback.in(10s));
  pair.server->reset();
  const auto own = co_await write_once(*pair.server, "x");
  BOOST_TEST(own == ErrorCode(asio::error::operation_aborted));
  const ErrorCode reset(asio::error::connection_reset);
  // The kernel tells one direction only; ours tells both, whichever asks first.
  ErrorCode error = reset;
  if (write_first) error = co_await write_once(*pair.client, "x");
  BOOST_TEST(error == reset);
  std::string received;
  error = co_await read_to_end(loopback, *pair.client, received);
  BOOST_TEST(error == reset);
  BOOST_TEST(received == "last words");
  error = co_await read_to_end(loopback, *pair.client, received);
  BOOST_TEST(error == reset);
  error = co_await write_once(*pair.client, "x");
  BOOST_TEST(error == reset);
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_reset_shows_after_the_data_and_in_both_directions, Loopback) {
  start(reset_after_data(*this, false));
  start(reset_after_data(*this, true));
  run();
}

namespace {

// Nothing is awaited between the write and the close.
awaitable<void> write_and_close(Loopback& loopback, bool destroy) {
  auto pair = co_await connect_pair(loopback);
  const std::string bytes = pattern(50'000);
  std::size_t taken = 0;
  auto on_written = [&](ErrorCode, std::size_t count) { taken = count; };
  const auto executor = pair.client->executor();
  pair.client->start_write(asio::buffer(bytes), IoCompletion(executor, on_written));
  destroy ? pair.client.reset() : pair.client->close();
  std::string received;
  const auto error = co_await read_to_end(loopback, *pair.server, received);
  BOOST_TEST(error == make_error_code(Error::end_of_stream));
  BOOST_TEST(taken == bytes.size());
  BOOST_TEST((received == bytes));
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(what_was_written_right_before_the_close_is_delivered, Loopback) {
  start(write_and_close(*this, false));
  start(write_and_close(*this, true));
  run();
}

namespace {

awaitable<void> fill_the_window(Loopback& loopback) {
  auto pair = co_await connect_pair(loopback);
  const std::string chunk(100'000, 'x');
  ErrorCode error;
  std::size_t taken = 0;
  while (!error && taken < 100'000'000) {
    auto on_written = [&](ErrorCode, std::size_t count) { taken += count; };
    bool pending = true;
    auto finish = [&](ErrorCode result, std::size_t count) {
      pending = false;
      error = result;
      on_written(result, count);
    };
    const auto executor = pair.client->executor();
    pair.client->start_write(asio::buffer(chunk), IoCompletion(executor, finish));
    auto timer = loopback.host.make_timer(TimerKind::activity, executor);
    for (int i = 0; pending && i < 20; ++i) co_await wait_until(*timer, loopback.in(10ms));
    if (!pending) continue;
    pair.client->close();
    co_await asio::post(asio::use_awaitable);
    BOOST_TEST(!pending);
  }
  BOOST_TEST(error == ErrorCode(asio::error::operation_aborted));
  BOOST_TEST(taken > 0u);
  std::string received;
  error = co_await read_to_end(loopback, *pair.server, received);
  BOOST_TEST(error == make_error_code(Error::end_of_stream));
  BOOST_TEST(received.size() == taken);
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_write_without_room_waits_and_the_close_delivers_what_was_taken,
                        Loopback) {
  start(fill_the_window(*this));
  run();
}

namespace {

awaitable<void> read_until_closed(Stream& stream, ErrorCode& error) {
  std::string buffer(10, '\0');
  error = co_await read_once(stream, buffer);
}

awaitable<void> close_under_a_reader(Loopback& loopback, bool reset) {
  auto pair = co_await connect_pair(loopback);
  ErrorCode error;
  loopback.start(pair.client->executor(), read_until_closed(*pair.client, error));
  auto timer = loopback.host.make_timer(TimerKind::activity, pair.client->executor());
  co_await wait_until(*timer, loopback.in(5ms));
  reset ? pair.client->reset() : pair.client->close();
  co_await wait_until(*timer, loopback.in(5ms));
  BOOST_TEST(error == ErrorCode(asio::error::operation_aborted));
  std::string buffer(10, '\0');
  error = co_await read_once(*pair.client, buffer);
  BOOST_TEST(error == ErrorCode(asio::error::operation_aborted));
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_close_or_reset_aborts_what_is_pending_and_what_comes_later, Loopback) {
  start(close_under_a_reader(*this, false));
  start(close_under_a_reader(*this, true));
  run();
}
