#include "fakes/mx/mx_session.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::string_literals;
using fakes::FaultAction;
using fakes::Observation;
using fakes::StartTlsBehaviour;
using fakes::Step;

namespace {

fakes::MxConfig partner() {
  fakes::MxConfig config;
  config.name = "mx.partner.test";
  config.domains = {"partner.test"};
  config.offers.size = false;
  return config;
}

// Performs a session's actions on paper.
struct Conversation {
  explicit Conversation(fakes::MxConfig a_config = partner()) : config(std::move(a_config)) {
    take(session.on_connect({host::Address(), 4000}, {host::Address(), 25}));
  }

  void take(fakes::MxActions actions) {
    for (auto& action : actions) {
      BOOST_REQUIRE_MESSAGE(end.empty(), "an action after the end");
      if (auto* send = std::get_if<fakes::mx_action::Send>(&action)) sent += send->bytes;
      if (auto* wait = std::get_if<fakes::mx_action::Wait>(&action)) waited += wait->duration;
      if (auto* seen = std::get_if<fakes::mx_action::Observe>(&action)) {
        observations.push_back(seen->observation);
      }
      if (std::holds_alternative<fakes::mx_action::Upgrade>(action)) end = "upgrade";
      if (std::holds_alternative<fakes::mx_action::Stall>(action)) end = "stall";
      if (std::holds_alternative<fakes::mx_action::Deafen>(action)) end = "deaf";
      if (auto* close = std::get_if<fakes::mx_action::Close>(&action)) end = "close " + close->how;
      if (auto* reset = std::get_if<fakes::mx_action::Reset>(&action)) end = "reset " + reset->how;
    }
  }

  // What the session sends in answer to `bytes`, which come in pieces.
  std::string say(std::string_view bytes, std::size_t piece = std::string_view::npos) {
    sent.clear();
    while (!bytes.empty() && end.empty()) {
      const std::string_view part = bytes.substr(0, piece);
      bytes.remove_prefix(part.size());
      take(session.on_bytes(part));
    }
    return sent;
  }

  std::string shake_hands() {
    end.clear();
    sent.clear();
    take(session.on_tls({{"version", "TLSv1.3"}}));
    return sent;
  }

  std::vector<Observation> seen(std::string_view kind) const {
    std::vector<Observation> found;
    for (const Observation& observation : observations) {
      if (observation.kind == kind) found.push_back(observation);
    }
    return found;
  }

  std::string all_seen() const {
    std::string text;
    for (const Observation& observation : observations) {
      text += observation.kind;
      for (const auto& [key, value] : observation.fields) text += '|' + key + '=' + value;
      text += '\n';
    }
    return text;
  }

  fakes::MxConfig config;
  fakes::FaultCounter faults;
  fakes::MxSession session{config, faults, 7};
  std::vector<Observation> observations;
  std::string sent;
  std::string end;
  host::Duration waited{0};
};

fakes::MxConfig with_fault(Step step, FaultAction action, fakes::Reply reply = {},
                           std::string bytes = {}) {
  fakes::MxConfig config = partner();
  config.faults = {{step, {action, std::move(reply), std::move(bytes)}}};
  return config;
}

fakes::MxConfig with_starttls(StartTlsBehaviour behaviour) {
  fakes::MxConfig config = partner();
  config.starttls.behaviour = behaviour;
  return config;
}

const std::string one_message =
    "EHLO gw.test\r\nMAIL FROM:<a@corp.test>\r\nRCPT TO:<bob@partner.test>\r\n"
    "RCPT TO:<eve@other.test>\r\nRCPT TO:<Postmaster>\r\nDATA\r\n"
    "Message-ID: <1@corp.test>\r\n\r\n..dot\nbare\r\n.\r\nNOOP\r\nQUIT\r\n";

}  // namespace

BOOST_AUTO_TEST_CASE(a_message_is_accepted_for_its_domains_and_recorded_for_each_recipient) {
  Conversation talk;
  BOOST_TEST(talk.sent == "220 mx.partner.test ESMTP\r\n");
  BOOST_TEST(talk.say(one_message) ==
             "250-mx.partner.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n"
             "250-ENHANCEDSTATUSCODES\r\n250 STARTTLS\r\n"
             "250 2.1.0 Sender ok\r\n250 2.1.5 Recipient ok\r\n550 5.7.1 Relaying denied\r\n"
             "250 2.1.5 Recipient ok\r\n354 End with a dot on a line by itself\r\n"
             "250 2.0.0 Accepted\r\n250 2.0.0 Ok\r\n221 2.0.0 Bye\r\n");
  BOOST_TEST(talk.end == "close quit");
  const auto messages = talk.seen("smtp.message");
  BOOST_REQUIRE_EQUAL(messages.size(), 2u);
  BOOST_TEST(messages[0].actor == "mx.partner.test");
  BOOST_TEST(messages[0].field("connection") == "7");
  BOOST_TEST(messages[0].field("from") == "a@corp.test");
  BOOST_TEST(messages[0].field("to") == "bob@partner.test");
  BOOST_TEST(messages[1].field("to") == "Postmaster");
  BOOST_TEST(messages[0].field("tls") == "no");
  BOOST_TEST(messages[0].field("reply") == "250 2.0.0 Accepted");
  BOOST_TEST(messages[0].field("message-id") == "<1@corp.test>");
  BOOST_TEST(messages[0].field("bare-lf") == "1");
  BOOST_TEST(messages[0].field("content") == "Message-ID: <1@corp.test>\r\n\r\n.dot\nbare\r\n");
  BOOST_TEST(talk.seen("smtp.rcpt")[1].field("reply") == "550 5.7.1 Relaying denied");
}

BOOST_AUTO_TEST_CASE(the_dialogue_is_the_same_however_the_bytes_are_cut) {
  Conversation whole;
  const std::string expected = whole.say(one_message);
  for (std::size_t piece = 1; piece < one_message.size(); ++piece) {
    Conversation cut;
    BOOST_TEST(cut.say(one_message, piece) == expected);
    BOOST_TEST(cut.all_seen() == whole.all_seen());
  }
}

BOOST_AUTO_TEST_CASE(a_client_that_stops_at_any_byte_has_delivered_nothing_before_the_final_dot) {
  const std::size_t final_dot = one_message.find("\r\n.\r\n") + 5;
  for (std::size_t size = 0; size <= one_message.size(); ++size) {
    Conversation talk;
    talk.say(one_message.substr(0, size));
    BOOST_TEST(talk.seen("smtp.message").size() == (size < final_dot ? 0u : 2u));
  }
}

BOOST_AUTO_TEST_CASE(commands_out_of_order_are_refused) {
  Conversation talk;
  BOOST_TEST(talk.say("MAIL FROM:<a@b>\r\n").starts_with("503"));
  BOOST_TEST(talk.say("EHLO\r\n").starts_with("501"));
  BOOST_TEST(talk.say("HELO gw\r\n") == "250 mx.partner.test\r\n");
  BOOST_TEST(talk.say("RCPT TO:<b@partner.test>\r\n").starts_with("503"));
  BOOST_TEST(talk.say("DATA\r\n").starts_with("503"));
  BOOST_TEST(talk.say("MAIL FROM:a@b\r\n").starts_with("501"));
  BOOST_TEST(talk.say("MAIL FROM:<a@b>\r\n").starts_with("250"));
  BOOST_TEST(talk.say("MAIL FROM:<a@b>\r\n").starts_with("503"));
  BOOST_TEST(talk.say("DATA\r\n").starts_with("554"));
  BOOST_TEST(talk.say("RSET\r\n").starts_with("250"));
  BOOST_TEST(talk.say("RCPT TO:<b@partner.test>\r\n").starts_with("503"));
  BOOST_TEST(talk.say("WHAT\r\n").starts_with("500"));
  BOOST_TEST(talk.say(std::string(20'000, 'x') + "\r\n").starts_with("500"));
}

BOOST_AUTO_TEST_CASE(starttls_forgets_everything_and_discards_what_came_with_it) {
  Conversation talk;
  talk.say("EHLO gw\r\nMAIL FROM:<a@b>\r\n");
  BOOST_TEST(talk.say("STARTTLS\r\nRCPT TO:<b@partner.test>\r\n") ==
             "220 2.0.0 Ready to start TLS\r\n");
  BOOST_TEST(talk.end == "upgrade");
  BOOST_TEST(talk.session.awaits_tls());
  BOOST_TEST(talk.seen("smtp.discarded")[0].field("content") == "RCPT TO:<b@partner.test>\r\n");
  BOOST_TEST(talk.seen("tls.starttls")[0].field("behaviour") == "works");
  BOOST_TEST(talk.shake_hands() == "");
  BOOST_TEST(talk.seen("tls.established").size() == 1u);
  BOOST_TEST(talk.say("MAIL FROM:<a@b>\r\n").starts_with("503"));
  BOOST_TEST(talk.say("EHLO gw\r\n").find("STARTTLS") == std::string::npos);
  BOOST_TEST(talk.say("RCPT TO:<b@partner.test>\r\n").starts_with("503"));
  BOOST_TEST(talk.say("STARTTLS\r\n").starts_with("503"));
  talk.say(one_message);
  BOOST_TEST(talk.seen("smtp.message")[0].field("tls") == "TLSv1.3");
}

BOOST_AUTO_TEST_CASE(starttls_may_be_missing_or_refused) {
  Conversation missing(with_starttls(StartTlsBehaviour::not_offered));
  BOOST_TEST(missing.say("EHLO gw\r\n").find("STARTTLS") == std::string::npos);
  BOOST_TEST(missing.say("STARTTLS\r\n").starts_with("502"));

  Conversation refused(with_starttls(StartTlsBehaviour::refused));
  BOOST_TEST(refused.say("EHLO gw\r\n").find("STARTTLS") != std::string::npos);
  BOOST_TEST(refused.say("STARTTLS\r\n").starts_with("454 4.7.0 "));
  BOOST_TEST(refused.end == "");
  BOOST_TEST(!refused.session.awaits_tls());
  BOOST_TEST(refused.say("MAIL FROM:<a@b>\r\n").starts_with("250"));
}

BOOST_AUTO_TEST_CASE(each_behaviour_after_220_names_itself) {
  for (const auto behaviour : {StartTlsBehaviour::alert, StartTlsBehaviour::eof,
                               StartTlsBehaviour::reset, StartTlsBehaviour::stall}) {
    Conversation talk(with_starttls(behaviour));
    BOOST_TEST(talk.say("STARTTLS\r\n").starts_with("220"));
    BOOST_TEST(talk.end == "upgrade");
    BOOST_TEST(talk.seen("tls.starttls")[0].field("behaviour") == fakes::to_string(behaviour));
  }
}

BOOST_AUTO_TEST_CASE(any_step_can_be_answered_otherwise_and_then_has_no_effect) {
  const fakes::Reply no{451, "4.3.0", {"Not", "now"}};
  const std::string bytes = "451-4.3.0 Not\r\n451 4.3.0 now\r\n";
  const std::pair<Step, const char*> steps[] = {
      {Step::ehlo, ""},
      {Step::mail, "EHLO gw\r\n"},
      {Step::rcpt, "EHLO gw\r\nMAIL FROM:<a@b>\r\n"},
      {Step::data, "EHLO gw\r\nMAIL FROM:<a@b>\r\nRCPT TO:<b@partner.test>\r\n"},
      {Step::starttls, "EHLO gw\r\n"}};
  const char* commands[] = {"EHLO gw\r\n", "MAIL FROM:<a@b>\r\n", "RCPT TO:<b@partner.test>\r\n",
                            "DATA\r\n", "STARTTLS\r\n"};
  for (std::size_t i = 0; i < std::size(steps); ++i) {
    Conversation talk(with_fault(steps[i].first, FaultAction::reply, no));
    talk.say(steps[i].second);
    const std::string before(talk.session.state());
    BOOST_TEST(talk.say(commands[i]) == bytes);
    BOOST_TEST(talk.session.state() == before);
    BOOST_TEST(talk.end == "");
  }
  Conversation connect(with_fault(Step::connect, FaultAction::reply, no));
  BOOST_TEST(connect.sent == bytes);
  BOOST_TEST(connect.seen("smtp.greeting")[0].field("code") == "451");

  Conversation dot(with_fault(Step::final_dot, FaultAction::reply, no));
  BOOST_TEST(dot.say(one_message).find(bytes) != std::string::npos);
  BOOST_TEST(dot.seen("smtp.message")[0].field("reply") == "451 4.3.0 Not\n4.3.0 now");
}

BOOST_AUTO_TEST_CASE(faults_can_end_the_connection_or_fall_silent) {
  const std::pair<FaultAction, const char*> actions[] = {{FaultAction::disconnect, "close fault"},
                                                         {FaultAction::reset, "reset fault"},
                                                         {FaultAction::stall, "stall"}};
  for (const auto& [action, end] : actions) {
    Conversation talk(with_fault(Step::final_dot, action));
    talk.say(one_message);
    BOOST_TEST(talk.end == end);
    BOOST_TEST(talk.seen("smtp.message")[0].field("reply") == "none");
    BOOST_TEST(talk.seen("smtp.fault")[0].field("step") == "final-dot");
    BOOST_TEST(talk.sent.ends_with("354 End with a dot on a line by itself\r\n"));
  }
  Conversation bye(with_fault(Step::mail, FaultAction::reply, {421, "4.3.2", {"Closing"}}));
  bye.say(one_message);
  BOOST_TEST(bye.end == "close fault");
}

BOOST_AUTO_TEST_CASE(raw_bytes_go_out_as_they_are_and_count_by_their_first_digit) {
  Conversation talk(with_fault(Step::mail, FaultAction::raw, {}, "250-a\n250 b\r"));
  talk.say("EHLO gw\r\n");
  BOOST_TEST(talk.say("MAIL FROM:<a@b>\r\n") == "250-a\n250 b\r");
  BOOST_TEST(talk.session.state() == "mail");
  Conversation silent(with_fault(Step::mail, FaultAction::raw, {}, "\xff\0"s));
  silent.say("EHLO gw\r\n");
  BOOST_TEST(silent.say("MAIL FROM:<a@b>\r\n") == "\xff\0"s);
  BOOST_TEST(silent.session.state() == "greeted");
}

BOOST_AUTO_TEST_CASE(a_delay_comes_before_the_ordinary_answer) {
  fakes::MxConfig config = with_fault(Step::mail, FaultAction::none);
  config.faults[0].fault.delay = std::chrono::seconds(3);
  Conversation talk(std::move(config));
  BOOST_TEST(talk.say(one_message).find("250 2.1.0 Sender ok") != std::string::npos);
  BOOST_CHECK(talk.waited == std::chrono::seconds(3));
}

BOOST_AUTO_TEST_CASE(limits_are_kept) {
  fakes::MxConfig config = partner();
  config.message_bytes_max = 10;
  config.recipients_max = 1;
  config.offers.size = true;
  config.offers.enhanced_status_codes = false;
  Conversation talk(std::move(config));
  const std::string sent = talk.say(one_message);
  BOOST_TEST(sent.find("SIZE 10\r\n") != std::string::npos);
  BOOST_TEST(sent.find("452 Too many recipients") != std::string::npos);
  BOOST_TEST(sent.find("552 Message too big") != std::string::npos);
  BOOST_TEST(talk.seen("smtp.message")[0].field("content").size() == 10u);
}

BOOST_AUTO_TEST_CASE(a_fault_in_the_middle_of_a_message_comes_before_its_dot) {
  for (const auto& [action, end] :
       {std::pair{FaultAction::disconnect, "close fault"},
        std::pair{FaultAction::reset, "reset fault"}, std::pair{FaultAction::stall, "stall"},
        std::pair{FaultAction::deaf, "deaf"}}) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, one_message.size()}) {
      Conversation talk(with_fault(Step::content, action));
      talk.say(one_message, piece);
      BOOST_TEST(talk.end == end);
      BOOST_TEST(talk.session.state() == "data");
      BOOST_TEST(talk.seen("smtp.message").size() == 0u);
      BOOST_TEST(talk.seen("smtp.fault").size() == 1u);
    }
  }
  // With none of these the message goes on, and so does what is behind it.
  Conversation talk(with_fault(Step::content, FaultAction::reply, {250, "", {"too early"}}));
  BOOST_TEST(
      talk.say(one_message)
          .ends_with("250 too early\r\n250 2.0.0 Accepted\r\n250 2.0.0 Ok\r\n221 2.0.0 Bye\r\n"));
  BOOST_TEST(talk.seen("smtp.message")[0].field("content") ==
             "Message-ID: <1@corp.test>\r\n\r\n.dot\nbare\r\n");
}

BOOST_AUTO_TEST_CASE(a_fault_can_be_for_the_first_times_or_for_one_recipient_only) {
  fakes::MxConfig config = with_fault(Step::rcpt, FaultAction::reply, {451, "", {"later"}});
  config.faults[0].first = 2;
  config.faults[0].argument = "bob@";
  Conversation talk(std::move(config));
  talk.say("EHLO gw\r\nMAIL FROM:<a@b>\r\n");
  BOOST_TEST(talk.say("RCPT TO:<carol@partner.test>\r\n").starts_with("250"));
  BOOST_TEST(talk.say("RCPT TO:<bob@partner.test>\r\n").starts_with("451"));
  BOOST_TEST(talk.say("RCPT TO:<bob@partner.test>\r\n").starts_with("451"));
  BOOST_TEST(talk.say("RCPT TO:<bob@partner.test>\r\n").starts_with("250"));
}

BOOST_AUTO_TEST_CASE(the_word_in_the_greeting_is_no_offer) {
  Conversation talk(with_starttls(StartTlsBehaviour::in_greeting));
  BOOST_TEST(talk.sent == "220 mx.partner.test ESMTP STARTTLS\r\n");
  BOOST_TEST(talk.say("EHLO gw\r\n").find("STARTTLS") == std::string::npos);
  BOOST_TEST(talk.say("STARTTLS\r\n").starts_with("502"));
}

BOOST_AUTO_TEST_CASE(injected_plain_text_comes_in_one_piece_with_the_220) {
  fakes::MxConfig config = with_starttls(StartTlsBehaviour::plaintext);
  config.starttls.bytes = "250 Injected\r\n";
  Conversation talk(std::move(config));
  BOOST_TEST(talk.say("STARTTLS\r\n") == "220 2.0.0 Ready to start TLS\r\n250 Injected\r\n");
  BOOST_TEST(talk.end == "upgrade");
}

BOOST_AUTO_TEST_CASE(hostile_input_keeps_its_bounds) {
  Conversation talk;
  talk.say("EHLO gw\r\nMAIL FROM:<a@b>\r\n");
  const std::string no_end(1'000'000, 'x');
  BOOST_TEST(talk.say(no_end) == "");  // endless: kept up to the limit, answered at its end
  BOOST_TEST(talk.say("\r\n").starts_with("500"));
  BOOST_TEST(talk.say("NO\0OP\r\n"s).starts_with("500"));
  BOOST_TEST(talk.say("RCPT TO:<b@partner.test>\rRCPT TO:<c@partner.test>\r\n").size() < 100u);
  BOOST_TEST(talk.seen("smtp.rcpt").size() == 1u);  // a bare CR ends no line
  for (int i = 0; i < 10'001; ++i)
    talk.say("RCPT TO:<r" + std::to_string(i) + "@partner.test>\r\n");
  BOOST_TEST(talk.sent.starts_with("452"));
}

BOOST_AUTO_TEST_CASE(one_message_stays_one_whatever_stands_before_its_dot) {
  // The ways in which two parties may disagree about the end of a message.
  for (const std::string end : {"\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\n.\r"}) {
    Conversation talk;
    talk.say("EHLO gw\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@partner.test>\r\nDATA\r\n");
    talk.say("x" + end + "MAIL FROM:<eve@b>\r\nRCPT TO:<bob@partner.test>\r\nDATA\r\ny\r\n.\r\n");
    BOOST_TEST(talk.seen("smtp.message").size() == 1u);
    BOOST_TEST(talk.seen("smtp.mail").size() == 1u);
  }
}

namespace {

// Decides nothing itself: the test plays its part.
struct Silent final : fakes::MxService {
  boost::asio::awaitable<std::optional<fakes::Reply>> admit(fakes::MxClient) override {
    co_return std::nullopt;
  }
  boost::asio::awaitable<fakes::Reply> take(fakes::TakenMail) override { co_return fakes::Reply{}; }
};

fakes::MxConfig service_front() {
  fakes::MxConfig config = partner();
  config.relays = true;
  config.requires_tls = true;
  config.recipients_max = 1;
  config.service = std::make_shared<Silent>();
  return config;
}

// Up to MAIL, the client let in.
struct Visit : Conversation {
  explicit Visit(fakes::MxConfig a_config = service_front()) : Conversation(std::move(a_config)) {
    say("EHLO gw.corp.test\r\nSTARTTLS\r\n");
    shake_hands();
  }
  std::string decide(std::optional<fakes::Reply> refusal) {
    sent.clear();
    take(session.on_admitted(std::move(refusal)));
    return sent;
  }
  std::string answer(fakes::Reply reply) {
    sent.clear();
    take(session.on_taken(std::move(reply)));
    return sent;
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(where_tls_is_required_nothing_is_said_before_it) {
  Conversation talk(service_front());
  for (const char* line : {"HELO gw.corp.test\r\n", "MAIL FROM:<a@corp.test>\r\n", "RSET\r\n"})
    BOOST_TEST(talk.say(line).starts_with("530 5.7.0 "), line);
  BOOST_TEST(talk.say("NOOP\r\n").starts_with("250"));
  BOOST_TEST(talk.say("EHLO gw.corp.test\r\n").starts_with("250"));
  BOOST_TEST(talk.say("MAIL FROM:<a@corp.test>\r\n").starts_with("530"));
  BOOST_TEST(talk.say("STARTTLS\r\n").starts_with("220"));
}

BOOST_AUTO_TEST_CASE(a_service_is_asked_at_the_first_ehlo_inside_tls_and_once) {
  Visit visit;
  BOOST_TEST(visit.say("EHLO gw.corp.test\r\nMAIL FROM:<a@corp.test>\r\n") == "");
  const std::string answers = visit.decide(std::nullopt);
  BOOST_TEST(answers.starts_with("250-mx.partner.test\r\n"));
  BOOST_TEST(answers.ends_with("250 2.1.0 Sender ok\r\n"));  // what came meanwhile
  BOOST_TEST(visit.say("EHLO gw.corp.test\r\n").starts_with("250-"));
}

BOOST_AUTO_TEST_CASE(a_refused_client_gets_the_same_answer_to_whatever_it_says) {
  Visit visit;
  visit.say("EHLO gw.corp.test\r\n");
  BOOST_TEST(visit.decide(fakes::Reply{554, "5.7.25", {"no-ptr-record"}}) ==
             "554 5.7.25 no-ptr-record\r\n");
  for (const char* line : {"HELO gw.corp.test\r\n", "MAIL FROM:<a@corp.test>\r\n", "DATA\r\n"})
    BOOST_TEST(visit.say(line) == "554 5.7.25 no-ptr-record\r\n");
  BOOST_TEST(visit.seen("smtp.mail").empty());
  BOOST_TEST(visit.say("QUIT\r\n").starts_with("221"));
}

BOOST_AUTO_TEST_CASE(a_message_is_answered_for_by_the_service) {
  Visit visit;
  visit.say("EHLO gw.corp.test\r\n");
  visit.decide(std::nullopt);
  const std::string mail =
      "MAIL FROM:<a@corp.test>\r\nRCPT TO:<b@anywhere.test>\r\nRCPT TO:<c@anywhere.test>\r\n";
  BOOST_TEST(visit.say(mail + "DATA\r\n").find("452 4.5.3 ") != std::string::npos);
  BOOST_TEST(visit.say("Subject: x\r\n\r\nbody\r\n.\r\nRSET\r\n") == "");
  BOOST_TEST(visit.seen("smtp.message").empty());
  BOOST_TEST(visit.answer({552, "", {"5.3.4 too big"}}) == "552 5.3.4 too big\r\n250 2.0.0 Ok\r\n");
  BOOST_TEST_REQUIRE(visit.seen("smtp.message").size() == 1u);
  BOOST_TEST(visit.seen("smtp.message")[0].field("reply") == "552 5.3.4 too big");
}

BOOST_AUTO_TEST_CASE(what_a_fault_refuses_the_service_never_sees) {
  fakes::MxConfig config = service_front();
  config.faults = {{Step::final_dot, {FaultAction::reply, {451, "4.3.0", {"not now"}}}}};
  Visit visit(config);
  visit.say("EHLO gw.corp.test\r\n");
  visit.decide(std::nullopt);
  visit.say("MAIL FROM:<a@corp.test>\r\nRCPT TO:<b@anywhere.test>\r\nDATA\r\n");
  BOOST_TEST(visit.say("Subject: x\r\n\r\nbody\r\n.\r\n") == "451 4.3.0 not now\r\n");
}
