#include "reference/message/mime_parameters.hpp"

#include <charconv>
#include <optional>
#include <vector>

#include "reference/message/charset.hpp"
#include "reference/message/text.hpp"

namespace sealgate::message {
namespace {

constexpr std::size_t parameters_max = 100;
constexpr int sections_max = 100;

struct Raw {
  std::string name;  ///< lower case, without '*'s and section number
  std::string value;
  int section = -1;       ///< RFC 2231 section 3; -1: not divided
  bool extended = false;  ///< RFC 2231 section 4: percent-encoded
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return out;
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }

  void skip_blank() {
    while (!at_end()) {
      if (text_[at_] == '(') {
        skip_comment();
      } else if (is_space(text_[at_])) {
        ++at_;
      } else {
        return;
      }
    }
  }

  std::string token(std::string_view stops) {
    const std::size_t begin = at_;
    while (!at_end() && stops.find(text_[at_]) == stops.npos) ++at_;
    std::string_view token = text_.substr(begin, at_ - begin);
    while (!token.empty() && is_space(token.back())) token.remove_suffix(1);
    return std::string(token);
  }

  std::string value() {
    skip_blank();
    if (at_end() || text_[at_] != '"') return token(";");
    std::string out;
    for (++at_; !at_end() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      out += text_[at_];
    }
    token(";");  // what stands behind the closing quote means nothing
    return out;
  }

  bool take(char c) {
    skip_blank();
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

 private:
  void skip_comment() {
    int depth = 0;
    for (; !at_end(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '(') {
        ++depth;
      } else if (text_[at_] == ')' && --depth == 0) {
        ++at_;
        return;
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::optional<Raw> split_name(std::string_view name) {
  Raw raw;
  if (name.ends_with('*')) {
    raw.extended = true;
    name.remove_suffix(1);
  }
  if (const auto star = name.find('*'); star != name.npos) {
    const auto digits = name.substr(star + 1);
    const auto end = digits.data() + digits.size();
    const auto [rest, error] = std::from_chars(digits.data(), end, raw.section);
    if (error != std::errc{} || rest != end || raw.section < 0 || raw.section > sections_max) {
      return std::nullopt;
    }
    name = name.substr(0, star);
  }
  raw.name = lower(name);
  if (raw.name.empty()) return std::nullopt;
  return raw;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    const char* digits = text.data() + i + 1;
    if (text[i] == '%' && text.size() - i > 2 &&
        std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      out += static_cast<char>(byte);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// charset'language'text; both may be empty.
std::pair<std::string, std::string_view> split_charset(std::string_view value) {
  const auto first = value.find('\'');
  const auto second = first == value.npos ? first : value.find('\'', first + 1);
  if (second == value.npos) return {"", value};
  return {std::string(value.substr(0, first)), value.substr(second + 1)};
}

/// The sections of one parameter, joined in their order.
std::string join(const std::vector<const Raw*>& sections) {
  std::string charset, bytes;
  bool extended = false;
  for (const Raw* raw : sections) {
    if (!raw->extended) {
      bytes += raw->value;
      continue;
    }
    extended = true;
    std::string_view rest = raw->value;
    if (raw == sections.front()) std::tie(charset, rest) = split_charset(raw->value);
    bytes += percent_decoded(rest);
  }
  return extended ? to_utf8(std::move(bytes), charset).text : decode_text(bytes);
}

}  // namespace

std::string ParameterisedValue::get(const std::string& name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? "" : found->second;
}

ParameterisedValue parse_parameters(std::string_view value) {
  Scanner scanner(value);
  ParameterisedValue parsed;
  scanner.skip_blank();
  for (const char c : scanner.token("; (")) {
    if (!is_space(c)) parsed.word += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  std::map<std::string, std::map<int, Raw>> divided;
  std::map<std::string, Raw> whole;
  for (std::size_t n = 0; n < parameters_max && !scanner.at_end(); ++n) {
    scanner.token(";");
    if (!scanner.take(';')) break;
    scanner.skip_blank();
    auto raw = split_name(scanner.token("=;"));
    if (!scanner.take('=')) continue;
    auto text = scanner.value();
    if (!raw) continue;
    raw->value = std::move(text);
    const std::string name = raw->name;
    if (raw->section >= 0) {
      divided[name].emplace(raw->section, std::move(*raw));
    } else if (const auto [at, added] = whole.emplace(name, *raw); !added && raw->extended) {
      if (!at->second.extended) at->second = std::move(*raw);  // RFC 2231 wins over the plain form
    }
  }
  for (const auto& [name, sections] : divided) {
    std::vector<const Raw*> ordered;
    for (const auto& [number, raw] : sections) {
      if (number == static_cast<int>(ordered.size())) ordered.push_back(&raw);
    }
    if (!ordered.empty()) parsed.parameters[name] = join(ordered);
  }
  for (const auto& [name, raw] : whole) {
    if (raw.extended || !parsed.parameters.contains(name)) parsed.parameters[name] = join({&raw});
  }
  return parsed;
}

}  // namespace sealgate::message
