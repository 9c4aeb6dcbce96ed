// An SMTP reply: code, optional enhanced status code (RFC 3463), one or more lines of text (RFC
// 5321 section 4.2). A value: it owns its text and is never malformed; what arrives on the wire
// becomes one through reply_parser.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sealgate::smtp {

/// class.subject.detail, for example 5.7.1 (RFC 3463 section 2).
struct EnhancedCode {
  int status_class = 0;  ///< 2, 4 or 5
  int subject = 0;       ///< 0..999
  int detail = 0;        ///< 0..999

  friend bool operator==(const EnhancedCode&, const EnhancedCode&) = default;
};

/// The first digit of a reply code decides what the sender does next (RFC 5321 section 4.2.1).
enum class ReplyClass { completion = 2, intermediate = 3, temporary = 4, permanent = 5 };

struct Reply {
  int code = 0;                          ///< 200..599; 0 means "no reply was received"
  std::optional<EnhancedCode> enhanced;  ///< sent on each line, in front of the text
  std::vector<std::string> lines;        ///< text only, without code, separators and CRLF

  Reply() = default;
  Reply(int code, std::string text);
  Reply(int code, EnhancedCode enhanced, std::string text);

  /// Asserts that there is a reply (code != 0).
  ReplyClass reply_class() const;
  bool received() const { return code != 0; }
  bool completion() const { return code / 100 == 2; }
  bool intermediate() const { return code / 100 == 3; }
  bool temporary() const { return code / 100 == 4; }
  bool permanent() const { return code / 100 == 5; }

  friend bool operator==(const Reply&, const Reply&) = default;
};

/// The bytes to send: "250-first\r\n250 last\r\n". Control octets in the text become '?', and text
/// beyond what fits in a line of 512 octets (RFC 5321 section 4.5.3.1.5) is cut off.
std::string to_wire(const Reply& reply);

/// One line for a log, a queue row or an NDR: "550 5.1.1 no such user / try again". Empty: no
/// reply.
std::string to_text(const Reply& reply);

/// "5.7.1" at the start of `text`, followed by a space or its end; nullopt when there is none.
std::optional<EnhancedCode> parse_enhanced_code(std::string_view text);

}  // namespace sealgate::smtp
