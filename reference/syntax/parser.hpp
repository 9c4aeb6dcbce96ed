// Builds the tree of one text, and goes on after a mistake so that several are reported at once.
//
// A statement ends at a newline, a ';', the '}' that closes its own block, or the '}' of the block
// around it. The '{' stands on the line of its statement. It fails by diagnostics only: what could
// be understood is in the tree in any case, so use the tree only when there are no errors, or to
// look at. Time and memory are linear in the text.
#pragma once

#include <cstddef>
#include <string>

#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/tree.hpp"

namespace syntax {

struct Limits {
  std::size_t depth = 64;                     ///< of blocks in blocks
  std::size_t file_bytes = 16 * 1024 * 1024;  ///< of one file; with includes, of all together
  std::size_t include_depth = 16;             ///< of files in files
  std::size_t include_count = 1000;           ///< of files included, each counted once
};

/// `name` is what diagnostics call the text.
Tree parse(std::string name, std::string text, Diagnostics& diagnostics, const Limits& limits = {});

}  // namespace syntax
