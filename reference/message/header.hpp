// The header block of an RFC 5322 message that is held as bytes: a scan that changes nothing, and
// edits that leave every other byte as it was (a signature over the rest stays valid).
//
// Lines end with CRLF; a lone LF is read as a line end too (files), a lone CR is content. A line
// that is neither a field nor a continuation is skipped and counted, and the scan goes on to the
// empty line: nobody hides a Subject behind it. Endless headers are bounded by HeaderLimits: the
// scan stops there and says so. Header owns copies; the message may go away.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sealgate::message {

struct Field {
  std::string name;       ///< as written: "Subject"
  std::string raw_value;  ///< behind the colon, line ends and folding included
  std::string value;      ///< unfolded (RFC 5322 section 2.2.3), white space around it removed

  std::size_t begin = 0;  ///< offset of the name in the message
  std::size_t end = 0;    ///< offset behind the field's last line end
};

struct HeaderLimits {
  std::size_t octets_max = 256 << 10;
  std::size_t fields_max = 1000;
};

struct Header {
  std::vector<Field> fields;      ///< in order
  std::size_t body_begin = 0;     ///< offset behind the empty line; the message's size without one
  std::size_t skipped_lines = 0;  ///< lines that were no part of a field
  bool too_big = false;           ///< a limit was reached; what follows was not looked at

  /// The first field of this name, without regard to case; null: none.
  const Field* find(std::string_view name) const;
  std::vector<const Field*> find_all(std::string_view name) const;
  std::size_t count(std::string_view name) const;
};

Header scan_header(std::string_view message, HeaderLimits limits = {});

/// Joins the lines of a folded value and trims it.
std::string unfold(std::string_view raw_value);

/// Puts "name: value" and CRLF in front of the message. `value` may be folded (CRLF and white
/// space); asserts that neither can break out of its field.
void add_field_at_top(std::string& message, std::string_view name, std::string_view value);

/// Removes every field of this name, compared without case, and returns how many there were. Fields
/// beyond the limits stay: check Header::too_big first where that matters.
std::size_t remove_fields(std::string& message, std::string_view name, HeaderLimits limits = {});

}  // namespace sealgate::message
