#include "reference/smtp/capabilities.hpp"

#include <algorithm>
#include <string_view>

#include "reference/smtp/path.hpp"

namespace sealgate::smtp {
namespace {

std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(" \t"));
  text.remove_prefix(word.size());
  return word;
}

void read_size(std::string_view rest, Capabilities& offered) {
  const std::string_view digits = take_word(rest);
  std::uint64_t value = 0;
  if (digits.size() > 18) return;  // beyond a quintillion octets nothing was meant
  for (const char c : digits) {
    if (c < '0' || c > '9') return;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  offered.size = true;
  if (value > 0) offered.size_max_bytes = value;  // RFC 1870 section 4: zero is "no fixed maximum"
}

std::string to_upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

}  // namespace

Capabilities parse_capabilities(const Reply& ehlo_reply) {
  Capabilities offered;
  for (std::size_t i = 1; i < ehlo_reply.lines.size(); ++i) {
    std::string_view rest = ehlo_reply.lines[i];
    const std::string keyword = to_upper(take_word(rest));
    if (keyword == "SIZE") read_size(rest, offered);
    if (keyword == "PIPELINING") offered.pipelining = true;
    if (keyword == "8BITMIME") offered.eight_bit_mime = true;
    if (keyword == "ENHANCEDSTATUSCODES") offered.enhanced_status_codes = true;
    if (keyword == "STARTTLS") offered.starttls = true;
    if (keyword == "DSN") offered.dsn = true;
    if (keyword == "SMTPUTF8") offered.smtputf8 = true;
    if (keyword != "AUTH") continue;
    for (auto word = take_word(rest); !word.empty(); word = take_word(rest)) {
      offered.auth_mechanisms.push_back(to_upper(word));
    }
  }
  return offered;
}

}  // namespace sealgate::smtp
