#include <boost/test/unit_test.hpp>

#include "sim/plan/charset.hpp"
#include "sim/plan/test_scenario.hpp"

namespace {

using namespace sealcheck;

plan::Message message(const std::string& block,
                      const std::map<std::string, std::string>& files = {}) {
  const auto made =
      plan::make("gateway { }\nmessage m1 from a@corp.test to b@x.test { " + block + " }\n", files);
  BOOST_REQUIRE_EQUAL(made.complaints, "");
  return made.plan().messages.at(0);
}

bool has(const plan::Message& message, const std::string& text) {
  if (message.content.find(text) != std::string::npos) return true;
  BOOST_TEST_MESSAGE("not there: " << text << " in:\n" << message.content);
  return false;
}

std::string canary(const plan::Message& message, const std::string& what) {
  for (const plan::Canary& canary : message.canaries)
    if (canary.what == what) return canary.text;
  return "no canary for " + what;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_message_of_text_alone_stays_as_simple_as_it_is) {
  const auto made = message("subject \"Hi\"; body \"Text\"; header X-Mark \"one\"");
  BOOST_TEST(has(made, "\r\nSubject: Hi " + canary(made, "subject") + "\r\nX-Mark: one\r\n"));
  BOOST_TEST(has(made, "Content-Transfer-Encoding: 7bit\r\n\r\nText\r\n" + canary(made, "body")));
  BOOST_TEST(!made.content.starts_with("\r\n"));
}

BOOST_AUTO_TEST_CASE(html_and_files_are_parts_with_a_canary_each) {
  const auto made = message(
      "html \"<p>x</p>\"; attachment \"a.csv\" { type \"text/csv\"; content \"1;2\"; encoding "
      "7bit }; attachment \"b.bin\" { of 1kB }; attachment \"c.txt\" { file \"c.txt\" }",
      {{"c.txt", "a line that is long enough to tell\nshort\n"}});
  BOOST_TEST(has(made, "Content-Type: multipart/mixed; boundary="));
  BOOST_TEST(has(made, "Content-Type: multipart/alternative; boundary="));
  BOOST_TEST(has(made, "Content-Disposition: attachment; filename=\"a.csv\"\r\n\r\n1;2" +
                           canary(made, "attachment")));
  std::size_t files = 0;
  bool line = false;
  for (const plan::Canary& one : made.canaries) {
    files += one.what == "attachment";
    line = line || one.text == "a line that is long enough to tell";
  }
  BOOST_TEST(files == 3u);
  BOOST_TEST(line);
  BOOST_TEST(made.content.ends_with("--\r\n"));
}

BOOST_AUTO_TEST_CASE(charsets_and_transfer_encodings_are_those_asked_for) {
  const auto latin = message(
      "subject \"Grüße\"; body \"Grüße = ok\"; charset iso-8859-1; encoding quoted-printable");
  BOOST_TEST(has(latin, "Subject: =?utf-8?B?R3LDvMOfZQ==?= "));
  BOOST_TEST(has(latin, "charset=iso-8859-1"));
  BOOST_TEST(has(latin, "Gr=FC=DFe =3D ok\r\n"));
  BOOST_TEST(has(message("body \"Grüße\""), "Content-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n"));
  const auto wide = message("body \"x\"; charset utf-16");
  BOOST_TEST(has(wide, "charset=utf-16\r\nContent-Transfer-Encoding: base64\r\n\r\nAHgA"));
  bool in_charset = false;  // the canary, two octets a letter
  for (const plan::Canary& one : wide.canaries) in_charset |= one.text.size() == 40;
  BOOST_TEST(in_charset);
  const auto refused = [](const std::string& block) {
    return plan::make("gateway { }\nmessage m1 from a@corp.test to b@x.test { " + block + " }\n")
        .complaints;
  };
  BOOST_TEST(refused("body \"Grüße\"; charset us-ascii").find("cannot say this text") !=
             std::string::npos);
  BOOST_TEST(refused("body \"Grüße\"; encoding 7bit").find("7bit cannot carry this text") !=
             std::string::npos);
  BOOST_TEST(refused("eml \"x.eml\"; body \"x\"").find("has its own subject and body") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(raw_octets_get_no_line_ends) {
  const auto made = message("raw \"Subject: x\\r\\n\\r\\na\\nb\\x00\"; raw \".\\r\\nc\"");
  BOOST_TEST(made.content == std::string("Subject: x\r\n\r\na\nb\0.\r\nc", 22));
}

BOOST_AUTO_TEST_CASE(the_sender_asks_for_what_it_wants) {
  const auto made = message(
      "over tls; pipelined; 8bitmime; return headers; envelope id \"a b=1\"; notify success "
      "failure; original recipient bob+x@old.test");
  BOOST_TEST(made.submitting.over_tls);
  BOOST_TEST(made.submitting.pipelined);
  BOOST_TEST(made.submitting.mail_parameters == "BODY=8BITMIME RET=HDRS ENVID=a+20b+3D1");
  BOOST_TEST(made.submitting.recipient_parameters ==
             "NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob+2Bx@old.test");
}

BOOST_AUTO_TEST_CASE(quoted_printable_keeps_its_lines_short) {
  const std::string text = plan::quoted_printable(std::string(200, '=') + " \r\nend ", true);
  std::size_t begin = 0;
  for (std::size_t end = text.find("\r\n"); end != std::string::npos;
       begin = end + 2, end = text.find("\r\n", begin))
    BOOST_TEST(end - begin <= 76u);
  BOOST_TEST(text.ends_with("=20\r\nend=20"));
}
