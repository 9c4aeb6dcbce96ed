// The types of a table's columns: a type of the vocabulary, or section/word for what may follow
// that word in a statement of that section (mx/starttls: works, "answers eof", …).
#pragma once

#include <optional>
#include <string>

#include "reference/syntax/tree.hpp"
#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::plan {

/// What is wrong with the type's name itself; an empty type is any.
std::optional<std::string> complain_about_type(const syntax::Vocabulary& vocabulary,
                                               const std::string& type);

/// What is wrong with a cell: "'answers oef' is not what may follow starttls".
std::optional<std::string> complain_about_cell(const syntax::Vocabulary& vocabulary,
                                               const std::string& type, const syntax::Token& cell);

}  // namespace sealcheck::plan
