// A message between DATA and the final dot (RFC 5321 section 4.5.2), and a look at its header
// fields.
//
// Only CRLF "." CRLF ends a message and only CRLF begins a line; bare CR and LF are content and are
// counted, never repaired (two parties that disagree here are the smuggling attack).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fakes {

/// Receives one message. Memory is bounded by `limit`: what exceeds it is counted and dropped.
class MessageReader {
 public:
  explicit MessageReader(std::size_t limit) : limit_(limit) {}

  /// Consumes bytes from the front of `input`; true once the final dot has been read.
  bool read(std::string_view& input);

  const std::string& content() const { return content_; }
  std::size_t bytes() const { return bytes_; }  ///< after dot-unstuffing, dropped bytes included
  bool overflowed() const { return bytes_ > limit_; }
  std::size_t bare_cr() const { return bare_cr_; }
  std::size_t bare_lf() const { return bare_lf_; }
  std::size_t nul() const { return nul_; }

 private:
  enum class At { line_start, dot, dot_cr, text, cr };

  void step(char c);
  void keep(std::string_view bytes);

  std::size_t limit_;
  std::string content_;
  std::size_t bytes_ = 0;
  std::size_t bare_cr_ = 0;
  std::size_t bare_lf_ = 0;
  std::size_t nul_ = 0;
  At at_ = At::line_start;
  bool done_ = false;
};

/// The octets that transmit `content`: dots stuffed, the final dot added. Content that does not end
/// with CRLF gets one, as there is no way to send it without; nothing else is touched.
std::string with_final_dot(std::string_view content);

/// The value of the first header field `name` (any case), unfolded and trimmed; empty when absent.
std::string peek_header(std::string_view content, std::string_view name);

}  // namespace fakes
