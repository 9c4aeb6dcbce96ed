#include "reference/message/delivery_report.hpp"

#include <gmime/gmime.h>

#include <boost/test/unit_test.hpp>

#include "reference/message/gmime_library.hpp"

namespace sealgate::message {
namespace {

constexpr std::string_view content =
    "Subject: results\r\nMessage-ID: <1@corp.test>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n"
    "X-Odd: \xfc\r\n\r\nthe body\r\n";

DeliveryReport report() {
  DeliveryReport made;
  made.reporting_host = "gw.corp.test";
  made.id = "7Z";
  made.sender = "alice@corp.test";
  made.envelope_id = "QQ+1";
  made.now = host::WallTime(std::chrono::seconds(1795453658));  // 2026-11-23 17:07:38 UTC
  made.received_at = made.now - std::chrono::hours(24);
  made.recipients = {{.address = "bob@partner.test",
                      .original_recipient = "rfc822;bob@old.test",
                      .action = Action::failed,
                      .status = "5.1.1",
                      .why = "Delivery failed for good: permanent-reply",
                      .diagnostic = "550 5.1.1 no such user\r\nAction: delivered",
                      .remote_mta = "mx.partner.test",
                      .last_attempt = made.now,
                      .retry_until = {}}};
  made.content = content;
  return made;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Read by somebody else: the types of a multipart's parts, in order.
std::vector<std::string> parts_of(const std::string& message) {
  use_gmime();
  GMimeStream* stream = g_mime_stream_mem_new_with_buffer(message.data(), message.size());
  GMimeParser* parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage* parsed = g_mime_parser_construct_message(parser, nullptr);
  GMimeObject* body = g_mime_message_get_mime_part(parsed);
  std::vector<std::string> types;
  const auto type_of = [](GMimeObject* part) {
    char* text = g_mime_content_type_get_mime_type(g_mime_object_get_content_type(part));
    std::string type = text;
    g_free(text);
    return type;
  };
  types.push_back(type_of(body) + " " +
                  g_mime_object_get_content_type_parameter(body, "report-type"));
  auto* multipart = GMIME_MULTIPART(body);
  for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i) {
    types.push_back(type_of(g_mime_multipart_get_part(multipart, i)));
  }
  g_object_unref(parsed);
  g_object_unref(parser);
  g_object_unref(stream);
  return types;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_report_has_its_three_parts) {
  const std::string made = make_report(report());
  const std::vector<std::string> expected = {"multipart/report delivery-status", "text/plain",
                                             "message/delivery-status", "text/rfc822-headers"};
  BOOST_TEST(parts_of(made) == expected, boost::test_tools::per_element());
  BOOST_TEST(holds(made, "\r\nAuto-Submitted: auto-replied\r\n"));
  BOOST_TEST(holds(made, "To: <alice@corp.test>\r\n"));
  BOOST_TEST(holds(made,
                   "Original-Envelope-Id: QQ+1\r\n"
                   "Reporting-MTA: dns; gw.corp.test\r\n"
                   "Arrival-Date: Sun, 22 Nov 2026 17:07:38 +0000\r\n"
                   "\r\n"
                   "Original-Recipient: rfc822;bob@old.test\r\n"
                   "Final-Recipient: rfc822;bob@partner.test\r\n"
                   "Action: failed\r\n"
                   "Status: 5.1.1\r\n"
                   "Remote-MTA: dns; mx.partner.test\r\n"
                   "Diagnostic-Code: smtp; 550 5.1.1 no such user??Action: delivered\r\n"
                   "Last-Attempt-Date: Mon, 23 Nov 2026 17:07:38 +0000\r\n"));
  BOOST_TEST(holds(made, "Subject: results\r\n"));
  BOOST_TEST(holds(made, "X-Odd: ?\r\n"));  // any server takes it
  BOOST_TEST(!holds(made, "the body"));
}

BOOST_AUTO_TEST_CASE(the_whole_message_is_returned_where_that_is_asked_for) {
  auto asked = report();
  asked.returned = Returned::full;
  const std::string made = make_report(asked);
  BOOST_TEST(parts_of(made).back() == "message/rfc822");
  BOOST_TEST(holds(made, "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
                             std::string(content)));
}

BOOST_AUTO_TEST_CASE(of_sealed_mail_only_its_identification_is_returned) {
  auto sealed = report();
  sealed.returned = Returned::identification;
  const std::string made = make_report(sealed);
  BOOST_TEST(holds(made,
                   "text/rfc822-headers\r\n\r\nMessage-ID: <1@corp.test>\r\n"
                   "Date: Mon, 2 Mar 2026 09:00:00 +0000\r\n--report.7Z--\r\n"));
  BOOST_TEST(!holds(made, "results"));
  BOOST_TEST(!holds(made, "the body"));
}

BOOST_AUTO_TEST_CASE(several_recipients_stand_in_one_report) {
  auto both = report();
  both.recipients.push_back(both.recipients[0]);
  both.recipients[1].address = "eve@partner.test";
  const std::string made = make_report(both);
  BOOST_TEST(holds(made,
                   "\r\n\r\nOriginal-Recipient: rfc822;bob@old.test\r\nFinal-Recipient: "
                   "rfc822;eve@partner.test\r\n"));
  BOOST_TEST(holds(made, "<eve@partner.test>\r\n    Delivery failed"));
}

BOOST_AUTO_TEST_CASE(a_delay_says_how_long_attempts_go_on) {
  auto late = report();
  late.recipients[0].action = Action::delayed;
  late.recipients[0].retry_until = late.now;
  const std::string made = make_report(late);
  BOOST_TEST(holds(made, "Action: delayed\r\n"));
  BOOST_TEST(holds(made, "Will-Retry-Until: Mon, 23 Nov 2026 17:07:38 +0000\r\n"));
}

BOOST_AUTO_TEST_CASE(an_internationalised_address_makes_an_international_report) {
  auto made = report();
  BOOST_TEST(!is_international(made));
  made.recipients[0].address = "j\xc3\xbcrgen@partner.test";
  BOOST_TEST(is_international(made));
  const std::string text = make_report(made);
  const std::vector<std::string> expected = {"multipart/report global-delivery-status",
                                             "text/plain", "message/global-delivery-status",
                                             "message/global-headers"};
  BOOST_TEST(parts_of(text) == expected, boost::test_tools::per_element());
  BOOST_TEST(holds(text, "Final-Recipient: utf-8;j\xc3\xbcrgen@partner.test\r\n"));
}

}  // namespace sealgate::message
