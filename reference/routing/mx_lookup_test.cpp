#include "reference/routing/mx_lookup.hpp"

#include <boost/test/unit_test.hpp>
#include <map>
#include <set>

#include "reference/routing/test_network.hpp"

namespace {

using namespace sealgate::routing;
using namespace sealgate::routing::test;
using namespace std::chrono_literals;

/// (name, type) → reply. What is not there exists without such records; nullopt is silence.
using Zone = std::map<std::pair<std::string, unsigned>, std::optional<ReplyParts>>;
constexpr unsigned a = 1, mx = 15, aaaa = 28;

struct Lookup {
  explicit Lookup(Zone zone)
      : network([zone = std::move(zone)](const Query& query) -> std::vector<Sent> {
          const auto entry = zone.find({query.name, query.type});
          if (entry == zone.end()) return answer(query, {});
          return entry->second ? answer(query, *entry->second) : std::vector<Sent>();
        }) {}

  MailHosts hosts(std::string domain = "partner.test") {
    return network.run(find_hosts(resolver, network, std::move(domain), network.in(1min)));
  }
  LookupFailure failure(std::string domain = "partner.test") {
    const auto found = hosts(std::move(domain));
    BOOST_TEST_REQUIRE(found.has_error());
    return found.error();
  }

  TestNetwork network;
  Resolver resolver{network, {dns_server()}};
};

ReplyParts reply(std::vector<std::string> answers) {
  return {0, false, std::move(answers), {}};
}

void is(const LookupFailure& failure, bool permanent, std::string_view reason,
        std::string_view code) {
  BOOST_TEST(failure.permanent == permanent);
  BOOST_TEST(failure.reason == reason);
  BOOST_TEST(failure.enhanced_code == code);
  BOOST_TEST(!failure.text.empty());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mx_lookup)

BOOST_AUTO_TEST_CASE(hosts_come_in_the_order_of_preference_with_all_their_addresses) {
  Lookup lookup(
      {{{"partner.test", mx},
        reply({mx_record("partner.test", 20, "second.test"),
               mx_record("partner.test", 10, "first.test")})},
       {{"first.test", a},
        reply({a_record("first.test", "192.0.2.25"), a_record("first.test", "192.0.2.26")})},
       {{"first.test", aaaa}, reply({aaaa_record("first.test", "2001:db8::25")})},
       {{"second.test", a}, reply({a_record("second.test", "192.0.2.27")})}});
  const auto hosts = lookup.hosts();
  BOOST_TEST_REQUIRE(hosts.has_value());
  BOOST_TEST_REQUIRE(hosts->size() == 2u);
  BOOST_TEST(hosts->at(0).name == "first.test");
  BOOST_TEST(hosts->at(0).preference == 10);
  BOOST_TEST_REQUIRE(hosts->at(0).addresses.size() == 3u);
  BOOST_TEST(hosts->at(0).addresses[0].to_string() == "192.0.2.25:25");
  BOOST_TEST(hosts->at(0).addresses[2].to_string() == "[2001:db8::25]:25");
  BOOST_TEST(hosts->at(1).name == "second.test");
}

BOOST_AUTO_TEST_CASE(equal_preferences_take_turns_and_never_pass_a_lower_one) {
  Lookup lookup(
      {{{"partner.test", mx},
        reply({mx_record("partner.test", 5, "best.test"), mx_record("partner.test", 10, "x.test"),
               mx_record("partner.test", 10, "y.test")})},
       {{"best.test", a}, reply({a_record("best.test", "192.0.2.25")})},
       {{"x.test", a}, reply({a_record("x.test", "192.0.2.26")})},
       {{"y.test", a}, reply({a_record("y.test", "192.0.2.27")})}});
  std::set<std::string> second;
  for (int i = 0; i < 20; ++i) {
    const auto hosts = lookup.hosts().value();
    BOOST_TEST(hosts.at(0).name == "best.test");
    second.insert(hosts.at(1).name);
  }
  BOOST_TEST(second.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_domain_without_mx_records_is_its_own_mail_host) {
  Lookup lookup({{{"partner.test", a}, reply({a_record("partner.test", "192.0.2.25")})}});
  const auto hosts = lookup.hosts().value();
  BOOST_TEST_REQUIRE(hosts.size() == 1u);
  BOOST_TEST(hosts[0].name == "partner.test");
  BOOST_TEST(hosts[0].preference == 0);
}

BOOST_AUTO_TEST_CASE(a_failed_mx_look_up_is_never_taken_for_the_absence_of_mx_records) {
  const auto address = reply({a_record("partner.test", "192.0.2.25")});
  Lookup servfail(
      {{{"partner.test", mx}, ReplyParts{2, false, {}, {}}}, {{"partner.test", a}, address}});
  is(servfail.failure(), false, "dns-servfail", "4.4.3");
  Lookup refused(
      {{{"partner.test", mx}, ReplyParts{5, false, {}, {}}}, {{"partner.test", a}, address}});
  is(refused.failure(), false, "dns-servfail", "4.4.3");
  Lookup timeout({{{"partner.test", mx}, std::nullopt}, {{"partner.test", a}, address}});
  is(timeout.failure(), false, "dns-timeout", "4.4.3");
  Lookup truncated(
      {{{"partner.test", mx}, ReplyParts{0, true, {}, {}}}, {{"partner.test", a}, address}});
  is(truncated.failure(), false, "dns-truncated", "4.4.3");
}

BOOST_AUTO_TEST_CASE(permanent_failures_name_their_kind) {
  Lookup none({{{"partner.test", mx}, ReplyParts{3, false, {}, {}}}});
  is(none.failure(), true, "no-such-domain", "5.1.2");
  is(none.failure("a..b"), true, "no-such-domain", "5.1.2");
  Lookup null_mx({{{"partner.test", mx}, reply({mx_record("partner.test", 0, "")})},
                  {{"partner.test", a}, reply({a_record("partner.test", "192.0.2.25")})}});
  is(null_mx.failure(), true, "null-mx", "5.1.10");
  Lookup empty({});
  is(empty.failure(), true, "no-usable-mx", "5.4.4");
}

BOOST_AUTO_TEST_CASE(a_host_without_address_is_left_out_and_its_failure_decides_when_none_is_left) {
  Zone zone = {{{"partner.test", mx},
                reply({mx_record("partner.test", 10, "gone.test"),
                       mx_record("partner.test", 20, "there.test")})},
               {{"gone.test", a}, ReplyParts{3, false, {}, {}}},
               {{"there.test", a}, reply({a_record("there.test", "192.0.2.25")})}};
  Lookup one(zone);
  BOOST_TEST_REQUIRE(one.hosts().value().size() == 1u);
  BOOST_TEST(one.hosts().value()[0].name == "there.test");
  zone[{"there.test", a}] = ReplyParts{2, false, {}, {}};
  is(Lookup(zone).failure(), false, "dns-servfail", "4.4.3");
  zone[{"there.test", a}] = ReplyParts{3, false, {}, {}};
  is(Lookup(zone).failure(), true, "no-usable-mx", "5.4.4");
}

BOOST_AUTO_TEST_CASE(an_address_literal_needs_no_dns) {
  Lookup lookup({});
  BOOST_TEST(lookup.hosts("[192.0.2.25]").value()[0].addresses[0].to_string() == "192.0.2.25:25");
  BOOST_TEST(lookup.hosts("[IPv6:2001:db8::25]").value()[0].addresses[0].to_string() ==
             "[2001:db8::25]:25");
  is(lookup.failure("[300.0.2.25]"), true, "no-such-domain", "5.1.2");
  BOOST_TEST(lookup.network.queries.empty());
}

BOOST_AUTO_TEST_CASE(a_route_of_servers_is_looked_up_for_addresses_only) {
  Lookup lookup({{{"relay.test", a}, reply({a_record("relay.test", "192.0.2.25")})}});
  std::vector<Server> servers = {{"192.0.2.99", 2525, 20}, {"relay.test", 26, 10}};
  const auto found =
      lookup.network.run(find_servers(lookup.resolver, servers, 0, lookup.network.in(1min)));
  const auto hosts = found.value();
  BOOST_TEST_REQUIRE(hosts.size() == 2u);
  BOOST_TEST(hosts[0].addresses[0].to_string() == "192.0.2.25:26");
  BOOST_TEST(hosts[1].name == "192.0.2.99");
  BOOST_TEST(hosts[1].addresses[0].to_string() == "192.0.2.99:2525");
  for (const auto& query : lookup.network.queries) BOOST_TEST(query.type != mx);
}

BOOST_AUTO_TEST_CASE(a_routes_servers_of_equal_preference_take_turns) {
  Lookup lookup({});
  const std::vector<Server> servers = {
      {"192.0.2.4", 25, 20}, {"192.0.2.1", 25, 10}, {"192.0.2.2", 25, 10}, {"2001:db8::3", 25, 10}};
  const auto order = [&](unsigned turn) {
    std::string names;
    const auto found =
        lookup.network.run(find_servers(lookup.resolver, servers, turn, lookup.network.in(1min)));
    for (const auto& host : found.value()) names += host.name + " ";
    return names;
  };
  BOOST_TEST(order(0) == "192.0.2.1 192.0.2.2 2001:db8::3 192.0.2.4 ");
  BOOST_TEST(order(1) == "192.0.2.2 2001:db8::3 192.0.2.1 192.0.2.4 ");
  BOOST_TEST(order(2) == "2001:db8::3 192.0.2.1 192.0.2.2 192.0.2.4 ");
  BOOST_TEST(order(3) == order(0));
}

BOOST_AUTO_TEST_SUITE_END()
