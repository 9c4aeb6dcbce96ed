// Splits received bytes into lines ended by <CRLF> and by nothing else (RFC 5321 section 2.3.8).
// A bare CR, a bare LF and a NUL never end a line; a line that contains one is reported as
// `refused`, so that no two parties can disagree on where a command ends (SMTP smuggling). Memory
// is bounded: of a line that is too long only its end is looked for. Its input may come in any
// chunks; it owns a copy.
#pragma once

#include <string>
#include <string_view>

namespace sealgate::smtp {

/// RFC 5321 section 4.5.3.1.4 (512, including the CRLF), and what NOTIFY and ORCPT add to RCPT
/// (529, RFC 3461). The parameters of MAIL (SIZE, BODY, SMTPUTF8, RET, ENVID) add less.
inline constexpr std::size_t command_octets_max = 512 + 529;

class LineBuffer {
 public:
  enum class Status {
    need_input,  ///< no complete line yet
    line,        ///< `line` holds it, without CRLF
    refused,     ///< the line held a bare CR, a bare LF or a NUL
    too_long,    ///< the line had more than `octets_max` octets, CRLF included
  };

  explicit LineBuffer(std::size_t octets_max = command_octets_max) : octets_max_(octets_max) {}

  void receive(std::string_view bytes);
  Status next_line(std::string& line);

  /// What was not yet taken, for a stream that changes its meaning (DATA, STARTTLS), and how much
  /// of it was used. The view lives until the next call. Only between lines: asserts that none is
  /// being skipped.
  std::string_view rest() const;
  void consume(std::size_t octets);

  /// Inside a line that is already too long; its end has not come yet.
  bool skipping() const { return skipping_; }
  bool empty() const { return begin_ == buffer_.size() && !skipping_; }
  void clear();

 private:
  std::size_t find_line_end();

  std::size_t octets_max_;
  std::string buffer_;
  std::size_t begin_ = 0;    ///< where the current line starts in `buffer_`
  std::size_t scanned_ = 0;  ///< up to where no CRLF was found, relative to `begin_`
  bool skipping_ = false;    ///< inside a line that is already too long
};

}  // namespace sealgate::smtp
