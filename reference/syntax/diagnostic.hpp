// What is wrong with a text, where, and what would be right.
//
// A collector keeps at most `limit` diagnostics and counts the rest, so that a binary file given by
// mistake yields a page and not a flood. It shares ownership of the files that it was told to
// keep(), so that it can be rendered after the tree is gone.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "reference/syntax/source.hpp"

namespace syntax {

enum class Severity { error, warning };

struct Diagnostic {
  Severity severity = Severity::error;
  Span span = {};
  std::string message = {};  ///< one line, lower case, no full stop: "unknown statement 'expct'"
  std::string hint = {};     ///< one line or empty: "did you mean 'expect'?"
};

/// Compiler style, with the source line and the place underlined; ends with a line end.
std::string render(const Diagnostic& diagnostic);

class Diagnostics {
 public:
  explicit Diagnostics(std::size_t limit = 50) : limit_(limit) {}

  void add(Diagnostic diagnostic);
  void error(const Span& span, std::string message, std::string hint = {});
  void warning(const Span& span, std::string message, std::string hint = {});
  /// Keeps `file` alive as long as the collector lives.
  void keep(std::shared_ptr<const SourceFile> file);

  /// Of everything that was added, the diagnostics beyond the limit included.
  std::size_t errors() const { return errors_; }
  bool has_errors() const { return errors_ > 0; }
  bool empty() const { return total_ == 0; }
  /// True once further diagnostics are only counted: whoever produces them may stop.
  bool full() const { return items_.size() >= limit_; }

  /// In order of file name, then of place, then of arrival.
  std::vector<Diagnostic> sorted() const;
  /// All of them, rendered and separated by empty lines; the last line counts what was left out.
  std::string render() const;

 private:
  std::size_t limit_;
  std::size_t total_ = 0;
  std::size_t errors_ = 0;
  std::vector<Diagnostic> items_;
  std::vector<std::shared_ptr<const SourceFile>> files_;
};

}  // namespace syntax
