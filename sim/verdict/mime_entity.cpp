#include "sim/verdict/mime_entity.hpp"

#include <algorithm>

#include "sim/verdict/pattern_set.hpp"

namespace sealcheck::verdict {
namespace {

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::string from_quoted_printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      out += text[i];
    } else if (text.substr(i).starts_with("=\r\n")) {
      i += 2;
    } else if (i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      out += '=';
    }
  }
  return out;
}

std::string from_base64(std::string_view text) {
  static constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto digit = digits.find(c);
    if (digit == std::string_view::npos) continue;  // line ends, padding
    bits = bits << 6 | static_cast<unsigned>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xff);
  }
  return out;
}

}  // namespace

std::string field_of(std::string_view header, std::string_view name) {
  const std::string wanted = lower_ascii(name) + ":";
  while (!header.empty()) {
    // A field goes on in lines that begin with a blank (RFC 5322 section 2.2.3).
    std::size_t end = header.find("\r\n");
    while (end != std::string_view::npos && end + 2 < header.size() &&
           (header[end + 2] == ' ' || header[end + 2] == '\t'))
      end = header.find("\r\n", end + 2);
    end = std::min(end, header.size());
    const std::string_view field = header.substr(0, end);
    if (field.empty()) return {};  // the end of the header
    header.remove_prefix(std::min(end + 2, header.size()));
    if (lower_ascii(field.substr(0, wanted.size())) != wanted) continue;
    std::string value(field.substr(wanted.size()));
    for (std::size_t at = value.find("\r\n"); at != std::string::npos; at = value.find("\r\n"))
      value.erase(at, 2);
    return trimmed(value);
  }
  return {};
}

MimeEntity parse_entity(std::string_view text) {
  MimeEntity entity;
  const bool headless = text.starts_with("\r\n");
  const std::size_t end = headless ? 0 : std::min(text.find("\r\n\r\n"), text.size());
  entity.header = text.substr(0, std::min(end + 2, text.size()));
  entity.body = text.substr(std::min(end + (headless ? 2 : 4), text.size()));
  const std::string content_type = field_of(entity.header, "Content-Type");
  entity.type = lower_ascii(trimmed(content_type.substr(0, content_type.find(';'))));
  if (entity.type.empty()) entity.type = "text/plain";
  return entity;
}

std::string MimeEntity::parameter(std::string_view name) const {
  std::string_view rest;
  const std::string content_type = field_of(header, "Content-Type");
  rest = content_type;
  while (rest.find(';') != std::string_view::npos) {
    rest.remove_prefix(rest.find(';') + 1);
    const std::string part = trimmed(rest.substr(0, rest.find(';')));
    const auto equals = part.find('=');
    if (equals == std::string::npos || lower_ascii(trimmed(part.substr(0, equals))) != name)
      continue;
    // A quoted value may hold the separator.
    const std::size_t quote = rest.find('"');
    const bool quoted = part.size() > equals + 1 && part[equals + 1] == '"';
    if (!quoted) return trimmed(part.substr(equals + 1));
    const std::size_t close = rest.find('"', quote + 1);
    return std::string(rest.substr(quote + 1, close - quote - 1));
  }
  return {};
}

std::vector<MimeEntity> MimeEntity::parts() const {
  std::vector<MimeEntity> result;
  const std::string boundary = parameter("boundary");
  if (!type.starts_with("multipart/") || boundary.empty()) return result;
  const std::string line = "--" + boundary;
  std::size_t begin = std::string_view::npos;  // of the part at hand
  for (std::size_t at = body.find(line); at != std::string_view::npos;
       at = body.find(line, at + line.size())) {
    if (at != 0 && body.substr(at - 2, 2) != "\r\n") continue;
    if (begin != std::string_view::npos)
      result.push_back(parse_entity(body.substr(begin, at < begin + 2 ? 0 : at - 2 - begin)));
    const std::size_t end = body.find("\r\n", at);
    if (body.substr(at + line.size(), 2) == "--" || end == std::string_view::npos) break;
    begin = end + 2;
  }
  return result;
}

std::string MimeEntity::decoded() const {
  const std::string encoding = lower_ascii(field_of(header, "Content-Transfer-Encoding"));
  if (encoding == "base64") return from_base64(body);
  if (encoding == "quoted-printable") return from_quoted_printable(body);
  return std::string(body);
}

}  // namespace sealcheck::verdict
