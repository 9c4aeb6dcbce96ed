#include "reference/smtp/reply.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/smtp/reply_parser.hpp"

namespace sealgate::smtp {
namespace {

using Status = ReplyParser::Status;

Reply parse(std::string_view bytes) {
  ReplyParser parser;
  parser.receive(bytes);
  Reply reply;
  BOOST_TEST((parser.next(reply) == Status::complete), "no reply in " << bytes);
  BOOST_TEST(!parser.has_input());
  return reply;
}

bool malformed(std::string_view bytes) {
  ReplyParser parser;
  parser.receive(bytes);
  Reply reply;
  return parser.next(reply) == Status::malformed && !parser.error().empty();
}

}  // namespace

BOOST_AUTO_TEST_CASE(replies_go_on_the_wire_with_the_enhanced_code_in_each_line) {
  Reply reply(550, {5, 7, 1}, "first");
  reply.lines.push_back("second");
  BOOST_TEST(to_wire(reply) == "550-5.7.1 first\r\n550 5.7.1 second\r\n");
  BOOST_TEST(to_text(reply) == "550 5.7.1 first / second");
  BOOST_TEST(to_wire(Reply(354, "go")) == "354 go\r\n");
  BOOST_TEST(to_text(Reply{}) == "");
}

BOOST_AUTO_TEST_CASE(text_cannot_break_out_of_its_line_or_exceed_it) {
  BOOST_TEST(to_wire(Reply(250, "a\r\n550 b")) == "250 a??550 b\r\n");
  BOOST_TEST(to_wire(Reply(250, std::string(1000, 'x'))).size() == 512u);
}

BOOST_AUTO_TEST_CASE(replies_are_parsed_whatever_the_chunks) {
  const std::string bytes = "250-mx.test\r\n250-SIZE 100\r\n250 DSN\r\n450 4.2.0 later\r\n250\r\n";
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    ReplyParser parser;
    std::vector<Reply> replies;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
      parser.receive(std::string_view(bytes).substr(at, step));
      Reply reply;
      while (parser.next(reply) == Status::complete) replies.push_back(reply);
    }
    BOOST_REQUIRE(replies.size() == 3u);
    BOOST_TEST(replies[0].lines.size() == 3u);
    BOOST_TEST(replies[0].lines[1] == "SIZE 100");
    BOOST_TEST((replies[1] == Reply(450, {4, 2, 0}, "later")));
    BOOST_TEST((replies[2] == Reply(250, "")));
  }
}

BOOST_AUTO_TEST_CASE(enhanced_codes_are_taken_only_where_they_fit) {
  BOOST_TEST((parse("550 5.1.1 gone\r\n").enhanced == EnhancedCode{5, 1, 1}));
  BOOST_TEST((parse("250 2.0.0\r\n") == Reply(250, {2, 0, 0}, "")));
  BOOST_TEST((parse("550 4.1.1 x\r\n") == Reply(550, "4.1.1 x")));  // another class
  BOOST_TEST((parse("220 2.1.example ready\r\n") == Reply(220, "2.1.example ready")));
  BOOST_TEST((parse("250 2.1.1000 x\r\n") == Reply(250, "2.1.1000 x")));
  BOOST_TEST((parse("550-5.1.1 a\r\n550 5.1.1 b\r\n").lines.back() == "b"));
}

BOOST_AUTO_TEST_CASE(what_is_no_reply_is_malformed) {
  BOOST_TEST(malformed("hello\r\n"));
  BOOST_TEST(malformed("25\r\n"));
  BOOST_TEST(malformed("150 x\r\n"));
  BOOST_TEST(malformed("2500 x\r\n"));
  BOOST_TEST(malformed("250-a\r\n251 b\r\n"));
  BOOST_TEST(malformed("250 a\nb\r\n"));
  BOOST_TEST(malformed("250 a\rb\r\n"));
  BOOST_TEST(malformed("\r\n"));
}

BOOST_AUTO_TEST_CASE(endless_lines_and_endless_replies_are_malformed_at_once) {
  BOOST_TEST(malformed(std::string(3000, '2')));
  std::string endless;
  for (int i = 0; i < 200; ++i) endless += "250-x\r\n";
  BOOST_TEST(malformed(endless));
}

BOOST_AUTO_TEST_CASE(input_behind_a_reply_is_noticed) {
  ReplyParser parser;
  parser.receive("220 go\r\n2");
  Reply reply;
  BOOST_TEST((parser.next(reply) == Status::complete));
  BOOST_TEST(parser.has_input());
  parser.receive("50-half\r\n");
  BOOST_TEST((parser.next(reply) == Status::need_input));
  BOOST_TEST(parser.has_input());
}

}  // namespace sealgate::smtp
