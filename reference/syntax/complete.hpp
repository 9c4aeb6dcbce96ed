// What may be typed at a place of a text that need not be whole yet: for editors.
//
// Looks at what stands before the place alone. Enclosing statements are taken for what they most
// likely are when they do not fit; inside comments and strings nothing is offered. Never fails.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/syntax/vocabulary.hpp"

namespace syntax {

struct Completion {
  enum class Kind { statement, word, name };

  Kind kind = Kind::word;
  std::string text = {};    ///< to be typed in place of the prefix
  std::string detail = {};  ///< the form of the statement that it begins or belongs to
  std::string doc = {};     ///< that statement's line of documentation
};

struct Completions {
  std::string section = {};              ///< where the place lies; empty: nowhere
  std::string prefix = {};               ///< what of the word is there already
  std::vector<Completion> items = {};    ///< in the order of declaration
  std::vector<std::string> values = {};  ///< values that could stand here: "a duration such as 15m"
};

/// The names in use that an argument of this name may take. "$": what may follow a '$'.
using NamesInUse = std::function<std::vector<std::string>(std::string_view argument)>;

/// The top level is the first of `sections` that begins with the text's first word, else the first.
Completions complete(const Vocabulary& vocabulary, const std::vector<std::string>& sections,
                     std::string_view text, std::size_t offset, const NamesInUse& names);

}  // namespace syntax
