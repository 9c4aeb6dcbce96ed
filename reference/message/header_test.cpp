#include "reference/message/header.hpp"

#include <boost/test/unit_test.hpp>

namespace sealgate::message {
namespace {

// Headers as they pass by: two trace fields, a folded Subject, a field with a space before the
// colon, an empty field, a list field folded with a tab.
const std::string mail =
    "Return-Path: <bounces+4711@lists.example.org>\r\n"
    "Received: from mx1.example.org (mx1.example.org [192.0.2.25])\r\n"
    "\tby in.corp.test (Postfix) with ESMTPS id 4Xy2k81Zz3z\r\n"
    "\tfor <alice@corp.test>; Mon, 23 Nov 2026 10:01:02 +0100 (CET)\r\n"
    "RECEIVED: by 10.0.0.7 with SMTP id k9; 23 Nov 2026 09:00:59 +0000\r\n"
    "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?= and\r\n"
    " a second line:\r\n"
    "  with a colon\r\n"
    "X-Spam-Flag : NO\r\n"
    "X-Empty:\r\n"
    "List-Unsubscribe:\r\n"
    "\t<mailto:leave@lists.example.org>\r\n"
    "\r\n"
    "Subject: not a field\r\n";

}  // namespace

BOOST_AUTO_TEST_CASE(fields_come_in_order_with_names_as_written) {
  const Header header = scan_header(mail);
  std::vector<std::string> names;
  for (const Field& field : header.fields) names.push_back(field.name);
  const std::vector<std::string> expected = {"Return-Path",     "Received",    "RECEIVED",
                                             "Subject",         "X-Spam-Flag", "X-Empty",
                                             "List-Unsubscribe"};
  BOOST_TEST(names == expected, boost::test_tools::per_element());
  BOOST_TEST(mail.substr(header.body_begin) == "Subject: not a field\r\n");
  BOOST_TEST(header.skipped_lines == 0u);
  BOOST_TEST(!header.too_big);
}

BOOST_AUTO_TEST_CASE(values_are_unfolded_and_trimmed_and_raw_ones_kept) {
  const Header header = scan_header(mail);
  const Field& subject = *header.find("SUBJECT");
  BOOST_TEST(subject.value == "=?UTF-8?Q?Gr=C3=BC=C3=9Fe?= and a second line:  with a colon");
  BOOST_TEST(subject.raw_value ==
             " =?UTF-8?Q?Gr=C3=BC=C3=9Fe?= and\r\n a second line:\r\n  with a colon\r\n");
  BOOST_TEST(mail.substr(subject.begin, 8) == "Subject:");
  BOOST_TEST(mail.substr(subject.end, 11) == "X-Spam-Flag");
  BOOST_TEST(header.find("x-spam-flag")->value == "NO");
  BOOST_TEST(header.find("x-empty")->value == "");
  BOOST_TEST(header.find("list-unsubscribe")->value == "<mailto:leave@lists.example.org>");
  BOOST_TEST(header.find("to") == nullptr);
  BOOST_TEST(header.count("received") == 2u);
}

BOOST_AUTO_TEST_CASE(lone_line_feeds_are_read_and_lone_carriage_returns_end_nothing) {
  const Header header = scan_header("From: a\nSubject: b\rTo: c\nX: d\n\nbody");
  BOOST_TEST(header.fields.size() == 3u);
  BOOST_TEST(header.find("Subject")->value == "b\rTo: c");
  BOOST_TEST(header.find("X")->value == "d");
}

BOOST_AUTO_TEST_CASE(nothing_hides_behind_a_line_that_is_no_field) {
  const Header header = scan_header(
      "From alice Mon Nov 23\r\n cont\r\nFrom: a\r\nno field\r\n cont\r\nSubject: x\r\n\r\n");
  BOOST_TEST(header.skipped_lines == 4u);
  BOOST_TEST(header.find("From")->value == "a");
  BOOST_TEST(header.find("Subject")->value == "x");
}

BOOST_AUTO_TEST_CASE(messages_without_body_or_header_are_scanned) {
  BOOST_TEST(scan_header("").fields.empty());
  BOOST_TEST(scan_header("\r\nbody").body_begin == 2u);
  BOOST_TEST(scan_header("Subject: x").find("Subject")->value == "x");
  BOOST_TEST(scan_header("Subject: x").body_begin == 10u);
}

BOOST_AUTO_TEST_CASE(endless_headers_are_bounded) {
  std::string endless;
  for (int i = 0; i < 50; ++i) endless += "X-Pad: 0123456789\r\n";
  const Header by_fields = scan_header(endless, {.fields_max = 10});
  BOOST_TEST(by_fields.too_big);
  BOOST_TEST(by_fields.fields.size() == 10u);
  const Header by_octets = scan_header(endless, {.octets_max = 100});
  BOOST_TEST(by_octets.too_big);
  BOOST_TEST(by_octets.fields.size() == 5u);
  BOOST_TEST(!scan_header(endless).too_big);
}

BOOST_AUTO_TEST_CASE(editing_leaves_every_other_byte_alone) {
  std::string edited = mail;
  add_field_at_top(edited, "X-Added", "one\r\n\ttwo");
  BOOST_TEST(edited == "X-Added: one\r\n\ttwo\r\n" + mail);
  BOOST_TEST(remove_fields(edited, "x-added") == 1u);
  BOOST_TEST(edited == mail);
  BOOST_TEST(remove_fields(edited, "Received") == 2u);
  std::string expected = mail;
  const std::size_t begin = expected.find("Received");
  expected.erase(begin, expected.find("Subject") - begin);
  BOOST_TEST(edited == expected);
  BOOST_TEST(remove_fields(edited, "Bcc") == 0u);
}

}  // namespace sealgate::message
