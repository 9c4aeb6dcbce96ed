// Reverse-path and forward-path: parse and print (RFC 5321 sections 4.1.2 and 4.1.3).
//
// The local part is held unquoted and compared byte by byte; the domain is held as written,
// compared without case; an address literal keeps its brackets. Quotes come back on printing where
// they are needed. Source routes are accepted and dropped (section 4.1.1.3, appendix C). Octets
// above 127 are read where they are UTF-8 (RFC 6531 section 3.3); whether they may stand there is
// the caller's to say (is_ascii). Length limits of section 4.5.3.1, in octets: local part 64,
// domain 255, path 256.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sealgate::smtp {

struct Path {
  std::string local_part;  ///< unquoted; may contain spaces, '@' and quotes
  std::string domain;      ///< "corp.test" or "[192.0.2.1]"; empty for <> and for <Postmaster>

  bool null() const { return local_part.empty() && domain.empty(); }

  /// Local parts are case-sensitive, domains are not (RFC 5321 section 2.4).
  friend bool operator==(const Path& a, const Path& b);
};

/// False: an internationalised address, which needs SMTPUTF8.
bool is_ascii(const Path& path);

/// Where a path occurs decides what it may be: <> only as reverse, <Postmaster> only as forward.
enum class PathKind { reverse, forward };

/// Parses the path at the start of `text`, '<' to '>', and moves `text` behind it. nullopt: no such
/// path; `text` is then unspecified.
std::optional<Path> parse_path(std::string_view& text, PathKind kind);

/// "alice@corp.test", without the angle brackets (settings, command line). No null path.
std::optional<Path> parse_mailbox(std::string_view text);

/// "alice@corp.test", "\"a b\"@corp.test", "" for the null path.
std::string to_mailbox(const Path& path);
/// The same with angle brackets, as it goes on the wire: "<alice@corp.test>", "<>".
std::string to_wire(const Path& path);

/// A domain name in the grammar of section 4.1.2 (letters, digits, hyphens; UTF-8 as RFC 6531 adds
/// it), or an address literal.
bool is_domain(std::string_view text);
bool is_address_literal(std::string_view text);

/// RFC 3629: no overlong form, no surrogate, nothing beyond U+10FFFF.
bool is_utf8(std::string_view text);

/// ASCII lower case, for keys and comparisons of domains and keywords.
std::string to_lower(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace sealgate::smtp
