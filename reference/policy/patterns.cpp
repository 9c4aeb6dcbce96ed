#include "reference/policy/patterns.hpp"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <cassert>

namespace sealgate::policy {
namespace {

constexpr std::int64_t set_octets_max = 64 << 20;

re2::RE2::Options options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  return options;
}

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

/// The expression of a glob; none where a set is not closed.
std::optional<std::string> to_expression(std::string_view glob) {
  std::string out = "(?is)";
  for (std::size_t i = 0; i < glob.size(); ++i) {
    const char c = glob[i];
    if (c == '*') {
      out += ".*";
    } else if (c == '?') {
      out += '.';
    } else if (c == '[') {
      auto end = glob.find(']', i + 2);  // a ']' that comes first belongs to the set
      if (i + 2 > glob.size() || end == glob.npos) return std::nullopt;
      auto set = glob.substr(i + 1, end - i - 1);
      out += '[';
      if (set.starts_with('!') || set.starts_with('^')) {
        out += '^';
        set.remove_prefix(1);
      }
      for (const char member : set) {
        if (member == '[' || member == ']' || member == '\\' || member == '^') out += '\\';
        out += member;
      }
      out += ']';
      i = end;
    } else {
      out += re2::RE2::QuoteMeta(piece(glob.substr(i, 1)));
    }
  }
  return out;
}

}  // namespace

std::optional<std::string> pattern_error(const std::string& pattern) {
  const re2::RE2 compiled(pattern, options());
  if (!compiled.ok()) return compiled.error();
  if (re2::RE2::FullMatch("", compiled)) return "it matches the empty text, so everything";
  return std::nullopt;
}

std::optional<std::string> glob_error(const std::string& glob) {
  if (glob.empty()) return "it is empty";
  const auto expression = to_expression(glob);
  if (!expression) return "a '[' is not closed";
  const re2::RE2 compiled(*expression, options());
  if (!compiled.ok()) return compiled.error();
  return std::nullopt;
}

struct PatternSet::Compiled {
  explicit Compiled(re2::RE2::Anchor to_anchor)
      : anchor(to_anchor),
        set(
            [] {
              auto with = options();
              with.set_max_mem(set_octets_max);
              return with;
            }(),
            to_anchor) {}

  re2::RE2::Anchor anchor;
  re2::RE2::Set set;
  std::vector<std::unique_ptr<re2::RE2>> single;
};

PatternSet::PatternSet(const std::vector<std::string>& patterns, bool whole)
    : compiled_(std::make_unique<Compiled>(whole ? re2::RE2::ANCHOR_BOTH : re2::RE2::UNANCHORED)) {
  for (const auto& pattern : patterns) {
    compiled_->single.push_back(std::make_unique<re2::RE2>(pattern, options()));
    assert(compiled_->single.back()->ok());
    compiled_->set.Add(pattern, nullptr);
  }
  if (!patterns.empty()) compiled_->set.Compile();
}

PatternSet PatternSet::of_globs(const std::vector<std::string>& globs) {
  std::vector<std::string> expressions;
  for (const auto& glob : globs) expressions.push_back(to_expression(glob).value());
  return PatternSet(expressions, true);
}

PatternSet::~PatternSet() = default;
PatternSet::PatternSet(PatternSet&&) noexcept = default;

void PatternSet::scan(std::string_view text, const OnMatch& on_match) const {
  const auto& single = compiled_->single;
  if (single.empty()) return;
  std::vector<int> candidates;
  re2::RE2::Set::ErrorInfo error{};
  if (single.size() == 1) {
    candidates = {0};
  } else if (!compiled_->set.Match(piece(text), &candidates, &error) &&
             error.kind != re2::RE2::Set::kNoError) {
    // The set's automaton outgrew its memory: one by one then, slower and no less sure.
    for (std::size_t i = 0; i < single.size(); ++i) candidates.push_back(static_cast<int>(i));
  }
  std::sort(candidates.begin(), candidates.end());
  for (const int i : candidates) {
    re2::StringPiece found;
    if (!single[i]->Match(piece(text), 0, text.size(), compiled_->anchor, &found, 1)) continue;
    on_match(static_cast<std::uint32_t>(i), static_cast<std::size_t>(found.data() - text.data()));
  }
}

bool PatternSet::any(std::string_view text) const {
  bool found = false;
  scan(text, [&](std::uint32_t, std::size_t) { found = true; });
  return found;
}

}  // namespace sealgate::policy
