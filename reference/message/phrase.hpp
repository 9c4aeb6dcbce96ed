// Whole-word search of a phrase in UTF-8 text, without regard to case, as a policy means it:
// "confidential" is found in "Confidential: x" and not in "nonconfidential".
//
// Text and phrase are normalised (NFKC: full-width and ligature forms are the same letters) and
// case-folded by Unicode; soft hyphens and zero-width characters are dropped. White space of any
// length between the phrase's words matches white space of any length. A match begins and ends
// where a letter, digit or mark does not continue the word. Invalid UTF-8 in either is read with
// U+FFFD in its place.
#pragma once

#include <string>
#include <string_view>

namespace sealgate::message {

class Phrase {
 public:
  /// A phrase without any character (empty, only spaces) is found nowhere.
  explicit Phrase(std::string_view phrase);

  bool found_in(std::string_view text) const;

 private:
  std::string folded_;
};

/// Normalised, folded, white space joined; what both sides of the search become. For tests and
/// reuse.
std::string fold_text(std::string_view text);

}  // namespace sealgate::message
