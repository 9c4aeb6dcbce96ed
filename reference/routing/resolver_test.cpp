#include "reference/routing/resolver.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "reference/routing/test_network.hpp"

namespace {

using namespace sealgate::routing;
using namespace sealgate::routing::test;
using namespace std::chrono_literals;

/// One A look-up of mx.test, with a minute's time.
struct Lookup {
  explicit Lookup(Script script,
                  std::vector<host::Endpoint> servers = {dns_server(1), dns_server(2)},
                  host::Duration limit = 1min)
      : network(std::move(script)), resolver(network, std::move(servers)) {
    answer = network.run(resolver.lookup("MX.test", RecordType::a, network.in(limit)));
  }

  TestNetwork network;
  Resolver resolver;
  Answer answer;
};

const ReplyParts good = {0, false, {a_record("mx.test", "192.0.2.25")}, {}};

}  // namespace

BOOST_AUTO_TEST_SUITE(resolver)

BOOST_AUTO_TEST_CASE(an_address_is_looked_up_at_the_first_server) {
  const Lookup done([](const Query& query) { return answer(query, good); });
  BOOST_TEST((done.answer.status == AnswerStatus::ok));
  BOOST_TEST_REQUIRE(done.answer.records.size() == 1u);
  BOOST_TEST(done.answer.records[0].address.to_string() == "192.0.2.25");
  BOOST_TEST((done.answer.ttl == 300s));
  BOOST_TEST_REQUIRE(done.network.queries.size() == 1u);
  BOOST_TEST((done.network.queries[0].server == dns_server(1)));
  BOOST_TEST(done.network.queries[0].name == "mx.test");
  BOOST_TEST((done.network.elapsed() == 0s));
}

BOOST_AUTO_TEST_CASE(the_absence_of_a_record_or_a_name_is_an_answer_with_the_ttl_of_its_soa) {
  const Lookup nodata([](const Query& query) {
    return answer(query, {0, false, {}, {soa_record("test", 900, 60)}});
  });
  BOOST_TEST((nodata.answer.status == AnswerStatus::nodata));
  BOOST_TEST((nodata.answer.ttl == 60s));
  const Lookup nxdomain([](const Query& query) {
    return answer(query, {3, false, {}, {soa_record("test", 30, 60)}});
  });
  BOOST_TEST((nxdomain.answer.status == AnswerStatus::nxdomain));
  BOOST_TEST((nxdomain.answer.ttl == 30s));
  BOOST_TEST(nxdomain.network.queries.size() == 1u);
}

BOOST_AUTO_TEST_CASE(spoofed_replies_are_ignored_until_the_real_one_comes) {
  const Lookup done([](const Query& query) -> std::vector<Sent> {
    const ReplyParts spoof = {0, false, {a_record(query.name, "203.0.113.66")}, {}};
    const auto forged = wire_reply(query.id, query.name, query.type, spoof);
    auto wrong_port = query.server;
    wrong_port.port = 5353;
    return {{dns_server(9), forged},
            {wrong_port, forged},
            {query.server, wire_reply(query.id ^ 1u, query.name, query.type, spoof)},
            {query.server, wire_reply(query.id, "other.test", query.type, spoof)},
            {query.server, wire_reply(query.id, query.name, 28, spoof)},
            {query.server, query.wire},
            {query.server, "garbage"},
            {query.server, ""},
            {query.server, wire_reply(query.id, query.name, query.type, good)}};
  });
  BOOST_TEST((done.answer.status == AnswerStatus::ok));
  BOOST_TEST_REQUIRE(done.answer.records.size() == 1u);
  BOOST_TEST(done.answer.records[0].address.to_string() == "192.0.2.25");
  BOOST_TEST(done.network.queries.size() == 1u);
}

BOOST_AUTO_TEST_CASE(only_spoofed_replies_are_silence) {
  const Lookup done([](const Query& query) -> std::vector<Sent> {
    return {{dns_server(9), wire_reply(query.id, query.name, query.type, good)}};
  });
  BOOST_TEST((done.answer.status == AnswerStatus::timeout));
}

BOOST_AUTO_TEST_CASE(every_query_has_its_own_id_and_port) {
  const Lookup done([](const Query&) { return std::vector<Sent>(); });
  std::set<std::uint16_t> ids, ports;
  for (const auto& query : done.network.queries) {
    ids.insert(query.id);
    ports.insert(query.client.port);
  }
  BOOST_TEST(done.network.queries.size() == 6u);
  BOOST_TEST(ids.size() == 6u);
  BOOST_TEST(ports.size() == 6u);
}

BOOST_AUTO_TEST_CASE(a_silent_server_gives_way_to_the_next_after_two_seconds) {
  const Lookup done([](const Query& query) {
    return query.server == dns_server(2) ? answer(query, good) : std::vector<Sent>();
  });
  BOOST_TEST((done.answer.status == AnswerStatus::ok));
  BOOST_TEST((done.network.elapsed() == 2s));
}

BOOST_AUTO_TEST_CASE(a_lost_datagram_is_sent_again) {
  int seen = 0;
  const Lookup done(
      [&](const Query& query) { return ++seen == 3 ? answer(query, good) : std::vector<Sent>(); },
      {dns_server(1)});
  BOOST_TEST((done.answer.status == AnswerStatus::ok));
  BOOST_TEST((done.network.elapsed() == 4s));
}

BOOST_AUTO_TEST_CASE(silence_ends_after_three_rounds_or_at_the_deadline) {
  const auto silent = [](const Query&) { return std::vector<Sent>(); };
  const Lookup rounds(silent);
  BOOST_TEST((rounds.answer.status == AnswerStatus::timeout));
  BOOST_TEST((rounds.network.elapsed() == 12s));
  const Lookup early(silent, {dns_server(1)}, 5s);
  BOOST_TEST((early.answer.status == AnswerStatus::timeout));
  BOOST_TEST((early.network.elapsed() == 5s));
  const Lookup none(silent, {});
  BOOST_TEST((none.answer.status == AnswerStatus::timeout));
}

BOOST_AUTO_TEST_CASE(a_server_that_fails_gives_way_at_once_and_is_not_asked_again) {
  const Lookup done([](const Query& query) {
    return answer(query, query.server == dns_server(1) ? ReplyParts{2, false, {}, {}} : good);
  });
  BOOST_TEST((done.answer.status == AnswerStatus::ok));
  BOOST_TEST((done.network.elapsed() == 0s));
  const Lookup servfail([](const Query& query) { return answer(query, {2, false, {}, {}}); });
  BOOST_TEST((servfail.answer.status == AnswerStatus::servfail));
  BOOST_TEST(servfail.network.queries.size() == 2u);
  const Lookup refused([](const Query& query) { return answer(query, {5, false, {}, {}}); });
  BOOST_TEST((refused.answer.status == AnswerStatus::refused));
}

BOOST_AUTO_TEST_CASE(a_truncated_reply_is_never_half_an_answer) {
  // Nobody listens on TCP: neither server can say it all.
  const Lookup done([](const Query& query) { return answer(query, {0, true, good.answers, {}}); });
  BOOST_TEST((done.answer.status == AnswerStatus::truncated));
  BOOST_TEST(done.answer.records.empty());
  BOOST_TEST(done.network.queries.size() == 2u);
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_a_datagram_is_asked_for_over_tcp) {
  TestNetwork network([](const Query& query) {
    return answer(query, query.over_tcp ? good : ReplyParts{0, true, {}, {}});
  });
  network.tcp_piece = 3;
  Resolver resolver(network, {dns_server()});
  const auto answer = network.run(resolver.lookup("mx.test", RecordType::a, network.in(1min)));
  BOOST_TEST((answer.status == AnswerStatus::ok));
  BOOST_TEST(answer.records.size() == 1u);
  BOOST_TEST(network.queries.size() == 2u);
  BOOST_TEST(network.queries.at(0).id != network.queries.at(1).id);
}

BOOST_AUTO_TEST_CASE(over_tcp_a_wrong_id_and_a_silent_server_are_failures_of_that_server) {
  TestNetwork network([](const Query& query) -> std::vector<Sent> {
    if (!query.over_tcp) return answer(query, {0, true, {}, {}});
    if (query.server == dns_server(1)) return {};
    return {{query.server, wire_reply(query.id ^ 1u, query.name, query.type, good)}};
  });
  network.tcp_piece = 100;
  Resolver resolver(network, {dns_server(1), dns_server(2)});
  const auto answer = network.run(resolver.lookup("mx.test", RecordType::a, network.in(1min)));
  BOOST_TEST((answer.status == AnswerStatus::truncated));
  BOOST_TEST((network.elapsed() == 5s));
}

BOOST_AUTO_TEST_CASE(what_was_learnt_is_not_asked_again_in_its_time) {
  TestNetwork network([](const Query& query) { return answer(query, good); });
  Resolver resolver(network, {dns_server()});
  for (int i = 0; i < 3; ++i) {
    const auto answer = network.run(resolver.lookup("MX.test.", RecordType::a, network.in(1min)));
    BOOST_TEST((answer.status == AnswerStatus::ok));
  }
  BOOST_TEST(network.queries.size() == 1u);
}

BOOST_AUTO_TEST_CASE(aliases_are_followed_within_a_reply_and_with_a_new_query) {
  const Lookup within([](const Query& query) {
    return answer(query, {0,
                          false,
                          {a_record("b.test", "192.0.2.25"), cname_record("a.test", "B.test", 20),
                           cname_record("mx.test", "a.test"), a_record("c.test", "203.0.113.66")},
                          {}});
  });
  BOOST_TEST((within.answer.status == AnswerStatus::ok));
  BOOST_TEST_REQUIRE(within.answer.records.size() == 1u);
  BOOST_TEST(within.answer.records[0].name == "b.test");
  BOOST_TEST((within.answer.ttl == 20s));
  BOOST_TEST(within.network.queries.size() == 1u);

  const Lookup again([](const Query& query) {
    if (query.name == "a.test")
      return answer(query, {0, false, {a_record("a.test", "192.0.2.25")}, {}});
    return answer(query, {0, false, {cname_record("mx.test", "a.test", 10)}, {}});
  });
  BOOST_TEST((again.answer.status == AnswerStatus::ok));
  BOOST_TEST((again.answer.ttl == 10s));
  BOOST_TEST(again.network.queries.size() == 2u);

  const Lookup dangling([](const Query& query) {
    return answer(query,
                  {3, false, {cname_record("mx.test", "a.test")}, {soa_record("test", 9, 9)}});
  });
  BOOST_TEST((dangling.answer.status == AnswerStatus::nxdomain));
}

BOOST_AUTO_TEST_CASE(alias_loops_and_endless_chains_end) {
  const Lookup loop([](const Query& query) {
    return answer(
        query,
        {0, false, {cname_record("mx.test", "a.test"), cname_record("a.test", "mx.test")}, {}});
  });
  BOOST_TEST((loop.answer.status == AnswerStatus::cname_loop));
  const Lookup endless([](const Query& query) {
    return answer(query, {0, false, {cname_record(query.name, "x" + query.name)}, {}});
  });
  BOOST_TEST((endless.answer.status == AnswerStatus::cname_loop));
  BOOST_TEST(endless.network.queries.size() == 9u);
}

BOOST_AUTO_TEST_CASE(a_name_that_cannot_be_asked_for_sends_nothing) {
  TestNetwork network([](const Query&) { return std::vector<Sent>(); });
  Resolver resolver(network, {dns_server()});
  const auto answer = network.run(resolver.lookup("a..b", RecordType::a, network.in(1min)));
  BOOST_TEST((answer.status == AnswerStatus::invalid_name));
  BOOST_TEST(network.queries.empty());
}

BOOST_AUTO_TEST_SUITE_END()
