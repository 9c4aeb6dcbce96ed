#include "reference/smtp/dot_stuffing.hpp"

#include <boost/test/unit_test.hpp>
#include <random>

namespace sealgate::smtp {
namespace {

std::string encoded(std::string_view content, std::size_t step = 1000) {
  DotEncoder encoder;
  std::string out;
  for (std::size_t at = 0; at < content.size(); at += step)
    encoder.encode(content.substr(at, step), out);
  encoder.finish(out);
  return out;
}

struct Decoded {
  std::string content;
  std::string rest;
  bool malformed = false;
  bool finished = false;
};

Decoded decoded(std::string_view bytes, std::size_t step = 1000, std::uint64_t size_max = 1 << 20) {
  DotDecoder decoder(size_max);
  std::size_t at = 0;
  while (at < bytes.size() && !decoder.finished()) at += decoder.receive(bytes.substr(at, step));
  return {decoder.take_content(), std::string(bytes.substr(at)), decoder.malformed(),
          decoder.finished()};
}

}  // namespace

BOOST_AUTO_TEST_CASE(dots_at_line_starts_are_doubled_and_the_end_is_added) {
  BOOST_TEST(encoded("a\r\n") == "a\r\n.\r\n");
  BOOST_TEST(encoded("") == ".\r\n");
  BOOST_TEST(encoded("no line end") == "no line end\r\n.\r\n");
  BOOST_TEST(encoded(".\r\n..\r\na.b\r\n.") == "..\r\n...\r\na.b\r\n..\r\n.\r\n");
}

BOOST_AUTO_TEST_CASE(only_crlf_dot_crlf_ends_the_data) {
  for (std::size_t step = 1; step < 12; ++step) {
    for (const char* smuggled :
         {"a\n.\r\nQUIT\r\n", "a\r.\r\nQUIT\r\n", "a\r\n.\nQUIT\r\n", "a\r\n.\rQUIT\r\n",
          "a\n.\nQUIT\r\n", "a\r\n\n.\r\nQUIT\r\n", "a\r.\rQUIT\r\n", "a\r\r.\r\nQ\r\n",
          "a\r\n.\r\r\nQUIT\r\n", "a\r\n\r.\r\nQUIT\r\n"}) {
      const Decoded one = decoded(std::string(smuggled) + ".\r\nNOOP\r\n", step);
      BOOST_TEST(one.finished);
      BOOST_TEST(one.malformed, smuggled);
      BOOST_TEST(one.rest == "NOOP\r\n", smuggled);
    }
  }
  BOOST_TEST(!decoded("a\r\n.").finished);
  BOOST_TEST(decoded(std::string_view("a\0b\r\n.\r\n", 8)).malformed);
}

BOOST_AUTO_TEST_CASE(empty_messages_end_at_once) {
  const Decoded empty = decoded(".\r\nQUIT\r\n");
  BOOST_TEST((empty.finished && !empty.malformed && empty.content.empty()));
  BOOST_TEST(empty.rest == "QUIT\r\n");
}

BOOST_AUTO_TEST_CASE(excess_is_counted_and_not_stored) {
  DotDecoder decoder(4);
  BOOST_TEST(decoder.receive("12\r\n") == 4u);
  BOOST_TEST(!decoder.too_big());
  decoder.receive("34567890\r\n.\r\n");
  BOOST_TEST((decoder.too_big() && decoder.finished()));
  BOOST_TEST(decoder.size_bytes() == 14u);
  BOOST_TEST(decoder.take_content() == "12\r\n");
}

BOOST_AUTO_TEST_CASE(any_message_survives_both_ways_in_any_chunks) {
  std::minstd_rand random(4711);
  const std::string_view pieces[] = {".",      "..",    "a",    "\r\n", "\r\n.",
                                     "\r\n..", ".\r\n", "\xff", " "};
  for (int round = 0; round < 2000; ++round) {
    std::string content;
    for (auto n = random() % 20; n > 0; --n) content += pieces[random() % std::size(pieces)];
    const std::string wire = encoded(content, 1 + random() % 5);
    BOOST_TEST(wire == encoded(content));
    const Decoded back = decoded(wire + "RSET\r\n", 1 + random() % 5);
    const bool complete = content.empty() || content.ends_with("\r\n");
    BOOST_TEST(back.content == content + (complete ? "" : "\r\n"));
    BOOST_TEST((back.finished && !back.malformed));
    BOOST_TEST(back.rest == "RSET\r\n");
  }
}

}  // namespace sealgate::smtp
