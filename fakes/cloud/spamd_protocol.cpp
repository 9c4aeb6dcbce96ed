#include "fakes/cloud/spamd_protocol.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

#include "fakes/core/message_data.hpp"

namespace fakes {
namespace {

host::ErrorCode bad() {
  return AnalysisError::bad_answer;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// "SPAMD/1.1 0 EX_OK": nothing where it is no such line.
std::optional<int> status_of(std::string_view line) {
  if (!line.starts_with("SPAMD/")) return std::nullopt;
  line.remove_prefix(std::min(line.find(' '), line.size() - 1) + 1);
  return number<int>(line.substr(0, line.find(' ')));
}

/// "True ; 1000.0 / 5.0": nothing where the score does not say the same.
std::optional<bool> is_spam(std::string_view value) {
  const std::size_t semicolon = value.find(';');
  const std::size_t slash = value.find('/', semicolon);
  if (slash == value.npos || semicolon == value.npos) return std::nullopt;
  const std::string_view word = trimmed(value.substr(0, semicolon));
  const auto score = number<double>(trimmed(value.substr(semicolon + 1, slash - semicolon - 1)));
  const auto threshold = number<double>(trimmed(value.substr(slash + 1)));
  if (!score || !threshold || !std::isfinite(*score) || !std::isfinite(*threshold))
    return std::nullopt;
  const bool spam = word == "True" || word == "Yes";
  if (!spam && word != "False" && word != "No") return std::nullopt;
  if (spam != (*score >= *threshold)) return std::nullopt;
  return spam;
}

/// The value of a header field that stands there once.
std::optional<std::string> only(std::string_view header, std::string_view name) {
  std::optional<std::string> value;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find("\r\n"), header.size() - 1);
    const std::string line(header.substr(0, end));
    header.remove_prefix(std::min(end + 2, header.size()));
    std::string found = peek_header(line + "\r\n", name);
    if (found.empty()) continue;
    if (value) return std::nullopt;
    value = std::move(found);
  }
  return value;
}

}  // namespace

std::string spamd_question(std::string_view message) {
  return fmt::format("SYMBOLS SPAMC/1.5\r\nContent-length: {}\r\n\r\n{}", message.size(), message);
}

host::Result<Analysis> read_spamd_answer(std::string_view answer) {
  const std::size_t line_end = answer.find("\r\n");
  if (line_end == answer.npos) return bad();
  const auto status = status_of(answer.substr(0, line_end));
  if (!status) return bad();
  if (*status != 0) return host::ErrorCode(AnalysisError::engine_failed);  // sysexits(3)
  const std::size_t header_end = answer.find("\r\n\r\n");
  if (header_end == answer.npos) return bad();
  const std::string_view header = answer.substr(line_end + 2, header_end - line_end);
  const std::string_view rules = answer.substr(header_end + 4);
  const auto length = only(header, "Content-length");
  if (!length || number<std::size_t>(*length) != rules.size()) return bad();
  const auto verdict = only(header, "Spam");
  const auto spam = verdict ? is_spam(*verdict) : std::nullopt;
  if (!spam) return bad();
  if (!*spam) return Analysis{};
  return Analysis{Analysis::Verdict::spam, std::string(rules.substr(0, rules.find('\r')))};
}

}  // namespace fakes
