// The mini-language in which a statement's form is declared, as a small tree and as a program.
//
//   word              that word, not quoted
//   <name:type>       an argument: a token of a registered type
//   <name:a|b|c>      an argument: one of these words (at least two)
//   <name=word>       that word, not quoted, whose presence has() tells
//   [ ... ]           may be left out;  [ a | b ]  one of them or none
//   ( a | b )         one of them; each may be several elements
//   ...               directly behind an argument, ')' or ']': one or more times (']': any number)
//   {section}         at the end: a block of that section's statements must follow;  {section}? may
//   follow
//
// White space separates elements and means nothing else. Parts are tried from left to right,
// longest first, and given back when what follows does not fit. The same argument name may stand
// several times; its values are collected in order. A mistake in a pattern is the programmer's:
// std::logic_error.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace syntax {

struct Element {
  enum class Kind { literal, argument, choice, optional, group };

  Kind kind = Kind::literal;
  std::string name = {};                ///< the literal word, or the argument's name
  std::string type = {};                ///< of an argument
  std::vector<std::string> words = {};  ///< of a choice
  std::vector<std::vector<Element>> alternatives = {};  ///< of an optional or a group
  bool repeated = false;
};

struct Pattern {
  enum class BlockRule { none, optional, required };

  std::vector<Element> elements = {};
  BlockRule block = BlockRule::none;
  std::string section = {};  ///< of the block's statements
};

/// Throws std::logic_error, with the pattern and the place.
Pattern parse_pattern(std::string_view text);

/// For people: argument types left out, choices spelled out, the block as "{ ... }".
std::string usage(const Pattern& pattern);

/// Every argument and choice, in order of appearance (names may repeat).
std::vector<Element> arguments(const Pattern& pattern);

}  // namespace syntax
