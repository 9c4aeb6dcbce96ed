#include "reference/settings/x_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sealgate::settings {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// RFC 5322 section 3.6, RFC 2045 section 3 (with all of Content-), and the fields that later
/// relays and signatures stand on.
bool belongs_to_the_message(std::string_view name) {
  constexpr std::array names = {"Received",
                                "Return-Path",
                                "From",
                                "Sender",
                                "Reply-To",
                                "To",
                                "Cc",
                                "Bcc",
                                "Date",
                                "Message-ID",
                                "In-Reply-To",
                                "References",
                                "Subject",
                                "Comments",
                                "Keywords",
                                "MIME-Version",
                                "Received-SPF",
                                "Delivered-To",
                                "Auto-Submitted",
                                "DKIM-Signature",
                                "Authentication-Results"};
  constexpr std::array beginnings = {"Content-", "Resent-", "ARC-", "List-"};
  const auto is = [&](std::string_view other) { return same_field_name(name, other); };
  const auto begins = [&](std::string_view with) {
    return same_field_name(name.substr(0, with.size()), with);
  };
  return std::any_of(names.begin(), names.end(), is) ||
         std::any_of(beginnings.begin(), beginnings.end(), begins);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// What no header field may hold, wherever it stands; empty: nothing of it.
std::string unprintable(std::string_view text) {
  for (const char c : text) {
    if (c == '\r' || c == '\n') return "it has a line break: one header line is asked for";
    if (c == '\0') return "it has a NUL";
    if (static_cast<unsigned char>(c) >= 0x80) return "it has a character beyond ASCII";
    if ((c < ' ' && c != '\t') || c == '\x7f') return "it has a control character";
  }
  return {};
}

std::string what_is_wrong(std::string_view text, std::string_view name, std::string_view value) {
  if (auto found = unprintable(text); !found.empty()) return found;
  if (name.size() == text.size()) return "it has no colon: write 'header name:value'";
  if (name.empty()) return "there is no name in front of the colon";
  if (name.find_first_of(" \t") != name.npos) return "the name has a space in it or behind it";
  if (value.empty()) return "there is no value behind the colon";
  if (name.size() + 2 + value.size() > x_header_octets_max) {
    return fmt::format("it is longer than the {} characters of a header line", x_header_octets_max);
  }
  if (belongs_to_the_message(name)) {
    return fmt::format(
        "'{}' is a field of the message itself; take a name of your own, such as "
        "X-Encrypt",
        name);
  }
  return {};
}

}  // namespace

bool same_field_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

bool XHeader::matches(std::string_view field_name, std::string_view field_value) const {
  return same_field_name(name, field_name) && trimmed(field_value) == value;
}

std::variant<XHeader, FieldError> parse_x_header(std::string field, std::string_view text) {
  const std::string_view name = text.substr(0, text.find(':'));
  const std::string_view value = trimmed(text.substr(std::min(name.size() + 1, text.size())));
  if (auto wrong = what_is_wrong(text, name, value); !wrong.empty())
    return FieldError{std::move(field), std::move(wrong)};
  return XHeader{std::string(name), std::string(value)};
}

}  // namespace sealgate::settings
