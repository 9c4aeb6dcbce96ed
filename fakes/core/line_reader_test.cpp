#include "fakes/core/line_reader.hpp"

#include <boost/test/unit_test.hpp>
#include <vector>

namespace {

std::vector<fakes::Line> read_all(fakes::LineReader& reader, std::string_view bytes,
                                  std::size_t piece) {
  std::vector<fakes::Line> lines;
  while (!bytes.empty()) {
    std::string_view part = bytes.substr(0, piece);
    bytes.remove_prefix(part.size());
    while (!part.empty()) {
      if (auto line = reader.read(part)) lines.push_back(std::move(*line));
    }
  }
  return lines;
}

}  // namespace

BOOST_AUTO_TEST_CASE(lines_are_the_same_however_the_bytes_are_cut) {
  for (std::size_t piece = 1; piece < 20; ++piece) {
    fakes::LineReader reader;
    const auto lines = read_all(reader, "EHLO a\r\n\r\nbare\nb\rc\r\nrest", piece);
    BOOST_REQUIRE_EQUAL(lines.size(), 4u);
    BOOST_TEST(lines[0].text == "EHLO a");
    BOOST_TEST(lines[1].text == "");
    BOOST_TEST(lines[2].text == "bare");
    BOOST_TEST(lines[3].text == "b\rc");
    BOOST_CHECK(lines[0].end == fakes::LineEnd::crlf);
    BOOST_CHECK(lines[1].end == fakes::LineEnd::crlf);
    BOOST_CHECK(lines[2].end == fakes::LineEnd::lf);
    BOOST_TEST(reader.partial() == "rest");
  }
}

BOOST_AUTO_TEST_CASE(an_overlong_line_is_cut_and_says_so) {
  for (std::size_t piece = 1; piece < 20; ++piece) {
    fakes::LineReader reader(4);
    const auto lines = read_all(reader, "1234\r\n12345\r\n123456789\nok\r\n", piece);
    BOOST_REQUIRE_EQUAL(lines.size(), 4u);
    BOOST_TEST(lines[0].text == "1234");
    BOOST_TEST(!lines[0].overlong);
    BOOST_TEST(lines[1].text == "1234");
    BOOST_TEST(lines[1].overlong);
    BOOST_TEST(lines[2].text == "1234");
    BOOST_TEST(lines[2].overlong);
    BOOST_CHECK(lines[2].end == fakes::LineEnd::lf);
    BOOST_TEST(lines[3].text == "ok");
    BOOST_TEST(!lines[3].overlong);
  }
}

BOOST_AUTO_TEST_CASE(an_endless_line_takes_bounded_memory) {
  fakes::LineReader reader(100);
  const std::string junk(10'000, 'x');
  for (int i = 0; i < 100; ++i) {
    std::string_view input = junk;
    BOOST_TEST(!reader.read(input).has_value());
  }
  BOOST_TEST(reader.partial().size() <= 101u);
}
