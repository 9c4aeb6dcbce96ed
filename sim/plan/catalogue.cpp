#include "sim/plan/catalogue.hpp"

#include "reference/syntax/check.hpp"
#include "reference/syntax/values.hpp"

namespace sealcheck::plan {
namespace {

const syntax::Vocabulary& catalogue_vocabulary() {
  static const auto vocabulary = [] {
    auto made = std::make_unique<syntax::Vocabulary>();
    syntax::add_standard_types(*made);
    made->add_section("catalogue", "The documented behaviours, by chapter, and the rulings.")
        .declare({.id = "chapter",
                  .pattern = "chapter <name:name> <title:string> {statements}",
                  .doc = "A chapter of the document."})
        .declare({.id = "rulings",
                  .pattern = "rulings {statements}",
                  .doc = "Decisions where the document is silent, unclear or wrong."});
    made->add_section("statements", "One testable statement each.")
        .declare({.id = "requirement",
                  .pattern = "requirement <id:requirement-id> <text:string> [<inferred=inferred>] "
                             "[rests-on <ruling:requirement-id>...]",
                  .doc = "A documented behaviour; inferred: the complement of a stated rule."})
        .declare({.id = "ruling",
                  .pattern = "ruling <id:requirement-id> <text:string>",
                  .doc = "A decision of the project."});
    made->finish();
    return made;
  }();
  return *vocabulary;
}

}  // namespace

Catalogue Catalogue::load(const std::string& path, const syntax::Reader& reader,
                          syntax::Diagnostics& diagnostics) {
  Catalogue catalogue;
  const syntax::Tree tree = syntax::load(path, reader, diagnostics);
  for (const syntax::Node& chapter :
       syntax::check(catalogue_vocabulary(), "catalogue", tree, diagnostics))
    for (const syntax::Node& statement : chapter.children())
      if (!catalogue.texts_.emplace(statement.text("id"), statement.text("text")).second)
        diagnostics.error(statement.span("id"), "this ID is taken", "IDs are never used twice");
  return catalogue;
}

}  // namespace sealcheck::plan
