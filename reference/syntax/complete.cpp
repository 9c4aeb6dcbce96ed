#include "reference/syntax/complete.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "reference/syntax/lexer.hpp"
#include "reference/syntax/matcher.hpp"

namespace syntax {
namespace {

// The text before the place: the statements around it, and what it has of its own statement.
struct Before {
  std::vector<std::vector<Token>> around;
  std::vector<Token> tokens;
  std::string first_word;
  std::string prefix;
  bool inside_text = false;  // of a comment or a string
};

Before read(std::string_view text) {
  using Kind = Lexeme::Kind;
  const SourceFile file("", std::string(text));
  Diagnostics ignored;
  Lexer lexer(file, ignored);
  Before out;
  Lexeme last;
  for (auto lexeme = lexer.next(); lexeme.kind != Kind::end; lexeme = lexer.next()) {
    last = lexeme;
    if (lexeme.kind == Kind::word || lexeme.kind == Kind::string) {
      const auto kind = lexeme.kind == Kind::word ? Token::Kind::word : Token::Kind::string;
      if (out.first_word.empty() && kind == Token::Kind::word) out.first_word = lexeme.text;
      out.tokens.push_back({kind, std::move(lexeme.text), {}});
    } else if (lexeme.kind == Kind::open) {
      out.around.push_back(std::exchange(out.tokens, {}));
    } else if (lexeme.kind != Kind::comment) {
      out.tokens.clear();
      if (lexeme.kind == Kind::close && !out.around.empty()) out.around.pop_back();
    }
  }
  const bool touches = last.span.file && last.span.end == text.size();
  const auto spelled = last.span.text();
  const bool open = spelled.size() < 2 || spelled.back() != '"';
  out.inside_text = last.kind == Kind::comment || (touches && last.kind == Kind::string && open);
  if (touches && last.kind == Kind::word) {
    out.prefix = out.tokens.back().text;
    out.tokens.pop_back();
  }
  return out;
}

}  // namespace

// Friend of Section, whose compiled programs it runs.
class Completer {
 public:
  Completer(const Vocabulary& vocabulary, const NamesInUse& names, Completions& out)
      : vocabulary_(vocabulary), names_(names), out_(out) {}

  // The section of the block that these tokens open; null when they open none.
  const Section* inside(const Section& section, const std::vector<Token>& tokens) const {
    const Section* likely = nullptr;
    std::vector<Capture> captures;
    for (const auto index : candidates(section, tokens)) {
      const auto& program = section.programs_[index];
      const auto* inner = vocabulary_.section(program.section());
      if (!inner) continue;
      if (program.match(tokens, captures)) return inner;
      if (!likely) likely = inner;
    }
    return likely;
  }

  void offer_statements(const Section& section) {
    for (std::size_t i = 0; i < section.declarations_.size(); ++i)
      for (const auto& word : section.programs_[i].first_words())
        offer(Completion::Kind::statement, word, section.declarations_[i]);
  }

  void offer_words(const Section& section, std::vector<Token> tokens) {
    const auto behind = tokens.size();
    const auto indices = candidates(section, tokens);
    tokens.push_back(cursor_token());
    std::vector<Capture> captures;
    for (const auto index : indices) {
      const auto& program = section.programs_[index];
      const auto& declaration = section.declarations_[index];
      Expectation expectation;
      program.match(tokens, captures, &expectation);
      if (expectation.position != behind) continue;
      for (const auto& word : expectation.words) offer(Completion::Kind::word, word, declaration);
      for (const auto& argument : expectation.arguments)
        for (const auto& name : names_(argument)) offer(Completion::Kind::name, name, declaration);
      for (const auto* type : expectation.types)
        if (std::find(out_.values.begin(), out_.values.end(), type->description) ==
            out_.values.end())
          out_.values.push_back(type->description);
      if (expectation.end && program.block() != Pattern::BlockRule::none)
        offer(Completion::Kind::word, "{", declaration);
    }
    if (!out_.prefix.starts_with('$')) return;
    for (const auto& name : names_("$")) offer(Completion::Kind::name, "$" + name, std::nullopt);
  }

 private:
  static std::vector<std::size_t> candidates(const Section& section,
                                             const std::vector<Token>& tokens) {
    std::vector<std::size_t> out;
    if (tokens.empty()) return out;
    const auto at = section.by_first_word_.find(tokens.front().text);
    if (at != section.by_first_word_.end()) out = at->second;
    out.insert(out.end(), section.open_ended_.begin(), section.open_ended_.end());
    return out;
  }

  void offer(Completion::Kind kind, const std::string& text,
             const std::optional<Declaration>& declaration) {
    if (!text.starts_with(out_.prefix)) return;
    Completion item{.kind = kind, .text = text};
    if (declaration) {
      item.detail = usage(*declaration);
      item.doc = declaration->doc;
    }
    const auto same = [&](const Completion& other) {
      return other.text == text &&
             (kind != Completion::Kind::statement || other.detail == item.detail);
    };
    if (std::none_of(out_.items.begin(), out_.items.end(), same))
      out_.items.push_back(std::move(item));
  }

  const Vocabulary& vocabulary_;
  const NamesInUse& names_;
  Completions& out_;
};

Completions complete(const Vocabulary& vocabulary, const std::vector<std::string>& sections,
                     std::string_view text, std::size_t offset, const NamesInUse& names) {
  const auto before = read(text.substr(0, offset));
  Completions out;
  if (before.inside_text) return out;
  const Section* section = nullptr;
  for (const auto& name : sections) {
    const auto* candidate = vocabulary.section(name);
    if (candidate && candidate->starts_with(before.first_word)) {
      section = candidate;
      break;
    }
  }
  if (!section && !sections.empty()) section = vocabulary.section(sections.front());
  out.prefix = before.prefix;
  Completer completer(vocabulary, names, out);
  for (const auto& tokens : before.around)
    if (section) section = completer.inside(*section, tokens);
  if (!section) return out;
  out.section = section->name();
  if (before.tokens.empty())
    completer.offer_statements(*section);
  else
    completer.offer_words(*section, before.tokens);
  return out;
}

}  // namespace syntax
