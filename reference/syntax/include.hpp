// Loads a file and what it includes: `include "relative.path"`, at top level and inside blocks.
//
// Each include statement is replaced by the statements of the file it names; every token keeps the
// span in its own file. A path is relative to the file that names it; it uses '/', and "." and ".."
// are resolved in the text, without asking a file system. A loop is reported with the chain of
// files. A file named twice is read once and its statements are copied. An expanded tree is for
// checking: format the tree that parse() gives.
#pragma once

#include <boost/system/result.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/parser.hpp"
#include "reference/syntax/tree.hpp"

namespace syntax {

/// Gives the content of a file (the type is host::Result<std::string>, without the host).
using Reader = std::function<boost::system::result<std::string>(const std::string& path)>;

/// Reports what cannot be read, parsed or included; the tree holds the rest. Never throws by
/// itself.
Tree load(const std::string& path, const Reader& reader, Diagnostics& diagnostics,
          const Limits& limits = {});

/// `path` as seen from the file `base`: ("a/b.scn", "../c.scn") is "c.scn". An absolute path stays.
std::string resolve(std::string_view base, std::string_view path);

}  // namespace syntax
