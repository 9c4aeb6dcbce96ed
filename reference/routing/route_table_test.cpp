#include "reference/routing/route_table.hpp"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

namespace {

using namespace sealgate::routing;

Route route(std::string name, std::vector<std::string> domains) {
  return {std::move(name), std::move(domains), false, {}};
}

std::string found(const RouteTable& table, std::string_view domain) {
  const auto* route = table.find(domain);
  return route == nullptr ? "none" : route->name;
}

void refused(std::vector<Route> routes, const std::string& why) {
  BOOST_CHECK_EXCEPTION(
      RouteTable(std::move(routes)), std::invalid_argument,
      [&](const auto& error) { return std::string(error.what()).find(why) != std::string::npos; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(route_table)

BOOST_AUTO_TEST_CASE(the_most_specific_route_wins) {
  const RouteTable table({route("default", {"*"}), route("wide", {"*.example"}),
                          route("deep", {"*.b.example"}), route("exact", {"a.b.example"})});
  BOOST_TEST(found(table, "a.b.example") == "exact");
  BOOST_TEST(found(table, "x.b.example") == "deep");
  BOOST_TEST(found(table, "x.y.b.example") == "deep");
  BOOST_TEST(found(table, "b.example") == "wide");
  BOOST_TEST(found(table, "x.c.example") == "wide");
  BOOST_TEST(found(table, "example") == "default");
  BOOST_TEST(found(table, "notexample") == "default");
  BOOST_TEST(found(table, "") == "default");
}

BOOST_AUTO_TEST_CASE(letter_case_and_a_final_dot_do_not_count) {
  const RouteTable table({route("exact", {"Partner.TEST."}), route("below", {"*.Partner.test"})});
  BOOST_TEST(found(table, "pARTNER.test.") == "exact");
  BOOST_TEST(found(table, "MX.partner.test") == "below");
}

BOOST_AUTO_TEST_CASE(without_a_default_an_unknown_domain_has_no_route) {
  const RouteTable table({route("exact", {"partner.test"}), route("below", {"*.partner.test"})});
  BOOST_TEST(found(table, "other.test") == "none");
  BOOST_TEST(found(RouteTable(), "other.test") == "none");
}

BOOST_AUTO_TEST_CASE(the_tls_box_of_a_new_route_is_not_marked) {
  BOOST_TEST(!Route().tls);
}

BOOST_AUTO_TEST_CASE(contradictions_are_refused_with_the_route_that_has_them) {
  refused({route("one", {"x.test"}), route("two", {"X.test"})},
          "route \"two\": \"X.test\" belongs to route \"one\" already");
  refused({route("one", {})}, "route \"one\": it has no domain");
  for (const auto* wrong : {"", ".", "*.", "a.*.test", "**", "*x.test"}) {
    refused({route("one", {wrong})}, "is neither a domain");
  }
  auto many = route("many", {"x.test"});
  many.servers.assign(16, Server{"mx.x.test"});
  BOOST_CHECK_NO_THROW(RouteTable({many}));
  many.servers.push_back({"mx.x.test"});
  refused({many}, "it has 17 servers, 16 are allowed");
  many.servers = {{"mx.x.test", 0, 10}};
  refused({many}, "mx.x.test has port 0");
  many.servers = {{"mx.x.test", 25, 0}};
  refused({many}, "mx.x.test has preference 0");
  many.servers = {{"", 25, 10}};
  refused({many}, "a server has no host name or address");
}

BOOST_AUTO_TEST_SUITE_END()
