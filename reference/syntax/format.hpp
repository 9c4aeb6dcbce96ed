// The one canonical way to lay out a tree.
//
// Four spaces a level, one statement a line, one space between tokens, LF. A block that stood on
// one line with at most one statement in it stays there while the line fits. Comments stay with
// their statement; runs of empty lines become one, and none is left at the start or end of a block.
// Tokens are spelled as their author did. A statement that does not fit into a line keeps the
// breaks that its author gave it; no other is made. format(parse(format(t))) == format(t).
#pragma once

#include <cstddef>
#include <string>

#include "reference/syntax/tree.hpp"

namespace syntax {

std::string format(const Tree& tree);

/// One statement as it would stand at the given depth of blocks, its line ends included.
std::string format(const Statement& statement, std::size_t depth = 0);

}  // namespace syntax
