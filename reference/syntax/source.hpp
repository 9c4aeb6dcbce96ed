// A source text with its display name, and positions in it.
//
// A SourceFile is immutable and held by shared_ptr; a Span points into one and must not outlive it
// (a Tree and a Diagnostics collector each keep their files alive). Offsets count bytes from 0;
// lines and columns count from 1, columns in UTF-8 code points. Nothing here fails: an offset
// beyond the end is taken as the end.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace syntax {

struct Position {
  std::size_t line = 1;
  std::size_t column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

class SourceFile {
 public:
  /// `name` is what diagnostics print: a path relative to wherever the reader stands.
  SourceFile(std::string name, std::string text);

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  std::size_t line_count() const { return line_starts_.size(); }

  Position position(std::size_t offset) const;
  /// The line (from 1) without its line end; empty beyond the last one.
  std::string_view line(std::size_t number) const;
  /// The offset at which the line (from 1) begins.
  std::size_t line_start(std::size_t number) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::size_t> line_starts_;
};

/// Half open: [begin, end). Without a file it is a place in no text (a statement made by a
/// program).
struct Span {
  const SourceFile* file = nullptr;
  std::size_t begin = 0;
  std::size_t end = 0;

  std::string_view text() const {
    return file ? file->text().substr(begin, end - begin) : std::string_view();
  }
};

/// From the start of `first` to the end of `last`; `first` alone when they lie in different files.
Span join(const Span& first, const Span& last);

/// "scenarios/x.scn:12:5"; empty for a span without a file.
std::string to_string(const Span& span);

/// The length in bytes of the well-formed UTF-8 sequence at `offset` (RFC 3629 section 4), 0:
/// ill-formed.
std::size_t utf8_length(std::string_view text, std::size_t offset);

}  // namespace syntax
