#include "reference/encryption/server_health.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using sealgate::encryption::ServerHealth;
using namespace std::chrono_literals;

const host::MonoTime start{};

std::string order(const ServerHealth& health, host::MonoTime now) {
  std::string names;
  std::uint16_t last = 0;
  for (const auto& server : health.in_order({{"a", 25}, {"b", 25}, {"c", 25}}, now)) {
    BOOST_TEST(server.preference > last);
    last = server.preference;
    names += server.host;
  }
  return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(server_health)

BOOST_AUTO_TEST_CASE(one_that_failed_is_asked_last_until_its_time_has_come) {
  ServerHealth health;
  BOOST_TEST(order(health, start) == "abc");
  health.failed("a", 25, start);
  BOOST_TEST(order(health, start) == "bca");
  BOOST_TEST(order(health, start + 59s) == "bca");
  BOOST_TEST(order(health, start + 1min) == "abc");
  health.failed("b", 26, start + 1min);  // another port
  BOOST_TEST(order(health, start + 1min) == "abc");
}

BOOST_AUTO_TEST_CASE(each_failure_doubles_the_rest_and_a_success_ends_it) {
  ServerHealth health;
  auto now = start;
  for (const auto rest : {1min, 2min, 4min, 8min, 16min, 30min, 30min}) {
    health.failed("a", 25, now);
    BOOST_TEST(order(health, now + rest - 1s) == "bca");
    now += rest;
    BOOST_TEST(order(health, now) == "abc");
  }
  health.worked("a", 25);
  health.failed("a", 25, now);
  BOOST_TEST(order(health, now + 1min) == "abc");
}

BOOST_AUTO_TEST_CASE(of_several_that_rest_the_first_to_be_back_comes_first) {
  ServerHealth health;
  for (const char* each : {"c", "a", "b"}) health.failed(each, 25, start);
  health.failed("a", 25, start);
  BOOST_TEST(order(health, start + 1s) == "bca");
}

BOOST_AUTO_TEST_SUITE_END()
