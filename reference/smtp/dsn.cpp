#include "reference/smtp/dsn.hpp"

#include <algorithm>
#include <cctype>

#include "reference/smtp/path.hpp"

namespace sealgate::smtp {
namespace {

constexpr std::size_t envelope_id_octets_max = 100;
constexpr std::size_t original_recipient_octets_max = 500;

/// hexchar of RFC 3461 section 4 has capital letters; small ones are read as well.
int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool is_hexchar(std::string_view text) {
  return text.size() >= 3 && text[0] == '+' && hex_value(text[1]) >= 0 && hex_value(text[2]) >= 0;
}

bool is_xtext(std::string_view text, bool utf8) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto octet = static_cast<unsigned char>(text[i]);
    if (text[i] == '+') {
      if (!is_hexchar(text.substr(i))) return false;
      i += 2;
    } else if (octet < '!' || text[i] == '=' || octet == 0x7f || (octet > 0x7f && !utf8)) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::string_view to_word(Return ret) {
  if (ret == Return::unspecified) return "";
  return ret == Return::full ? "FULL" : "HDRS";
}

std::optional<Return> parse_return(std::string_view text) {
  for (const auto ret : {Return::unspecified, Return::full, Return::headers}) {
    if (equals_ignoring_case(text, to_word(ret))) return ret;
  }
  return {};
}

std::string to_text(const Notify& notify) {
  if (!notify.given) return "";
  std::string text;
  const auto add = [&](bool wanted, std::string_view word) {
    if (wanted) (text += text.empty() ? "" : ",") += word;
  };
  add(notify.success, "SUCCESS");
  add(notify.failure, "FAILURE");
  add(notify.delay, "DELAY");
  return text.empty() ? "NEVER" : text;
}

std::optional<Notify> parse_notify(std::string_view text) {
  Notify notify;
  if (text.empty()) return notify;
  notify.given = true;
  if (equals_ignoring_case(text, "NEVER")) return notify;
  for (bool more = true; more;) {
    const std::size_t comma = text.find(',');
    const std::string_view word = text.substr(0, comma);
    more = comma != text.npos;
    if (more) text.remove_prefix(comma + 1);
    if (equals_ignoring_case(word, "SUCCESS")) {
      notify.success = true;
    } else if (equals_ignoring_case(word, "FAILURE")) {
      notify.failure = true;
    } else if (equals_ignoring_case(word, "DELAY")) {
      notify.delay = true;
    } else {
      return {};
    }
  }
  return notify;
}

bool is_xtext(std::string_view text) {
  return is_xtext(text, false);
}

std::string decode_xtext(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_hexchar(text.substr(i))) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool is_envelope_id(std::string_view text) {
  return !text.empty() && text.size() <= envelope_id_octets_max && is_xtext(text);
}

bool is_original_recipient(std::string_view text) {
  const std::size_t semicolon = text.find(';');
  if (semicolon == text.npos || text.size() > original_recipient_octets_max) return false;
  const std::string_view type = text.substr(0, semicolon);
  const bool atom = !type.empty() && std::all_of(type.begin(), type.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  });
  const std::string_view address = text.substr(semicolon + 1);
  return atom && !address.empty() && is_xtext(address, equals_ignoring_case(type, "utf-8"));
}

}  // namespace sealgate::smtp
