#include "reference/syntax/values.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace syntax {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t factor;
};

constexpr std::array<Unit, 7> duration_units{{{"d", 86'400'000'000'000},
                                              {"h", 3'600'000'000'000},
                                              {"m", 60'000'000'000},
                                              {"s", 1'000'000'000},
                                              {"ms", 1'000'000},
                                              {"us", 1'000},
                                              {"ns", 1}}};
constexpr std::array<Unit, 8> size_units{{{"", 1},
                                          {"B", 1},
                                          {"kB", 1'000},
                                          {"MB", 1'000'000},
                                          {"GB", 1'000'000'000},
                                          {"KiB", 1 << 10},
                                          {"MiB", 1 << 20},
                                          {"GiB", 1 << 30}}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_alphanumeric(char c) {
  return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z');
}

// Takes the digits and then the letters at the front; false without either kind of overflow or gap.
bool take_quantity(std::string_view& text, std::int64_t& number, std::string_view& unit) {
  const auto digits_end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto* end = text.data() + (digits_end - text.begin());
  if (end == text.data()) return false;
  if (std::from_chars(text.data(), end, number).ec != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  unit = text.substr(
      0, static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_digit) - text.begin()));
  text.remove_prefix(unit.size());
  return true;
}

bool is_label(std::string_view label) {
  const auto allowed = [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; };
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), allowed);
}

// RFC 5321 section 4.1.2: Dot-string, of atext (RFC 5322 section 3.2.3).
bool is_dot_string(std::string_view text) {
  const auto allowed = [](char c) {
    return is_alphanumeric(c) || c == '.' ||
           std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
  };
  return !text.empty() && text.front() != '.' && text.back() != '.' &&
         text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), allowed);
}

bool is_ip_of(int family, std::string_view text) {
  std::array<unsigned char, 16> out{};
  return text.find('\0') == std::string_view::npos &&
         inet_pton(family, std::string(text).c_str(), out.data()) == 1;
}

std::optional<int> parse_number_up_to(std::string_view text, int limit) {
  const auto value = parse_integer(text);
  if (!value || *value < 0 || *value > limit || (text.size() > 1 && text[0] == '0')) return {};
  return text[0] == '-' ? std::nullopt : std::optional(static_cast<int>(*value));
}

}  // namespace

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return {};
  return value;
}

std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text) {
  if (text.empty()) return {};
  std::int64_t total = 0;
  const auto* next_unit = duration_units.begin();
  while (!text.empty()) {
    std::int64_t number = 0;
    std::string_view name;
    if (!take_quantity(text, number, name)) return {};
    const auto* unit = std::find_if(next_unit, duration_units.end(),
                                    [&](const Unit& u) { return u.name == name; });
    if (unit == duration_units.end()) return {};
    next_unit = unit + 1;
    std::int64_t part = 0;
    if (__builtin_mul_overflow(number, unit->factor, &part)) return {};
    if (__builtin_add_overflow(total, part, &total)) return {};
  }
  return std::chrono::nanoseconds(total);
}

std::string format_duration(std::chrono::nanoseconds duration) {
  if (duration.count() == 0) return "0s";
  // Unsigned: the smallest int64 has no positive counterpart.
  const bool negative = duration.count() < 0;
  auto rest = static_cast<std::uint64_t>(duration.count());
  if (negative) rest = 0 - rest;
  std::string out = negative ? "-" : "";
  for (const auto& unit : duration_units) {
    const auto factor = static_cast<std::uint64_t>(unit.factor);
    if (rest >= factor) out += fmt::format("{}{}", rest / factor, unit.name);
    rest %= factor;
  }
  return out;
}

std::optional<std::int64_t> parse_size(std::string_view text) {
  std::int64_t number = 0;
  std::string_view name;
  if (!take_quantity(text, number, name) || !text.empty()) return {};
  const auto* unit = std::find_if(size_units.begin(), size_units.end(),
                                  [&](const Unit& u) { return u.name == name; });
  std::int64_t value = 0;
  if (unit == size_units.end() || __builtin_mul_overflow(number, unit->factor, &value)) return {};
  return value;
}

bool is_name(std::string_view text) {
  const auto allowed = [](char c) {
    return is_alphanumeric(c) || c == '-' || c == '_' || c == '.';
  };
  return !text.empty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), allowed);
}

bool is_domain(std::string_view text) {
  if (text.size() > 253) return false;
  // What looks like an IPv4 address, and is none, is a mistake and no domain (RFC 3696 section 2).
  std::string_view label;
  do {
    const auto end = std::min(text.find('.'), text.size());
    label = text.substr(0, end);
    if (!is_label(label)) return false;
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  } while (true);
  return !std::all_of(label.begin(), label.end(), is_digit);
}

bool is_ip(std::string_view text) {
  return is_ip_of(AF_INET, text) || is_ip_of(AF_INET6, text);
}

bool is_host(std::string_view text) {
  return is_domain(text) || is_ip(text);
}

bool is_address(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || at > 64 || !is_dot_string(text.substr(0, at))) return false;
  auto domain = text.substr(at + 1);
  if (!domain.starts_with('[')) return is_domain(domain);
  if (!domain.ends_with(']')) return false;
  domain = domain.substr(1, domain.size() - 2);
  // RFC 5321 section 4.1.3.
  return domain.starts_with("IPv6:") ? is_ip_of(AF_INET6, domain.substr(5))
                                     : is_ip_of(AF_INET, domain);
}

bool is_requirement_id(std::string_view text) {
  const auto dash = text.rfind('-');
  if (dash == std::string_view::npos) return false;
  const auto number = text.substr(dash + 1);
  const auto area = text.substr(0, dash);
  const auto allowed = [](char c) { return is_upper(c) || is_digit(c) || c == '-'; };
  return number.size() >= 2 && number.size() <= 4 &&
         std::all_of(number.begin(), number.end(), is_digit) && !area.empty() &&
         is_upper(area.front()) && area.back() != '-' &&
         area.find("--") == std::string_view::npos &&
         std::all_of(area.begin(), area.end(), allowed);
}

std::optional<Network> parse_network(std::string_view text) {
  const auto slash = text.find('/');
  const auto ip = text.substr(0, slash);
  if (!is_ip(ip)) return {};
  const int bits = is_ip_of(AF_INET, ip) ? 32 : 128;
  if (slash == std::string_view::npos) return Network{std::string(ip), bits};
  const auto length = parse_number_up_to(text.substr(slash + 1), bits);
  if (!length) return {};
  return Network{std::string(ip), *length};
}

std::optional<HostPort> parse_endpoint(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return {};
  const auto port = parse_number_up_to(text.substr(colon + 1), 65535);
  auto host = text.substr(0, colon);
  if (!port) return {};
  const auto make = [&] { return HostPort{std::string(host), static_cast<std::uint16_t>(*port)}; };
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
    return is_ip_of(AF_INET6, host) ? std::optional(make()) : std::nullopt;
  }
  return is_domain(host) || is_ip_of(AF_INET, host) ? std::optional(make()) : std::nullopt;
}

}  // namespace syntax
