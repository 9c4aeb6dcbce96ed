#include "reference/syntax/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace syntax {
namespace {

// A longer line is shown from near the place on, and no more than this much of it.
constexpr std::size_t shown_line_bytes_max = 160;
constexpr std::size_t shown_before_place = 60;

struct Excerpt {
  std::string text;       // printable, tabs kept
  std::string padding;    // as wide as what stands before the place
  std::size_t width = 1;  // of the underlined part, in code points
};

Excerpt excerpt(const Span& span, std::size_t line_number) {
  const auto line = span.file->line(line_number);
  const auto start = span.file->line_start(line_number);
  const auto place = std::min(span.begin - std::min(span.begin, start), line.size());
  const auto place_end = std::clamp(span.end - std::min(span.end, start), place, line.size());
  Excerpt out;
  std::size_t at = 0;
  if (line.size() > shown_line_bytes_max && place > shown_before_place) {
    at = place - shown_before_place;
    while (at < place && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80) ++at;
    out.text = "...";
    out.padding = "   ";
  }
  const auto shown_end = std::min(line.size(), at + shown_line_bytes_max);
  std::size_t width = 0;
  while (at < shown_end) {
    const auto length = std::max<std::size_t>(utf8_length(line, at), 1);
    const auto c = static_cast<unsigned char>(line[at]);
    const bool printable =
        c == '\t' || (c >= 0x20 && c != 0x7F && (c < 0x80 || utf8_length(line, at) > 0));
    // The report goes to a terminal: a control character from a file must not reach it.
    out.text += printable ? std::string(line.substr(at, length)) : "?";
    if (at < place) out.padding += c == '\t' ? '\t' : ' ';
    if (at >= place && at < place_end) ++width;
    at += length;
  }
  if (shown_end < line.size()) out.text += "...";
  out.width = std::max<std::size_t>(width, 1);
  return out;
}

std::string_view label(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

}  // namespace

std::string render(const Diagnostic& diagnostic) {
  const auto& span = diagnostic.span;
  if (!span.file) {
    auto out = fmt::format("{}: {}\n", label(diagnostic.severity), diagnostic.message);
    if (!diagnostic.hint.empty()) out += fmt::format("  = {}\n", diagnostic.hint);
    return out;
  }
  const auto line_number = span.file->position(span.begin).line;
  const auto shown = excerpt(span, line_number);
  auto out =
      fmt::format("{}: {}: {}\n", to_string(span), label(diagnostic.severity), diagnostic.message);
  out += fmt::format("{:>5} | {}\n", line_number, shown.text);
  const auto mark = shown.width == 1 ? std::string("^") : "^" + std::string(shown.width - 1, '~');
  out += fmt::format("      | {}{}\n", shown.padding, mark);
  if (!diagnostic.hint.empty()) out += fmt::format("      = {}\n", diagnostic.hint);
  return out;
}

void Diagnostics::add(Diagnostic diagnostic) {
  ++total_;
  if (diagnostic.severity == Severity::error) ++errors_;
  if (!full()) items_.push_back(std::move(diagnostic));
}

void Diagnostics::error(const Span& span, std::string message, std::string hint) {
  add({Severity::error, span, std::move(message), std::move(hint)});
}

void Diagnostics::warning(const Span& span, std::string message, std::string hint) {
  add({Severity::warning, span, std::move(message), std::move(hint)});
}

void Diagnostics::keep(std::shared_ptr<const SourceFile> file) {
  files_.push_back(std::move(file));
}

std::vector<Diagnostic> Diagnostics::sorted() const {
  auto items = items_;
  const auto key = [](const Diagnostic& d) {
    return std::tuple(d.span.file ? std::string_view(d.span.file->name()) : std::string_view(),
                      d.span.begin);
  };
  std::stable_sort(items.begin(), items.end(),
                   [&](const auto& a, const auto& b) { return key(a) < key(b); });
  return items;
}

std::string Diagnostics::render() const {
  std::string out;
  for (const auto& item : sorted()) {
    if (!out.empty()) out += '\n';
    out += syntax::render(item);
  }
  if (total_ > items_.size()) out += fmt::format("\n{} more not shown\n", total_ - items_.size());
  return out;
}

}  // namespace syntax
