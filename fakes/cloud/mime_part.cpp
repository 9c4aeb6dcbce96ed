#include "fakes/cloud/mime_part.hpp"

#include <algorithm>
#include <cctype>

#include "fakes/core/message_data.hpp"

namespace fakes {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// The line with its end.
std::string_view first_line(std::string_view text) {
  return text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
}

std::size_t body_begin(std::string_view entity) {
  std::size_t at = 0;
  while (at < entity.size()) {
    const std::string_view line = first_line(entity.substr(at));
    at += line.size();
    if (line == "\r\n" || line == "\n") break;
  }
  return at;
}

/// A quoted-string's or a token's text, at the front of `text`.
std::string value_of(std::string_view text) {
  text = trimmed(text);
  std::string value;
  if (!text.starts_with('"')) return std::string(trimmed(text.substr(0, text.find(';'))));
  for (std::size_t i = 1; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    value += text[i];
  }
  return value;
}

/// Of `multipart/mixed; boundary="x;y"`, letter case of the name aside; empty where it is missing.
std::string parameter(std::string_view field, std::string_view name) {
  bool quoted = false;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] == '\\' && quoted)
      ++i;
    else if (field[i] == '"')
      quoted = !quoted;
    else if (field[i] == ';' && !quoted) {
      const std::string_view rest = field.substr(i + 1);
      const std::size_t equals = std::min(rest.find('='), rest.size());
      if (lower(trimmed(rest.substr(0, equals))) == name && equals < rest.size())
        return value_of(rest.substr(equals + 1));
    }
  }
  return {};
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

std::string from_base64(std::string_view text) {
  std::string octets;
  octets.reserve(text.size() / 4 * 3);
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') count = 0;  // whatever follows begins anew: some append one text to another
    const int value = base64_value(c);
    if (value < 0) continue;
    bits = (bits << 6 | static_cast<unsigned>(value)) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    octets += static_cast<char>(bits >> count & 0xff);
  }
  return octets;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = static_cast<char>(c | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

std::string from_quoted_printable(std::string_view text) {
  std::string octets;
  octets.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      octets += text[i];
      continue;
    }
    const std::string_view rest = text.substr(i + 1);
    if (rest.size() >= 2 && hex_value(rest[0]) >= 0 && hex_value(rest[1]) >= 0) {
      octets += static_cast<char>(hex_value(rest[0]) << 4 | hex_value(rest[1]));
      i += 2;
      continue;
    }
    const std::size_t blanks = std::min(rest.find_first_not_of(" \t\r"), rest.size());
    if (blanks == rest.size() || rest[blanks] == '\n') {
      i += blanks + (blanks < rest.size());  // a soft line break
    } else {
      octets += '=';
    }
  }
  return octets;
}

}  // namespace

MimePart read_part(std::string_view entity) {
  MimePart part;
  const std::size_t begin = body_begin(entity);
  const std::string_view header = entity.substr(0, begin);
  part.body = entity.substr(begin);
  const std::string field = peek_header(header, "Content-Type");
  part.type = lower(trimmed(std::string_view(field).substr(0, field.find(';'))));
  part.is_message = part.type == "message/rfc822" || part.type == "message/global";
  if (part.type.starts_with("multipart/")) part.boundary = parameter(field, "boundary");
  part.smime_type = lower(parameter(field, "smime-type"));
  const std::string encoding = lower(peek_header(header, "Content-Transfer-Encoding"));
  if (encoding == "base64") part.encoding = MimePart::Encoding::base64;
  if (encoding == "quoted-printable") part.encoding = MimePart::Encoding::quoted_printable;
  return part;
}

std::string decode(const MimePart& part) {
  switch (part.encoding) {
    case MimePart::Encoding::base64:
      return from_base64(part.body);
    case MimePart::Encoding::quoted_printable:
      return from_quoted_printable(part.body);
    case MimePart::Encoding::none:
      break;
  }
  return std::string(part.body);
}

bool for_each_part(std::string_view body, const std::string& boundary,
                   const std::function<bool(std::string_view)>& on_part) {
  const std::string delimiter = "--" + boundary;
  constexpr std::size_t outside = std::string_view::npos;
  std::size_t part_begin = outside;
  for (std::size_t at = 0; at < body.size();) {
    const std::string_view line = first_line(body.substr(at));
    const std::size_t line_begin = at;
    at += line.size();
    if (!line.starts_with(delimiter)) continue;
    const std::string_view rest = trimmed(line.substr(delimiter.size()));
    if (!rest.empty() && rest != "--") continue;
    if (part_begin != outside) {
      std::string_view part = body.substr(part_begin, line_begin - part_begin);
      if (part.ends_with('\n')) part.remove_suffix(1);  // that line end is the delimiter's
      if (part.ends_with('\r')) part.remove_suffix(1);
      if (!on_part(part)) return false;
    }
    part_begin = rest.empty() ? at : outside;
  }
  return part_begin == outside || on_part(body.substr(part_begin));
}

}  // namespace fakes
