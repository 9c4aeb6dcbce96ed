#include "reference/smtp/line_buffer.hpp"

#include <boost/test/unit_test.hpp>
#include <vector>

namespace sealgate::smtp {
namespace {

/// Lines in brackets; what is no line as its status.
std::string split(std::string_view bytes, std::size_t step, std::size_t octets_max = 16) {
  LineBuffer buffer(octets_max);
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    buffer.receive(bytes.substr(at, step));
    std::string line;
    for (auto status = buffer.next_line(line); status != LineBuffer::Status::need_input;
         status = buffer.next_line(line)) {
      if (status == LineBuffer::Status::line) out += "[" + line + "]";
      if (status == LineBuffer::Status::refused) out += "refused ";
      if (status == LineBuffer::Status::too_long) out += "too-long ";
    }
  }
  return out;
}

void check(std::string_view bytes, std::string_view expected) {
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    BOOST_TEST(split(bytes, step) == expected, "in pieces of " << step);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(only_crlf_ends_a_line_in_any_chunks) {
  check("NOOP\r\n\r\nQUIT\r\nrest", "[NOOP][][QUIT]");
  check("A\nB\r\nC\r\n", "refused [C]");
  check("A\rB\r\nC\r\n", "refused [C]");
  check("A\r\r\nC\r\n", "refused [C]");
  check("A\n\r\nC\r\n", "refused [C]");
  check(std::string_view("A\0B\r\nC\r\n", 8), "refused [C]");
}

BOOST_AUTO_TEST_CASE(lines_are_bounded_with_their_crlf) {
  check("12345678901234\r\nC\r\n", "[12345678901234][C]");
  check("123456789012345\r\nC\r\n", "too-long [C]");
  check("1234567890123456789012345678901234567890\r\nC\r\n", "too-long [C]");
  check("123456789012345\r\r\nC\r\n", "too-long [C]");
}

BOOST_AUTO_TEST_CASE(a_line_that_never_ends_is_not_stored) {
  LineBuffer buffer(16);
  std::string line;
  for (int i = 0; i < 1000; ++i) {
    buffer.receive("0123456789");
    BOOST_TEST((buffer.next_line(line) == LineBuffer::Status::need_input));
  }
  BOOST_TEST(buffer.skipping());
  BOOST_TEST(!buffer.empty());
}

BOOST_AUTO_TEST_CASE(the_rest_is_handed_over_and_taken_in_part) {
  LineBuffer buffer;
  std::string line;
  buffer.receive("DATA\r\nx\ny.QUIT\r\n");
  BOOST_TEST((buffer.next_line(line) == LineBuffer::Status::line));
  BOOST_TEST(buffer.rest() == "x\ny.QUIT\r\n");
  buffer.consume(4);
  BOOST_TEST((buffer.next_line(line) == LineBuffer::Status::line));
  BOOST_TEST(line == "QUIT");
  BOOST_TEST(buffer.empty());
}

}  // namespace sealgate::smtp
