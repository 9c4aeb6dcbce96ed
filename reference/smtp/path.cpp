#include "reference/smtp/path.hpp"

#include <arpa/inet.h>

#include <algorithm>

namespace sealgate::smtp {
namespace {

constexpr std::size_t local_part_octets_max = 64;  // RFC 5321 section 4.5.3.1.1
constexpr std::size_t domain_octets_max = 255;     // 4.5.3.1.2
constexpr std::size_t path_octets_max = 256;       // 4.5.3.1.3, with the angle brackets
constexpr std::size_t label_octets_max = 63;       // RFC 1035 section 2.3.4

/// UTF8-non-ascii of RFC 6531 section 3.3; parse_path checks that the whole is UTF-8.
bool is_beyond_ascii(char c) {
  return static_cast<unsigned char>(c) > 0x7f;
}

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// RFC 5322 section 3.2.3.
bool is_atext(char c) {
  return is_alnum(c) || is_beyond_ascii(c) ||
         (c != '\0' && std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos);
}

bool is_dot_string(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  if (text.find("..") != text.npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c == '.' || is_atext(c); });
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

/// Quoted-string of section 4.1.2, the opening quote already taken.
bool take_quoted(std::string_view& text, std::string& out) {
  while (!text.empty()) {
    char c = text.front();
    text.remove_prefix(1);
    if (c == '"') return true;
    if (c == '\\') {
      if (text.empty()) return false;
      c = text.front();
      text.remove_prefix(1);
    }
    if (!is_beyond_ascii(c) && (c < 0x20 || c > 0x7e)) return false;
    out += c;
  }
  return false;
}

bool take_local_part(std::string_view& text, std::string& out) {
  const std::size_t before = text.size();
  if (take(text, '"')) {
    if (!take_quoted(text, out)) return false;
  } else {
    const auto end =
        std::find_if(text.begin(), text.end(), [](char c) { return c != '.' && !is_atext(c); });
    out.assign(text.begin(), end);
    text.remove_prefix(out.size());
    if (!is_dot_string(out)) return false;
  }
  return before - text.size() <= local_part_octets_max;
}

/// Domain or address literal: whatever reaches up to one of `ends`, and is one.
bool take_domain(std::string_view& text, std::string_view ends, std::string& out) {
  std::size_t end = 0;
  if (!text.empty() && text.front() == '[') {  // the colons of an IPv6 address end nothing
    end = text.find(']');
    if (end != text.npos) ++end;
  } else {
    end = text.find_first_of(ends);
  }
  out = text.substr(0, end);
  text.remove_prefix(out.size());
  return is_domain(out) || is_address_literal(out);
}

/// "@one,@two:" in front of the mailbox (A-d-l): read and forgotten, as appendix C asks.
bool skip_source_route(std::string_view& text) {
  std::string ignored;
  while (take(text, '@')) {
    if (!take_domain(text, ",:", ignored)) return false;
    if (take(text, ':')) return true;
    if (!take(text, ',')) return false;
  }
  return false;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool operator==(const Path& a, const Path& b) {
  return a.local_part == b.local_part && equals_ignoring_case(a.domain, b.domain);
}

std::optional<Path> parse_path(std::string_view& text, PathKind kind) {
  const std::size_t before = text.size();
  Path path;
  if (!take(text, '<')) return {};
  if (kind == PathKind::reverse && take(text, '>')) return path;
  if (!text.empty() && text.front() == '@' && !skip_source_route(text)) return {};
  if (!take_local_part(text, path.local_part)) return {};
  if (take(text, '@')) {
    if (!take_domain(text, ">", path.domain)) return {};
  } else if (kind != PathKind::forward || !equals_ignoring_case(path.local_part, "postmaster")) {
    return {};  // only <Postmaster> does without a domain (section 4.1.1.3)
  }
  if (!take(text, '>')) return {};
  if (before - text.size() > path_octets_max) return {};
  if (!is_utf8(path.local_part)) return {};
  return path;
}

std::optional<Path> parse_mailbox(std::string_view text) {
  const std::string wire = "<" + std::string(text) + ">";
  std::string_view rest = wire;
  auto path = parse_path(rest, PathKind::forward);
  // The '>' must be ours, and a source route is not part of a mailbox.
  if (!path || !rest.empty() || text.front() == '@' || path->domain.empty()) return {};
  return path;
}

std::string to_mailbox(const Path& path) {
  if (path.null()) return {};
  std::string out;
  if (is_dot_string(path.local_part)) {
    out = path.local_part;
  } else {
    out += '"';
    for (const char c : path.local_part) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  if (!path.domain.empty()) out += "@" + path.domain;
  return out;
}

std::string to_wire(const Path& path) {
  return "<" + to_mailbox(path) + ">";
}

bool is_domain(std::string_view text) {
  if (text.empty() || text.size() > domain_octets_max) return false;
  const std::string_view whole = text;
  while (true) {
    const std::size_t dot = text.find('.');
    const std::string_view label = text.substr(0, dot);
    if (label.empty() || label.size() > label_octets_max) return false;
    if (label.front() == '-' || label.back() == '-') return false;
    if (!std::all_of(label.begin(), label.end(),
                     [](char c) { return c == '-' || is_alnum(c) || is_beyond_ascii(c); })) {
      return false;
    }
    if (dot == text.npos) return is_utf8(whole);
    text.remove_prefix(dot + 1);
  }
}

bool is_address_literal(std::string_view text) {
  constexpr std::string_view ipv6_tag = "IPv6:";
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return false;
  text = text.substr(1, text.size() - 2);
  if (text.find('\0') != text.npos) return false;
  unsigned char binary[16];
  if (equals_ignoring_case(text.substr(0, ipv6_tag.size()), ipv6_tag)) {
    const std::string address(text.substr(ipv6_tag.size()));
    return inet_pton(AF_INET6, address.c_str(), binary) == 1;
  }
  return inet_pton(AF_INET, std::string(text).c_str(), binary) == 1;
}

bool is_ascii(const Path& path) {
  return std::none_of(path.local_part.begin(), path.local_part.end(), is_beyond_ascii) &&
         std::none_of(path.domain.begin(), path.domain.end(), is_beyond_ascii);
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const int more = lead < 0x80 ? 0 : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (more < 0 || lead > 0xf4 || text.size() - i <= static_cast<std::size_t>(more)) return false;
    for (int k = 1; k <= more; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return false;
    }
    const auto second = more > 0 ? static_cast<unsigned char>(text[i + 1]) : 0;
    if (lead == 0xe0 && second < 0xa0) return false;  // overlong
    if (lead == 0xed && second > 0x9f) return false;  // a surrogate
    if (lead == 0xf0 && second < 0x90) return false;  // overlong
    if (lead == 0xf4 && second > 0x8f) return false;  // beyond U+10FFFF
    i += static_cast<std::size_t>(more) + 1;
  }
  return true;
}

std::string to_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace sealgate::smtp
