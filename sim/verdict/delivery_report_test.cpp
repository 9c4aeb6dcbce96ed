#include "sim/verdict/delivery_report.hpp"

#include <boost/test/unit_test.hpp>

#include "sim/verdict/expectation.hpp"

namespace {

using namespace sealcheck;

// After the example of RFC 3464 appendix E.1.
std::string report(std::string action = "failed", std::string fields = "Status: 4.4.7\r\n") {
  return "From: MAILER-DAEMON@gw.corp.test\r\nTo: alice@corp.test\r\n"
         "Content-Type: multipart/report; report-type=delivery-status;\r\n"
         "\tboundary=\"a;b\"\r\n\r\n"
         "--a;b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
         "Your message was not deli=\r\nvered.\r\n"
         "--a;b\r\ncontent-type: message/delivery-status\r\n\r\n"
         "Reporting-MTA: dns; gw.corp.test\r\nOriginal-Envelope-Id: QQ1\r\n\r\n"
         "Original-Recipient: rfc822;robert@partner.test\r\n"
         "Final-Recipient: RFC822; Bob@Partner.test\r\nAction: " +
         action + "\r\n" + fields +
         "Diagnostic-Code: smtp; 451\r\n  try again\r\n\r\n"
         "--a;b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
         "Subject: x\r\nMessage-ID: <m1@corp.test>\r\n--a;b--\r\n";
}

trace::Event received(std::string content, std::string from = "", std::string reply = "250 OK") {
  trace::Event event;
  event.actor = "mail.corp.test";
  event.kind = "smtp.message";
  event.fields = {
      {"from", std::move(from)}, {"to", "alice@corp.test"}, {"reply", std::move(reply)}};
  event.payload = std::move(content);
  return event;
}

plan::ReceivesReport wanted(std::string action, std::string because = "") {
  return {"mail.corp.test",  "m1", "<m1@corp.test>", "bob@partner.test", std::move(action),
          std::move(because)};
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_report_says_what_became_of_each_recipient) {
  const auto parsed = verdict::parse_delivery_report(report());
  BOOST_REQUIRE(parsed.has_value());
  BOOST_TEST(parsed->text == "Your message was not delivered.");
  BOOST_TEST(parsed->envelope_id == "QQ1");
  BOOST_TEST(parsed->message_id == "<m1@corp.test>");
  BOOST_REQUIRE_EQUAL(parsed->recipients.size(), 1u);
  const auto& one = parsed->recipients[0];
  BOOST_TEST(one.original_recipient == "robert@partner.test");
  BOOST_TEST(one.final_recipient == "Bob@Partner.test");
  BOOST_TEST(one.action == "failed");
  BOOST_TEST(one.status == "4.4.7");
  BOOST_TEST(one.diagnostic == "smtp; 451  try again");
}

BOOST_AUTO_TEST_CASE(what_lacks_a_demanded_field_is_no_report) {
  BOOST_TEST(!verdict::parse_delivery_report(report("failed", "")).has_value());
  BOOST_TEST(!verdict::parse_delivery_report("Subject: failed\r\n\r\nfailed").has_value());
  std::string text = report();
  text.replace(text.find("Reporting-MTA"), 9, "X-porting");
  BOOST_TEST(!verdict::parse_delivery_report(text).has_value());
  for (std::size_t length = 0; length < report().size(); ++length)  // cut anywhere: never a crash
    verdict::parse_delivery_report(report().substr(0, length));
}

BOOST_AUTO_TEST_CASE(a_condition_asks_for_message_recipient_action_and_reason) {
  const auto event = received(report());
  BOOST_TEST(verdict::satisfies(event, wanted("failed")));
  BOOST_TEST(verdict::satisfies(event, wanted("failed", "4.4.7")));
  BOOST_TEST(verdict::satisfies(event, wanted("failed", "try again")));
  BOOST_TEST(verdict::satisfies(event, wanted("failed", "not delivered")));
  BOOST_TEST(!verdict::satisfies(event, wanted("failed", "5.1.1")));
  BOOST_TEST(!verdict::satisfies(event, wanted("delayed")));
  auto other = wanted("failed");
  other.message_id = "<m2@corp.test>";
  BOOST_TEST(!verdict::satisfies(event, other));
  other = wanted("failed");
  other.recipient = "carol@partner.test";
  BOOST_TEST(!verdict::satisfies(event, other));
  BOOST_TEST(!verdict::satisfies(received(report(), "alice@corp.test"), wanted("failed")));
  BOOST_TEST(!verdict::satisfies(received(report(), "", "451 later"), wanted("failed")));
  BOOST_TEST(verdict::describe_seen({event}, 0, wanted("delayed")).find("failed 4.4.7 for Bob") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_message_has_expired_when_its_sender_is_told_that_time_ran_out) {
  const plan::Outcome expired{
      plan::Outcome::Kind::expired, "m1", "<m1@corp.test>", "bob@partner.test", {"mail.corp.test"}};
  BOOST_TEST(verdict::satisfies(received(report()), expired));
  BOOST_TEST(verdict::satisfies(received(report("failed", "Status: 5.4.7\r\n")), expired));
  BOOST_TEST(!verdict::satisfies(received(report("failed", "Status: 5.1.1\r\n")), expired));
  BOOST_TEST(!verdict::satisfies(received(report("delayed")), expired));
  BOOST_TEST(!verdict::satisfies(received(report(), "", "451 later"), expired));
  auto elsewhere = received(report());
  elsewhere.actor = "mx.partner.test";
  BOOST_TEST(!verdict::satisfies(elsewhere, expired));
}
