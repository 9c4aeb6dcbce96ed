#include "reference/message/mime.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/message/part_text.hpp"

using namespace sealgate::message;

namespace {

std::string multipart(const std::string& parts, const std::string& boundary = "B") {
  return "Subject: x\r\nContent-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n" + parts;
}

/// "1 multipart/mixed; 1.1 text/plain a.txt; …"
std::string shape(const Mime& mime) {
  std::string out;
  for (const auto& part : mime.parts) {
    out += (out.empty() ? "" : "; ") + part.path + " " + part.media_type;
    if (!part.filename.empty()) out += " " + part.filename;
  }
  return out;
}

std::string text(const MimePart& part) {
  return text_of(part, decode(part.encoding, part.body));
}

}  // namespace

BOOST_AUTO_TEST_CASE(parts_are_numbered_and_described) {
  const std::string message = multipart(
      "--B\r\n\r\nhello\r\n--B\r\nContent-Type: application/pdf; name=a.pdf\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\nSGk=\r\n--B--\r\n");
  const auto mime = parse_mime(message);
  BOOST_TEST(shape(mime) == "1 multipart/mixed; 1.1 text/plain; 1.2 application/pdf a.pdf");
  BOOST_TEST(mime.parts[1].body == "hello");
  BOOST_TEST(message.substr(mime.parts[1].offset, 5) == "hello");
  BOOST_TEST(decode(mime.parts[2].encoding, mime.parts[2].body) == "Hi");
  BOOST_TEST(mime.parts[2].is_attachment());
  BOOST_TEST(!mime.parts[1].is_attachment());
  BOOST_TEST(mime.defects.empty());
  BOOST_TEST(mime.header.find("Subject")->value == "x");
}

BOOST_AUTO_TEST_CASE(nested_messages_are_parsed_plain_and_encoded) {
  const std::string inner = "Subject: inner\r\n\r\nsecret\r\n";
  const auto plain = "Content-Type: message/rfc822\r\n\r\n" + inner;
  const auto mime = parse_mime(plain);
  BOOST_TEST(shape(mime) == "1 message/rfc822; 1.1 text/plain");
  BOOST_TEST(mime.parts[1].nested);
  BOOST_TEST(mime.parts[1].body == "secret\r\n");
  const auto encoded = parse_mime(
      "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
      "U3ViamVjdDogaW5uZXINCg0Kc2VjcmV0DQo=\r\n");
  BOOST_REQUIRE(encoded.parts.size() == 2u);
  BOOST_TEST(encoded.parts[1].body == "secret\r\n");
}

BOOST_AUTO_TEST_CASE(broken_boundaries_hide_nothing) {
  const auto unclosed = parse_mime(multipart("--B\r\n\r\none\r\n--B\r\n\r\ntwo\r\n"));
  BOOST_TEST(shape(unclosed) == "1 multipart/mixed; 1.1 text/plain; 1.2 text/plain");
  BOOST_TEST(unclosed.defects.size() == 1u);
  const auto never = parse_mime(multipart("secret without any boundary\r\n"));
  BOOST_TEST(shape(never) == "1 text/plain");
  BOOST_TEST(text(never.parts[0]).find("secret") == 0u);
  const auto no_boundary = parse_mime("Content-Type: multipart/mixed\r\n\r\n--B\r\n\r\nsecret");
  BOOST_TEST(shape(no_boundary) == "1 text/plain");
  const auto longer = parse_mime(multipart("--B\r\n\r\none\r\n--Bx\r\nstill one\r\n--B--\r\n"));
  BOOST_TEST(longer.parts[1].body == "one\r\n--Bx\r\nstill one");
}

BOOST_AUTO_TEST_CASE(text_that_nobody_shows_is_kept_as_hidden) {
  const auto mime =
      parse_mime(multipart("before\r\n--B\r\nno field at all\r\n\r\nhello\r\n--B--\r\nbehind\r\n"));
  BOOST_TEST(shape(mime) ==
             "1 multipart/mixed; 1 preamble text/plain; 1.1 text/plain; 1.1 header text/plain; 1 "
             "epilogue text/plain");
  BOOST_TEST(mime.parts[1].body == "before\r\n");
  BOOST_TEST(mime.parts[4].body == "behind\r\n");
}

BOOST_AUTO_TEST_CASE(each_bound_makes_an_exception_of_its_own) {
  std::string many;
  for (int i = 0; i < 501; ++i) many += "--B\r\n\r\nx\r\n";
  BOOST_TEST(parse_mime(multipart(many)).exception.value() == "more than 500 parts");
  std::string deep;
  for (int i = 0; i < 25; ++i) deep += "Content-Type: message/rfc822\r\n\r\n";
  BOOST_TEST(parse_mime(deep).exception.value() == "nested more than 20 deep");
  std::string words = "Subject:";
  for (int i = 0; i < 2001; ++i) words += " =?utf-8?q?x?=\r\n";
  BOOST_TEST(parse_mime(words + "\r\n").exception.value() == "more than 2000 encoded words");
  std::string fields;
  for (int i = 0; i < 1001; ++i) fields += "X: y\r\n";
  BOOST_TEST(parse_mime(fields + "\r\n").exception.value() == "a header over its limit");
  std::string headers;
  const std::string big = "--B\r\nX: " + std::string(200'000, 'x') + "\r\n\r\n\r\n";
  for (int i = 0; i < 6; ++i) headers += big;
  BOOST_TEST(parse_mime(multipart(headers)).exception.value() ==
             "headers over their limit together");
}

BOOST_AUTO_TEST_CASE(just_within_the_bounds_is_no_exception) {
  std::string many;
  for (int i = 0; i < 499; ++i) many += "--B\r\n\r\nx\r\n";
  BOOST_TEST(!parse_mime(multipart(many + "--B--\r\n")).exception);
  std::string deep;
  for (int i = 0; i < 20; ++i) deep += "Content-Type: message/rfc822\r\n\r\n";
  BOOST_TEST(!parse_mime(deep + "\r\nx").exception);
}

BOOST_AUTO_TEST_CASE(charsets_are_read_and_garbage_does_no_harm) {
  const auto read = [](const std::string& charset, const std::string& body) {
    const auto mime =
        parse_mime("Content-Type: text/plain; charset=" + charset + "\r\n\r\n" + body);
    return text_of(mime.parts[0], body);
  };
  BOOST_TEST(read("iso-8859-1", "caf\xE9") == "caf\xC3\xA9");
  BOOST_TEST(read("windows-1252", "\x80") == "\xE2\x82\xAC");
  BOOST_TEST(read("koi8-r", "\xD4\xC5\xD3\xD4") == "тест");
  BOOST_TEST(read("utf-16le", std::string("h\0i\0", 4)) == "hi");
  BOOST_TEST(read("iso-2022-jp", "\x1b$B4A;z\x1b(B") == "漢字");
  BOOST_TEST(read("utf-7", "Hi Mom +Jjo-!") == "Hi Mom ☺!");
  BOOST_TEST(read("utf-8",
                  "a\xFF"
                  "b") ==
             "a\xEF\xBF\xBD"
             "b");
  BOOST_TEST(read("no-such-set", "secret") == "secret");
  BOOST_TEST(read("no-such-set", "caf\xE9") == "caf\xC3\xA9");
  BOOST_TEST(read("utf-8//TRANSLIT", "caf\xC3\xA9") == "caf\xC3\xA9");
  BOOST_TEST(read("us-ascii", "\xEF\xBB\xBFmark") == "mark");
}

BOOST_AUTO_TEST_CASE(every_cut_of_a_message_is_parsed) {
  const auto whole = multipart(
      "--B\r\nContent-Type: multipart/alternative; "
      "boundary=C\r\n\r\n--C\r\n\r\na\r\n--C--\r\n--B\r\n"
      "Content-Type: message/rfc822\r\n\r\nSubject: y\r\n\r\nz\r\n--B--\r\n");
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const std::string cut = whole.substr(0, size);
    BOOST_TEST(!parse_mime(cut).parts.empty());
  }
}
