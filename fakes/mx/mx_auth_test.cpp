// AUTH in the session of a mail exchanger, and what it hands on.
#include <boost/test/unit_test.hpp>

#include "fakes/core/base64.hpp"
#include "fakes/mx/mx_session.hpp"

namespace {

using namespace fakes;
using namespace std::string_literals;

MxConfig server(AuthBehaviour behaviour = AuthBehaviour::works, bool required = true) {
  MxConfig config;
  config.name = "es.corp.test";
  config.relays = true;
  config.hands_on = true;
  config.auth.emplace();
  config.auth->user = "gateway";
  config.auth->password = "hand over";
  config.auth->behaviour = behaviour;
  config.auth_required = required;
  return config;
}

struct Conversation {
  explicit Conversation(MxConfig a_config) : config(std::move(a_config)) {
    look(session.on_connect({}, {}));
  }

  void look(MxActions actions) {
    for (MxAction& action : actions) {
      if (auto* send = std::get_if<mx_action::Send>(&action)) sent += send->bytes;
      if (auto* seen = std::get_if<mx_action::Observe>(&action))
        observed.push_back(seen->observation);
      if (auto* mail = std::get_if<mx_action::HandOn>(&action)) handed_on.push_back(mail->mail);
    }
  }

  std::string say(const std::string& line) {
    sent.clear();
    look(session.on_bytes(line + "\r\n"));
    return sent.substr(0, sent.find("\r\n"));
  }
  int code(const std::string& line) { return std::stoi(say(line)); }

  bool shows(const std::string& secret) const {
    for (const Observation& each : observed)
      for (const auto& [name, value] : each.fields)
        if (value.find(secret) != value.npos) return true;
    return false;
  }

  MxConfig config;
  FaultCounter faults;
  MxSession session{config, faults, 1};
  std::string sent;
  std::vector<Observation> observed;
  std::vector<TakenMail> handed_on;
};

const std::string login = base64("\0gateway\0hand over"s);

}  // namespace

BOOST_AUTO_TEST_SUITE(mx_auth)

BOOST_AUTO_TEST_CASE(without_a_login_there_is_no_mail_where_it_is_required) {
  Conversation one(server());
  one.say("EHLO gw.corp.test");
  BOOST_TEST(one.sent.find("AUTH PLAIN LOGIN CRAM-MD5\r\n") != std::string::npos);
  BOOST_TEST(one.code("MAIL FROM:<a@b.test>") == 530);
  BOOST_TEST(one.code("AUTH PLAIN " + base64("\0gateway\0wrong"s)) == 535);
  BOOST_TEST(one.code("MAIL FROM:<a@b.test>") == 530);
  BOOST_TEST(one.code("AUTH PLAIN " + login) == 235);
  BOOST_TEST(one.code("MAIL FROM:<a@b.test>") == 250);
  Conversation offered(server(AuthBehaviour::works, false));
  offered.say("EHLO gw.corp.test");
  BOOST_TEST(offered.code("MAIL FROM:<a@b.test>") == 250);
}

BOOST_AUTO_TEST_CASE(a_login_in_several_lines_shows_in_no_observation) {
  Conversation one(server());
  one.say("EHLO gw.corp.test");
  BOOST_TEST(one.code("AUTH LOGIN") == 334);
  BOOST_TEST(one.code(base64("gateway")) == 334);
  BOOST_TEST(one.code(base64("hand over")) == 235);
  Conversation plain(server());
  plain.say("EHLO gw.corp.test");
  BOOST_TEST(plain.code("AUTH PLAIN " + login) == 235);
  for (const Conversation* each : {&one, &plain}) {
    BOOST_TEST(!each->shows(base64("hand over")));
    BOOST_TEST(!each->shows(login));
    BOOST_TEST(each->shows("235 2.7.0"));
  }
}

BOOST_AUTO_TEST_CASE(a_handshake_forgets_the_login) {
  Conversation one(server());
  one.say("EHLO gw.corp.test");
  one.say("AUTH PLAIN " + login);
  one.say("STARTTLS");
  one.look(one.session.on_tls({{"version", "TLSv1.3"}}));
  one.say("EHLO gw.corp.test");
  BOOST_TEST(one.code("MAIL FROM:<a@b.test>") == 530);
  Conversation early(server(AuthBehaviour::only_before_tls));
  early.say("EHLO gw.corp.test");
  BOOST_TEST(early.sent.find("AUTH") != std::string::npos);
  early.say("STARTTLS");
  early.look(early.session.on_tls({{"version", "TLSv1.3"}}));
  early.say("EHLO gw.corp.test");
  BOOST_TEST(early.sent.find("AUTH") == std::string::npos);
  BOOST_TEST(early.code("AUTH PLAIN " + login) == 502);
}

BOOST_AUTO_TEST_CASE(a_fault_at_auth_lets_nobody_in) {
  MxConfig config = server();
  config.faults = {{Step::auth, {FaultAction::reply, {454, "4.7.0", {"later"}}}, 1}};
  Conversation one(config);
  one.say("EHLO gw.corp.test");
  BOOST_TEST(one.code("AUTH LOGIN") == 454);
  BOOST_TEST(one.code("NOOP") == 250);  // no line of an exchange any more
  BOOST_TEST(one.code("MAIL FROM:<a@b.test>") == 530);
  BOOST_TEST(one.code("AUTH PLAIN " + login) == 235);
}

BOOST_AUTO_TEST_CASE(what_is_taken_is_handed_on_and_on_request_what_is_not_answered) {
  const auto mail = [](MxConfig config) {
    config.auth.reset();
    config.auth_required = false;
    Conversation one(std::move(config));
    one.say("EHLO gw.corp.test");
    one.say("MAIL FROM:<a@b.test>");
    one.say("RCPT TO:<c@d.test>");
    one.say("DATA");
    one.say("X: y\r\n\r\ntext\r\n.");
    return one.handed_on;
  };
  MxConfig config = server();
  const auto taken = mail(config);
  BOOST_REQUIRE(taken.size() == 1u);
  BOOST_TEST((taken[0].from == "a@b.test" && taken[0].recipients.at(0) == "c@d.test"));
  BOOST_TEST(taken[0].content == "X: y\r\n\r\ntext\r\n");
  config.faults = {{Step::final_dot, {FaultAction::reply, {554, "5.0.0", {"no"}}}}};
  BOOST_TEST(mail(config).empty());
  config.faults[0].fault = {FaultAction::disconnect};
  BOOST_TEST(mail(config).empty());
  config.hands_on_unanswered = true;
  BOOST_TEST(mail(config).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
