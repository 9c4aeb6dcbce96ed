// Regular expressions (RE2, so that no pattern and no text takes more than linear time), many
// looked for at once; and file name patterns, which become such expressions.
//
// Const and safe from any thread once made.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sealgate::policy {

/// What is wrong with a pattern, in RE2's words or ours ("it matches the empty text, so
/// everything"); none: it can be used.
std::optional<std::string> pattern_error(const std::string& pattern);

/// What is wrong with a file name pattern: '*', '?' and "[sets]" mean what they do in a shell.
std::optional<std::string> glob_error(const std::string& glob);

class PatternSet {
 public:
  /// All without error. `whole` ones must match a text from end to end.
  explicit PatternSet(const std::vector<std::string>& patterns, bool whole = false);
  /// File names, in any letter case.
  static PatternSet of_globs(const std::vector<std::string>& globs);
  ~PatternSet();
  PatternSet(PatternSet&&) noexcept;

  /// Each pattern that matches, once, in ascending order. `offset`: where its first match begins.
  using OnMatch = std::function<void(std::uint32_t pattern, std::size_t offset)>;
  void scan(std::string_view text, const OnMatch& on_match) const;
  bool any(std::string_view text) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace sealgate::policy
