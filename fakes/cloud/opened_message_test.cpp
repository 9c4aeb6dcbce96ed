#include "fakes/cloud/opened_message.hpp"

#include <boost/test/unit_test.hpp>

using fakes::OpenedMessage;
using fakes::read_message;

BOOST_AUTO_TEST_CASE(a_plain_message_is_a_text) {
  const OpenedMessage opened = read_message(
      "From: =?utf-8?q?J=C3=B6rg?= <joerg@corp.test>\r\nTo: bob@partner.test\r\n"
      "Subject: =?iso-8859-1?q?Gr=FC=DFe?=\r\nDate: Sun, 1 Mar 2026 09:00:00 +0000\r\n"
      "Content-Type: text/plain; charset=iso-8859-1\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n\r\nSch=F6n.\r\n");
  BOOST_TEST(opened.from == "J\u00f6rg <joerg@corp.test>");
  BOOST_TEST(opened.to == "bob@partner.test");
  BOOST_TEST(opened.subject == "Gr\u00fc\u00dfe");
  BOOST_TEST(opened.date == "Sun, 1 Mar 2026 09:00:00 +0000");
  BOOST_TEST(opened.text == "Sch\u00f6n.\r\n");
  BOOST_TEST(opened.html.empty());
  BOOST_TEST(opened.files.empty());
}

BOOST_AUTO_TEST_CASE(what_is_attached_is_a_file_as_it_was) {
  const OpenedMessage opened = read_message(
      "Subject: two\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
      "--b\r\n\r\nthe text\r\n--b\r\n"
      "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
      "Content-Disposition: attachment; filename=\"../../a b.pdf\"\r\n\r\nAAECAw==\r\n"
      "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nhello\r\n"
      "--b\r\nContent-Type: image/png\r\n\r\nxyz\r\n--b--\r\n");
  BOOST_TEST(opened.text == "the text");
  BOOST_TEST_REQUIRE(opened.files.size() == 3);
  BOOST_TEST(opened.files[0].name == ".._.._a b.pdf");
  BOOST_TEST(opened.files[0].content == std::string("\0\1\2\3", 4));
  BOOST_TEST(opened.files[1].name == "message.eml");
  BOOST_TEST(opened.files[1].content.find("Subject: inner") == 0);
  BOOST_TEST(opened.files[2].name == "file-3");
}

BOOST_AUTO_TEST_CASE(html_is_shown_in_the_place_of_a_text_only) {
  const std::string html = "Content-Type: text/html; charset=utf-8\r\n\r\n<b>page</b>";
  const OpenedMessage both = read_message(
      "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nthe text\r\n--b\r\n" +
      html + "\r\n--b--\r\n");
  BOOST_TEST(both.text == "the text");
  BOOST_TEST(both.html == "");
  BOOST_TEST(both.files.size() == 1);
  const OpenedMessage alone = read_message(html);
  BOOST_TEST(alone.html == "<b>page</b>");
  BOOST_TEST(alone.files.size() == 1);
}

BOOST_AUTO_TEST_CASE(anything_at_all_is_shown_somehow) {
  for (const std::string& odd :
       {std::string(), std::string("\0\xff", 2), std::string("no header at all"),
        std::string("Content-Type: text/plain; charset=nonsense\r\n\r\n\xff")})
    read_message(odd);
  std::string nested;
  for (int i = 0; i < 100'000; ++i)
    nested += "Content-Type: multipart/mixed; BOUNDARY=b" + std::to_string(i) + "\r\n\r\n--b" +
              std::to_string(i) + "\r\n";
  BOOST_TEST(read_message(nested).files.size() == 1);
}
