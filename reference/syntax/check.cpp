#include "reference/syntax/check.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "reference/syntax/complaint.hpp"
#include "reference/syntax/matcher.hpp"
#include "reference/syntax/parser.hpp"

namespace syntax {

// Friend of Section, whose compiled programs it runs.
class Checker {
 public:
  enum class Missing { reported, ignored };

  Checker(const Vocabulary& vocabulary, Diagnostics& diagnostics,
          Missing missing = Missing::reported)
      : vocabulary_(vocabulary), diagnostics_(diagnostics), missing_(missing) {
    if (!vocabulary.finished()) throw std::logic_error("the vocabulary is not finished");
  }

  std::vector<Node> check(const Section& section, const std::vector<Statement>& statements,
                          const Span& owner) {
    std::vector<Node> nodes;
    // The place where each declaration was first seen. A statement that fits none counts for all
    // that it may have been meant as: what is misspelled is not missing too.
    std::vector<const Statement*> first(section.declarations_.size());
    std::vector<bool> meant(section.declarations_.size());
    for (const auto& statement : statements) {
      const auto index = match(section, statement);
      if (index == none) {
        for (const auto candidate : candidates_) meant[candidate] = true;
        refuse(section, statement);
        continue;
      }
      const auto& declaration = section.declarations_[index];
      if (declaration.once && first[index]) {
        diagnostics_.add(complaint_about_duplicate(statement, *first[index]));
        continue;
      }
      if (!first[index]) first[index] = &statement;
      nodes.push_back(make_node(section, index, statement));
    }
    for (std::size_t i = 0; i < first.size() && missing_ == Missing::reported; ++i) {
      const auto& declaration = section.declarations_[i];
      if (declaration.required && !first[i] && !meant[i]) {
        diagnostics_.add(complaint_about_missing(declaration, owner));
      }
    }
    return nodes;
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  static bool block_fits(const Program& program, const Statement& statement) {
    return statement.block ? program.block() != Pattern::BlockRule::none
                           : program.block() != Pattern::BlockRule::required;
  }

  // The declaration that the statement fits, its captures in captures_; none leaves candidates_.
  std::size_t match(const Section& section, const Statement& statement) {
    candidates_.clear();
    const auto& head = statement.tokens.front();
    if (head.is_word()) {
      const auto at = section.by_first_word_.find(head.text);
      if (at != section.by_first_word_.end()) candidates_ = at->second;
    }
    literal_candidates_ = candidates_.size();
    candidates_.insert(candidates_.end(), section.open_ended_.begin(), section.open_ended_.end());
    for (const auto index : candidates_) {
      const auto& program = section.programs_[index];
      if (block_fits(program, statement) && program.match(statement.tokens, captures_))
        return index;
    }
    return none;
  }

  Node make_node(const Section& section, std::size_t index, const Statement& statement) {
    const auto& program = section.programs_[index];
    std::vector<Argument> arguments;
    arguments.reserve(captures_.size());
    for (const auto& capture : captures_) {
      arguments.push_back(
          {program.argument_names()[capture.argument], statement.tokens[capture.token]});
    }
    Node node(section.declarations_[index], std::move(arguments), statement.span());
    if (statement.block) {
      node.set_block(check(*vocabulary_.section(program.section()), statement.block->statements,
                           statement.span()));
    }
    return node;
  }

  void refuse(const Section& section, const Statement& statement) {
    diagnostics_.add(complaint(section, statement));
    if (!statement.block) return;
    // When all that it may have been meant as agree on the block's section, go on there.
    const Section* inner = nullptr;
    for (const auto candidate : candidates_) {
      const auto* wanted = vocabulary_.section(section.programs_[candidate].section());
      if (!wanted) continue;
      if (inner && inner != wanted) return;
      inner = wanted;
    }
    if (inner) check(*inner, statement.block->statements, statement.span());
  }

  Diagnostic complaint(const Section& section, const Statement& statement) {
    Expectation expectation;
    const Declaration* only =
        candidates_.size() == 1 ? &section.declarations_[candidates_[0]] : nullptr;
    for (const auto index : candidates_) {
      const auto& program = section.programs_[index];
      // Its tokens fit, so it is the block that does not.
      if (program.match(statement.tokens, captures_, &expectation)) {
        return complaint_about_block(section.declarations_[index], statement);
      }
    }
    if (literal_candidates_ == 0 && expectation.position == 0 &&
        (expectation.types.empty() || !section.first_words().empty())) {
      return complaint_about_unknown(vocabulary_, section, statement);
    }
    return complaint_about_token(statement, expectation, only);
  }

  const Vocabulary& vocabulary_;
  Diagnostics& diagnostics_;
  Missing missing_;
  std::vector<std::size_t> candidates_;  // for the statement at hand, the literal ones first
  std::size_t literal_candidates_ = 0;
  std::vector<Capture> captures_;
};

namespace {

const Section& section_of(const Vocabulary& vocabulary, std::string_view name) {
  const auto* section = vocabulary.section(name);
  if (!section) throw std::logic_error("no section '" + std::string(name) + "'");
  return *section;
}

}  // namespace

std::vector<Node> check(const Vocabulary& vocabulary, std::string_view section, const Tree& tree,
                        Diagnostics& diagnostics) {
  return check(vocabulary, section, tree.statements, {tree.source.get(), 0, 0}, diagnostics);
}

std::vector<Node> check(const Vocabulary& vocabulary, std::string_view section,
                        const std::vector<Statement>& statements, const Span& owner,
                        Diagnostics& diagnostics) {
  return Checker(vocabulary, diagnostics).check(section_of(vocabulary, section), statements, owner);
}

void check_examples(const Vocabulary& vocabulary, Diagnostics& diagnostics) {
  for (const auto& section : vocabulary.sections()) {
    for (const auto& declaration : section->declarations()) {
      if (declaration.example.empty()) continue;
      const auto tree = parse(fmt::format("example of {}/{}", section->name(), declaration.id),
                              declaration.example, diagnostics);
      const Span whole{tree.source.get(), 0, tree.source->text().size()};
      const auto errors = diagnostics.errors();
      // An example shows a part of a block: what a whole block must have does not count.
      const auto nodes = Checker(vocabulary, diagnostics, Checker::Missing::ignored)
                             .check(*section, tree.statements, whole);
      const bool own = nodes.size() == 1 && nodes.front().is(declaration.id);
      if (own || diagnostics.errors() > errors) continue;
      diagnostics.error(whole, "the example is not one statement of its own declaration",
                        "the form is: " + usage(declaration));
    }
  }
}

}  // namespace syntax
