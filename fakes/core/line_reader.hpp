// Cuts received bytes into lines, however the network chopped them (RFC 5321 section 2.3.8).
//
// Tolerant: a line ends with CRLF or with a bare LF, and says which. Memory is bounded: of a line
// longer than the limit only its beginning is kept, and the line says so.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fakes {

enum class LineEnd { crlf, lf };

struct Line {
  std::string text;  ///< without its line end
  LineEnd end = LineEnd::crlf;
  bool overlong = false;  ///< the rest was dropped
};

class LineReader {
 public:
  explicit LineReader(std::size_t limit = 64 * 1024) : limit_(limit) {}

  /// Consumes bytes from the front of `input` up to and including one line end. Without one it
  /// takes everything and answers nothing.
  std::optional<Line> read(std::string_view& input);

  /// An unfinished line, as received.
  const std::string& partial() const { return partial_; }
  void clear();

 private:
  std::size_t limit_;
  std::string partial_;
  bool overlong_ = false;
  bool last_is_cr_ = false;
};

}  // namespace fakes
