#include "fakes/people/send_dialogue.hpp"

#include <boost/test/unit_test.hpp>

using fakes::SendOutcome;
using fakes::UseTls;

namespace {

fakes::Submission to(std::vector<std::string> recipients) {
  fakes::Submission submission;
  submission.helo = "pc.corp.test";
  submission.from = "alice@corp.test";
  submission.recipients = std::move(recipients);
  submission.content = "Subject: x\r\n\r\n.dot\r\n";
  return submission;
}

// Answers a dialogue by hand.
struct Desk {
  explicit Desk(fakes::Submission a_submission) : submission(std::move(a_submission)) {}

  // What is sent in answer to one reply; "[tls]" and "[end]" stand for the other actions.
  std::string hear(std::string_view wire) {
    fakes::ReplyReader reader;
    std::string text;
    while (auto reply = reader.read(wire)) text += written(dialogue.on_reply(*reply));
    return text;
  }

  static std::string written(const fakes::SendActions& actions) {
    std::string text;
    for (const auto& action : actions) {
      if (const auto* send = std::get_if<fakes::send_action::Send>(&action)) text += send->bytes;
      if (std::holds_alternative<fakes::send_action::Upgrade>(action)) text += "[tls]";
      if (std::holds_alternative<fakes::send_action::Finish>(action)) text += "[end]";
    }
    return text;
  }

  fakes::Submission submission;
  fakes::SendDialogue dialogue{submission};
};

const char* const greeting = "220 mx\r\n";
const char* const ehlo = "250-mx\r\n250-PIPELINING\r\n250 STARTTLS\r\n";

}  // namespace

BOOST_AUTO_TEST_CASE(a_submission_goes_step_by_step) {
  Desk desk(to({"bob@b.test", "eve@b.test"}));
  desk.submission.mail_parameters = "SIZE=20";
  BOOST_TEST(desk.dialogue.waiting_for() == "CONNECT");
  BOOST_TEST(desk.hear(greeting) == "EHLO pc.corp.test\r\n");
  BOOST_TEST(desk.hear(ehlo) == "MAIL FROM:<alice@corp.test> SIZE=20\r\n");
  BOOST_TEST(desk.hear("250 ok\r\n") == "RCPT TO:<bob@b.test>\r\n");
  BOOST_TEST(desk.hear("250 ok\r\n") == "RCPT TO:<eve@b.test>\r\n");
  BOOST_TEST(desk.hear("450 later\r\n") == "DATA\r\n");
  BOOST_TEST(desk.hear("354 go\r\n") == "Subject: x\r\n\r\n..dot\r\n.\r\n");
  BOOST_TEST(desk.dialogue.waiting_for() == "END");
  BOOST_TEST(desk.hear("250 2.0.0 queued\r\n") == "QUIT\r\n");
  BOOST_TEST(desk.hear("221 bye\r\n") == "[end]");
  BOOST_TEST(desk.dialogue.waiting_for() == "");
  const fakes::SendResult& result = desk.dialogue.result();
  BOOST_CHECK(result.outcome == SendOutcome::accepted);
  BOOST_TEST(result.code == 250);
  BOOST_TEST(result.text == "2.0.0 queued");
  BOOST_TEST(result.recipients[0].second == 250);
  BOOST_TEST(result.recipients[1].second == 450);
}

BOOST_AUTO_TEST_CASE(each_step_can_be_refused_for_now_or_for_good) {
  const std::vector<std::string> steps = {greeting,     ehlo,         "250 ok\r\n",
                                          "250 ok\r\n", "354 go\r\n", "250 queued\r\n"};
  for (std::size_t refused = 0; refused < steps.size(); ++refused) {
    for (const int code : {451, 554}) {
      Desk desk(to({"bob@b.test"}));
      for (std::size_t i = 0; i < refused; ++i) desk.hear(steps[i]);
      BOOST_TEST(desk.hear(std::to_string(code) + " no\r\n") == "QUIT\r\n");
      BOOST_TEST(desk.hear("221 bye\r\n") == "[end]");
      const fakes::SendResult& result = desk.dialogue.result();
      BOOST_CHECK(result.outcome ==
                  (code == 451 ? SendOutcome::temporary : SendOutcome::permanent));
      BOOST_TEST(result.code == code);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_connection_lost_at_any_step_before_the_last_reply_is_lost) {
  const std::vector<std::string> steps = {greeting,     ehlo,           "250 ok\r\n", "250 ok\r\n",
                                          "354 go\r\n", "250 done\r\n", "221 bye\r\n"};
  for (std::size_t lost = 0; lost <= steps.size(); ++lost) {
    Desk desk(to({"bob@b.test"}));
    for (std::size_t i = 0; i < lost; ++i) desk.hear(steps[i]);
    desk.dialogue.on_lost("reset");
    BOOST_CHECK(desk.dialogue.result().outcome ==
                (lost < 6 ? SendOutcome::lost : SendOutcome::accepted));
  }
}

BOOST_AUTO_TEST_CASE(a_reply_that_makes_no_sense_ends_it) {
  Desk garbage(to({"bob@b.test"}));
  BOOST_TEST(garbage.hear("hello\r\n") == "[end]");
  BOOST_CHECK(garbage.dialogue.result().outcome == SendOutcome::lost);
  Desk early(to({"bob@b.test"}));
  early.hear(greeting);
  early.hear(ehlo);
  early.hear("250 ok\r\n");
  early.hear("250 ok\r\n");
  BOOST_TEST(early.hear("250 not 354\r\n") == "QUIT\r\n");
  BOOST_CHECK(early.dialogue.result().outcome == SendOutcome::lost);
}

// What a gateway must never send, in the place of each of its replies: the sender gives up, and
// takes nothing for accepted that was not.
BOOST_AUTO_TEST_CASE(a_reply_that_breaks_the_protocol_ends_it_at_any_step) {
  const std::vector<std::string> steps = {greeting,     ehlo,         "250 ok\r\n",
                                          "250 ok\r\n", "354 go\r\n", "250 done\r\n"};
  std::string endless;
  for (int i = 0; i < 1000; ++i) endless += "250-more\r\n";
  const std::string bad[] = {std::string(1 << 20, '2') + "\r\n",
                             endless,
                             std::string("25\0 ok\r\n", 8),
                             "250-a\r\n550 b\r\n",
                             "\r\n",
                             "25\r0 ok\n"};
  for (std::size_t at = 0; at < steps.size(); ++at) {
    for (const std::string& reply : bad) {
      Desk desk(to({"bob@b.test"}));
      for (std::size_t i = 0; i < at; ++i) desk.hear(steps[i]);
      const std::string said = desk.hear(reply);
      BOOST_TEST((said.ends_with("[end]") || said.ends_with("QUIT\r\n")), at << ": " << said);
      BOOST_CHECK(desk.dialogue.result().outcome == SendOutcome::lost);
    }
  }
}

BOOST_AUTO_TEST_CASE(pipelined_commands_leave_together_when_offered) {
  fakes::Submission submission = to({"bob@b.test", "eve@b.test"});
  submission.pipelining = true;
  Desk desk(submission);
  desk.hear(greeting);
  BOOST_TEST(desk.hear(ehlo) ==
             "MAIL FROM:<alice@corp.test>\r\nRCPT TO:<bob@b.test>\r\n"
             "RCPT TO:<eve@b.test>\r\nDATA\r\n");
  BOOST_TEST(desk.hear("250 ok\r\n550 no\r\n250 ok\r\n") == "");
  BOOST_TEST(desk.hear("354 go\r\n") == "Subject: x\r\n\r\n..dot\r\n.\r\n");
  BOOST_TEST(desk.hear("250 done\r\n") == "QUIT\r\n");
  BOOST_CHECK(desk.dialogue.result().outcome == SendOutcome::accepted);

  Desk unoffered(submission);
  unoffered.hear(greeting);
  BOOST_TEST(unoffered.hear("250 mx\r\n") == "MAIL FROM:<alice@corp.test>\r\n");
}

BOOST_AUTO_TEST_CASE(pipelined_data_after_refusals_is_ended_with_nothing) {
  fakes::Submission submission = to({"bob@b.test"});
  submission.pipelining = true;
  Desk desk(submission);
  desk.hear(greeting);
  desk.hear(ehlo);
  BOOST_TEST(desk.hear("250 ok\r\n550 no\r\n354 go\r\n") == ".\r\n");
  BOOST_TEST(desk.hear("554 nobody\r\n") == "QUIT\r\n");
  BOOST_CHECK(desk.dialogue.result().outcome == SendOutcome::permanent);
  BOOST_TEST(desk.dialogue.result().code == 550);

  Desk sender_refused(submission);
  sender_refused.hear(greeting);
  sender_refused.hear(ehlo);
  BOOST_TEST(sender_refused.hear("451 no\r\n503 no\r\n503 no\r\n") == "QUIT\r\n");
  BOOST_TEST(sender_refused.dialogue.result().code == 451);
}

BOOST_AUTO_TEST_CASE(tls_is_used_as_told) {
  fakes::Submission submission = to({"bob@b.test"});
  submission.use_tls = UseTls::required;
  Desk desk(submission);
  desk.hear(greeting);
  BOOST_TEST(desk.hear(ehlo) == "STARTTLS\r\n");
  BOOST_TEST(desk.hear("220 go\r\n") == "[tls]");
  BOOST_TEST(Desk::written(desk.dialogue.on_tls()) == "EHLO pc.corp.test\r\n");
  BOOST_TEST(desk.hear(ehlo) == "MAIL FROM:<alice@corp.test>\r\n");

  Desk missing(submission);
  missing.hear(greeting);
  BOOST_TEST(missing.hear("250 mx\r\n") == "QUIT\r\n");
  BOOST_CHECK(missing.dialogue.result().outcome == SendOutcome::permanent);

  Desk refused(submission);
  refused.hear(greeting);
  refused.hear(ehlo);
  BOOST_TEST(refused.hear("454 no\r\n") == "QUIT\r\n");

  submission.use_tls = UseTls::if_offered;
  Desk optional(submission);
  optional.hear(greeting);
  BOOST_TEST(optional.hear(ehlo) == "STARTTLS\r\n");
  BOOST_TEST(optional.hear("454 no\r\n") == "MAIL FROM:<alice@corp.test>\r\n");

  submission.use_tls = UseTls::never;
  Desk never(submission);
  never.hear(greeting);
  BOOST_TEST(never.hear(ehlo) == "MAIL FROM:<alice@corp.test>\r\n");
}
