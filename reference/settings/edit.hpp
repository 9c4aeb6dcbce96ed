// Changes one settings text into another, statement by statement, with its comments kept: what OK
// on a page of the console does to sealgate.conf (RUL-36).
//
// A statement that stands once is replaced, and its block merged word by word. Of the others, those
// with a name (`route "Partners" …`, `policy "…"`) are told apart by it, and the rest is told apart
// by all its words. Pure: text in, text out. The result is in canonical layout; whether it makes
// sense as a whole is read_settings()'s to say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/vocabulary.hpp"

namespace sealgate::settings {

struct Edit {
  enum class Kind {
    set,     ///< puts the statement in the place of its like, or adds it
    add,     ///< refused when there is one of that name already
    remove,  ///< `route "Partners"`, or `tls { trusted-ca "x" }` for what is in a block without a
             ///< name; refused when there is none
  };

  Kind kind = Kind::set;
  std::string statement;  ///< one, of the section "gateway"; to remove, its block may be left out
};

/// All or nothing: none, with diagnostics, when one edit cannot be made. `name` is what
/// diagnostics call the text.
std::optional<std::string> edited(const syntax::Vocabulary& vocabulary, std::string name,
                                  std::string text, const std::vector<Edit>& edits,
                                  syntax::Diagnostics& diagnostics);

}  // namespace sealgate::settings
