// The transparency of the DATA phase, both ways (RFC 5321 section 4.5.2).
//
// DotEncoder turns a message into what follows the 354: a dot doubled at the start of each line,
// the end <CRLF>.<CRLF> added. DotDecoder finds that end and undoes the doubling. Only
// <CRLF>.<CRLF> ends the data: a bare CR or LF before or after the dot is content, and marks the
// message as malformed, as does a NUL; the session refuses such a message as a whole once its end
// came. Both take any chunks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace sealgate::smtp {

class DotEncoder {
 public:
  /// Appends the encoded form of `chunk` to `out`.
  void encode(std::string_view chunk, std::string& out);
  /// Appends the end of the data; a last line without CRLF gets one. Ready for the next message
  /// then.
  void finish(std::string& out);

 private:
  enum class At { line_start, in_line, after_cr };
  At at_ = At::line_start;
};

class DotDecoder {
 public:
  /// Content beyond `size_max_bytes` is counted, not stored.
  explicit DotDecoder(std::uint64_t size_max_bytes) : size_max_bytes_(size_max_bytes) {}

  /// Takes bytes up to and including the end of the data and returns how many it took: fewer than
  /// `bytes.size()` only when finished() has become true.
  std::size_t receive(std::string_view bytes);

  bool finished() const { return state_ == State::finished; }
  /// A bare CR, a bare LF or a NUL was seen.
  bool malformed() const { return malformed_; }
  bool too_big() const { return size_bytes_ > size_max_bytes_; }
  /// Octets of the content, stored or not; the doubled dots and the final dot do not count.
  std::uint64_t size_bytes() const { return size_bytes_; }
  /// The content; incomplete when too_big().
  std::string take_content() { return std::move(content_); }

 private:
  enum class State { line_start, in_line, cr, dot, dot_cr, finished };
  void store(std::string_view octets);
  void step(char c);

  std::uint64_t size_max_bytes_;
  std::uint64_t size_bytes_ = 0;
  std::string content_;
  State state_ = State::line_start;
  bool malformed_ = false;
};

}  // namespace sealgate::smtp
