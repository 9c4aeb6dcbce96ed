#include "reference/smtp/command.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/smtp/capabilities.hpp"

namespace sealgate::smtp {
namespace {

int mail_code(std::string_view argument) {
  const auto parsed = parse_mail(argument);
  return std::holds_alternative<Reply>(parsed) ? std::get<Reply>(parsed).code : 0;
}

int rcpt_code(std::string_view argument) {
  const auto parsed = parse_rcpt(argument);
  return std::holds_alternative<Reply>(parsed) ? std::get<Reply>(parsed).code : 0;
}

}  // namespace

BOOST_AUTO_TEST_CASE(verbs_are_known_without_case) {
  BOOST_TEST((parse_command("ehlo  mx.test ").verb == Verb::ehlo));
  BOOST_TEST(parse_command("ehlo  mx.test ").argument == "mx.test");
  BOOST_TEST((parse_command("StartTLS").verb == Verb::starttls));
  BOOST_TEST((parse_command("MAILFROM:<a@b>").verb == Verb::unknown));
  BOOST_TEST((parse_command("").verb == Verb::unknown));
  BOOST_TEST((parse_command(" NOOP").verb == Verb::unknown));
}

BOOST_AUTO_TEST_CASE(parameters_of_mail_are_parsed) {
  const auto parsed = std::get<MailCommand>(parse_mail("from:<a@b.test> body=8bitmime SIZE=1000"));
  BOOST_TEST(to_wire(parsed.reverse_path) == "<a@b.test>");
  BOOST_TEST((parsed.parameters.body == BodyType::eight_bit_mime));
  BOOST_TEST(*parsed.parameters.size_bytes == 1000u);
  const auto huge = std::get<MailCommand>(parse_mail("FROM:<> SIZE=99999999999999999999"));
  BOOST_TEST(*huge.parameters.size_bytes == UINT64_MAX);
}

BOOST_AUTO_TEST_CASE(what_is_asked_about_reports_is_kept_as_it_came) {
  const auto mail = std::get<MailCommand>(parse_mail("FROM:<a@b.test> ret=hdrs ENVID=QQ+2B1"));
  BOOST_TEST((mail.parameters.ret == Return::headers));
  BOOST_TEST(mail.parameters.envelope_id == "QQ+2B1");
  const auto rcpt = std::get<Recipient>(
      parse_rcpt("TO:<\xc3\xbc@b.test> NOTIFY=SUCCESS,DELAY ORCPT=utf-8;\xc3\xbc@c.test", true));
  BOOST_TEST(to_text(rcpt.notify) == "SUCCESS,DELAY");
  BOOST_TEST(rcpt.original_recipient == "utf-8;\xc3\xbc@c.test");
}

BOOST_AUTO_TEST_CASE(bad_arguments_are_refused_with_the_code_of_the_rfc) {
  BOOST_TEST(mail_code("FROM:<a@b.test>") == 0);
  BOOST_TEST(mail_code("FROM: <a@b.test>") == 501);
  BOOST_TEST(mail_code("TO:<a@b.test>") == 501);
  BOOST_TEST(mail_code("FROM:a@b.test") == 501);
  BOOST_TEST(mail_code("FROM:<a@b.test>SIZE=1") == 501);
  BOOST_TEST(mail_code("FROM:<a@b.test> SIZE") == 501);
  BOOST_TEST(mail_code("FROM:<a@b.test> SIZE=") == 501);
  BOOST_TEST(mail_code("FROM:<a@b.test> SIZE=1x") == 501);
  BOOST_TEST(mail_code("FROM:<a@b.test> SIZE=1 SIZE=1") == 501);
  BOOST_TEST(mail_code("FROM:<a@b.test> BODY=BINARYMIME") == 501);
  BOOST_TEST(mail_code("FROM:<a@b.test> AUTH=<>") == 555);
  BOOST_TEST(mail_code("FROM:<a@b.test> RET=ALL") == 501);
  BOOST_TEST(mail_code("FROM:<a@b.test> RET=") == 501);
  BOOST_TEST(mail_code("FROM:<a@b.test> ENVID=a=b") == 501);
  BOOST_TEST(mail_code("FROM:<a@b.test> ENVID=1 ENVID=2") == 501);
  BOOST_TEST(mail_code("FROM:<a@b.test> SMTPUTF8=yes") == 501);
  BOOST_TEST(mail_code("FROM:<\xc3\xbc@b.test>") == 553);
  BOOST_TEST(mail_code("FROM:<\xc3\xbc@b.test> SMTPUTF8") == 0);
  BOOST_TEST(mail_code("FROM:<a@b.test> =x") == 501);
  BOOST_TEST(rcpt_code("TO:<a@b.test>") == 0);
  BOOST_TEST(rcpt_code("TO:<>") == 501);
  BOOST_TEST(rcpt_code("TO:<a@b.test> HOLD=1") == 555);
  BOOST_TEST(rcpt_code("TO:<a@b.test> NOTIFY=NEVER,DELAY") == 501);
  BOOST_TEST(rcpt_code("TO:<a@b.test> NOTIFY=NEVER NOTIFY=NEVER") == 501);
  BOOST_TEST(rcpt_code("TO:<a@b.test> ORCPT=a@b.test") == 501);
  BOOST_TEST(rcpt_code("TO:<\xc3\xbc@b.test>") == 553);
  BOOST_TEST(rcpt_code("TO:<a@b.test>x") == 501);
}

BOOST_AUTO_TEST_CASE(capabilities_are_read_from_all_lines_but_the_first) {
  Reply reply(250, "STARTTLS");
  for (const char* line : {"size 1000", "PIPELINING", "8BITMIME", "EnhancedStatusCodes", "DSN",
                           "SMTPUTF8", "AUTH PLAIN login", "X-UNKNOWN y"}) {
    reply.lines.push_back(line);
  }
  Capabilities offered = parse_capabilities(reply);
  BOOST_TEST(!offered.starttls);
  BOOST_TEST(*offered.size_max_bytes == 1000u);
  BOOST_TEST((offered.pipelining && offered.eight_bit_mime && offered.enhanced_status_codes));
  BOOST_TEST((offered.dsn && offered.smtputf8 && offered.size));
  const std::vector<std::string> mechanisms = {"PLAIN", "LOGIN"};
  BOOST_TEST(offered.auth_mechanisms == mechanisms, boost::test_tools::per_element());
  reply.lines = {"mx.test", "STARTTLS", "SIZE 0"};
  offered = parse_capabilities(reply);
  BOOST_TEST((offered.starttls && offered.size && !offered.size_max_bytes));
  reply.lines = {"mx.test", "SIZE many", "STARTTLSX"};
  offered = parse_capabilities(reply);
  BOOST_TEST((!offered.starttls && !offered.size));
}

}  // namespace sealgate::smtp
