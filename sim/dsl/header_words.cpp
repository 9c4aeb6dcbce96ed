#include "sim/dsl/header_words.hpp"

#include "reference/syntax/values.hpp"

namespace sealcheck::dsl {
namespace {

// name, or name:type, where the type is a registered one or section/word.
std::optional<std::string> complain_about_column(const syntax::Token& token) {
  const std::string_view text = token.text;
  const auto colon = text.find(':');
  if (syntax::is_name(text.substr(0, colon)) &&
      (colon == std::string_view::npos || colon + 1 < text.size()))
    return std::nullopt;
  return std::string();
}

}  // namespace

void add_row_types(syntax::Vocabulary& vocabulary) {
  vocabulary.add_type({.name = "column",
                       .description = "a column such as reason, code:integer or way:mx/starttls",
                       .check = complain_about_column});
}

void declare_header(syntax::Vocabulary& vocabulary, syntax::Section& scenario) {
  scenario
      .declare({.id = "covers",
                .pattern = "covers <requirement:requirement-id>...",
                .doc = "The requirements that the scenario as a whole gives evidence for.",
                .example = "covers TLS-M-02 TLS-M-03"})
      .declare({.id = "tags",
                .pattern = "tags <tag:name>...",
                .doc = "Words to select the scenario by.",
                .example = "tags slow"})
      .declare({.id = "rows",
                .pattern = "rows <column:column>... {rows}",
                .doc = "Plays the scenario once for each row; $column stands for the row's value. "
                       "A type is checked cell by cell; mx/starttls: what may follow that word.",
                .example = "rows way:mx/starttls reason:name { row \"answers eof\" handshake-eof }",
                .once = true})
      .declare({.id = "under-test",
                .pattern = "gateway under test <sut:name>",
                .doc = "Another gateway than sealgate: a deliberately broken one, in selftests.",
                .example = "gateway under test never-retries",
                .once = true})
      .declare({.id = "must-fail",
                .pattern = "must fail with <text:string>",
                .doc = "A selftest: passes only if an assertion fails, and says this.",
                .example = "must fail with \"in clear\"",
                .once = true});
  vocabulary.add_section("rows", "The table of a scenario that is played once for each row.")
      .declare({.id = "row",
                .pattern = "row <value:any>...",
                .doc = "One value a column; a quoted value may hold several words.",
                .example = "row \"answers eof\" handshake-eof"});
}

}  // namespace sealcheck::dsl
