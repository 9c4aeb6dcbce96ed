#include "fakes/core/auth_server.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace fakes;

// The examples were made with Python's base64 and hmac; the challenge and its answer are RFC
// 2195's.
constexpr const char* challenge = "<1896.697170952@postoffice.reston.mci.net>";

AuthServer server(AuthBehaviour behaviour = AuthBehaviour::works) {
  AuthConfig config;
  config.user = "tim";
  config.password = "tanstaaftanstaaf";
  config.behaviour = behaviour;
  return AuthServer(std::move(config), challenge);
}

/// The codes of the replies to AUTH and then to each line.
std::vector<int> codes(AuthServer& server, std::string_view command,
                       const std::vector<std::string>& lines = {}) {
  std::vector<int> all = {server.on_command(command, true).code};
  for (const auto& line : lines) all.push_back(server.on_line(line).code);
  return all;
}

using Codes = std::vector<int>;

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_server)

BOOST_AUTO_TEST_CASE(each_mechanism_lets_the_right_login_in) {
  AuthServer plain = server();
  BOOST_TEST((codes(plain, "PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm") == Codes{235}));
  BOOST_TEST(plain.authenticated());
  AuthServer waiting = server();
  BOOST_TEST((codes(waiting, "plain", {"AHRpbQB0YW5zdGFhZnRhbnN0YWFm"}) == Codes{334, 235}));
  AuthServer login = server();
  BOOST_TEST((codes(login, "LOGIN", {"dGlt", "dGFuc3RhYWZ0YW5zdGFhZg=="}) == Codes{334, 334, 235}));
  AuthServer cram = server();
  const auto asked = cram.on_command("CRAM-MD5", true);
  BOOST_TEST(asked.lines.front() == "PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+");
  BOOST_TEST(cram.on_line("dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw").code == 235);
}

BOOST_AUTO_TEST_CASE(a_wrong_login_stays_outside) {
  AuthServer one = server();
  BOOST_TEST((codes(one, "PLAIN AHRpbQB0YW5zdGFhZg==") == Codes{535}));
  BOOST_TEST((codes(one, "LOGIN", {"dGlt", "dGlt"}) == Codes{334, 334, 535}));
  BOOST_TEST((codes(one, "CRAM-MD5", {"dGlt"}) == Codes{334, 535}));
  BOOST_TEST((codes(one, "PLAIN", {"*"}) == Codes{334, 501}));
  BOOST_TEST((codes(one, "PLAIN", {"not base64"}) == Codes{334, 501}));
  BOOST_TEST((codes(one, "GSSAPI") == Codes{504}));
  BOOST_TEST(!one.authenticated());
  BOOST_TEST(!one.awaits_line());
}

BOOST_AUTO_TEST_CASE(what_a_server_may_do_wrong) {
  BOOST_TEST(server().keyword(true).value() == "AUTH PLAIN LOGIN CRAM-MD5");
  AuthServer refusing = server(AuthBehaviour::refuses);
  BOOST_TEST(refusing.keyword(true).has_value());
  BOOST_TEST((codes(refusing, "PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm") == Codes{535}));
  AuthServer none = server(AuthBehaviour::not_offered);
  BOOST_TEST((!none.keyword(true) && !none.keyword(false)));
  BOOST_TEST((codes(none, "PLAIN") == Codes{502}));
  AuthServer early = server(AuthBehaviour::only_before_tls);
  BOOST_TEST((!early.keyword(true) && early.keyword(false)));
}

BOOST_AUTO_TEST_SUITE_END()
