// A TextMate grammar of a vocabulary: how editors colour its texts. As JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reference/syntax/vocabulary.hpp"

namespace syntax {

struct GrammarName {
  std::string name = {};                     ///< as an editor shows it
  std::string scope = {};                    ///< "source.sealcheck"
  std::vector<std::string> extensions = {};  ///< of the files, without the dot
};

std::string textmate_grammar(const Vocabulary& vocabulary, const GrammarName& name);

}  // namespace syntax
