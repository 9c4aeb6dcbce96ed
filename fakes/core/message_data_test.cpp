#include "fakes/core/message_data.hpp"

#include <boost/test/unit_test.hpp>

using fakes::MessageReader;
using namespace std::string_literals;

namespace {

// Feeds `wire` in pieces; true when the message ended exactly at its end.
bool read(MessageReader& reader, std::string_view wire, std::size_t piece) {
  while (!wire.empty()) {
    std::string_view part = wire.substr(0, piece);
    wire.remove_prefix(part.size());
    if (reader.read(part)) return part.empty() && wire.empty();
  }
  return false;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_is_stuffed_comes_out_unstuffed_however_it_is_cut) {
  const std::string messages[] = {
      "",        "\r\n",     ".\r\n",         "..\r\n.a\r\n", "Subject: x\r\n\r\nbody\r\n",
      "\n.\r\n", ".\rx\r\n", "a\r\r\n.b\r\n", "\0\xff\r\n"s,  ".\n.\r\n",
  };
  for (const std::string& message : messages) {
    const std::string wire = fakes::with_final_dot(message);
    for (std::size_t piece = 1; piece <= wire.size(); ++piece) {
      MessageReader reader(1000);
      BOOST_TEST(read(reader, wire, piece));
      BOOST_TEST(reader.content() == message);
      BOOST_TEST(reader.bytes() == message.size());
    }
  }
}

BOOST_AUTO_TEST_CASE(the_wire_form_is_that_of_the_rfc) {
  BOOST_TEST(fakes::with_final_dot("") == ".\r\n");
  BOOST_TEST(fakes::with_final_dot("a\r\n.b\r\n") == "a\r\n..b\r\n.\r\n");
  BOOST_TEST(fakes::with_final_dot("a\n.b\r\n") == "a\n.b\r\n.\r\n");
  BOOST_TEST(fakes::with_final_dot("no end") == "no end\r\n.\r\n");
}

BOOST_AUTO_TEST_CASE(only_crlf_dot_crlf_ends_a_message) {
  for (const std::string_view end : {"a\n.\n", "a\n.\r\n", "a\r\n.\n", "a\r.\r", "a\r\n.\r"}) {
    MessageReader reader(1000);
    BOOST_TEST(!read(reader, end, 1));
  }
  MessageReader reader(1000);
  std::string_view input = "a\r\n.\r\nNEXT";
  BOOST_TEST(reader.read(input));
  BOOST_TEST(input == "NEXT");
  BOOST_TEST(reader.content() == "a\r\n");
}

BOOST_AUTO_TEST_CASE(bare_line_ends_and_nul_are_counted_and_kept) {
  MessageReader reader(1000);
  const std::string message = "a\nb\rc\0\r\r\n"s;
  BOOST_TEST(read(reader, message + ".\r\n", 1));
  BOOST_TEST(reader.content() == message);
  BOOST_TEST(reader.bare_lf() == 1u);
  BOOST_TEST(reader.bare_cr() == 2u);
  BOOST_TEST(reader.nul() == 1u);
}

BOOST_AUTO_TEST_CASE(what_exceeds_the_limit_is_counted_and_dropped) {
  MessageReader reader(4);
  BOOST_TEST(read(reader, "123456\r\n.\r\n", 3));
  BOOST_TEST(reader.content() == "1234");
  BOOST_TEST(reader.bytes() == 8u);
  BOOST_TEST(reader.overflowed());
}

BOOST_AUTO_TEST_CASE(a_header_field_is_found_in_any_case_and_unfolded) {
  const std::string_view message =
      "Received: by x\r\n message-id: no\r\nSubject: one\r\n two\r\nMESSAGE-ID :  <1@x> \r\n"
      "Empty:\r\n\r\nTo: body\r\n";
  BOOST_TEST(fakes::peek_header(message, "Message-ID") == "<1@x>");
  BOOST_TEST(fakes::peek_header(message, "subject") == "one two");
  BOOST_TEST(fakes::peek_header(message, "Empty") == "");
  BOOST_TEST(fakes::peek_header(message, "To") == "");
}
