#include "fakes/cloud/form_fields.hpp"

namespace fakes {
namespace {

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
    if (escape) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

/// Up to `end`, which is taken off too.
std::string_view take(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at == text.npos ? text.size() : at + 1);
  return taken;
}

}  // namespace

std::optional<FormFields> FormFields::parse(std::string_view body, std::size_t fields_max) {
  FormFields form;
  for (std::size_t count = 0; !body.empty(); ++count) {
    if (count == fields_max) return std::nullopt;
    std::string_view value = take(body, '&');
    const std::string name = decoded(take(value, '='));
    form.values_.emplace(name, decoded(value));
  }
  return form;
}

std::string_view FormFields::operator[](std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string_view() : std::string_view(found->second);
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '-' || c == '_';
    if (plain)
      out += c;
    else
      out += {'%', digits[octet >> 4], digits[octet & 15]};
  }
  return out;
}

std::string_view cookie(std::string_view field, std::string_view name) {
  while (!field.empty()) {
    std::string_view value = take(field, ';');
    while (value.starts_with(' ')) value.remove_prefix(1);
    if (take(value, '=') == name) return value;
  }
  return {};
}

}  // namespace fakes
