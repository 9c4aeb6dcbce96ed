#include "reference/syntax/parser.hpp"

#include <fmt/format.h>

#include <utility>

#include "reference/syntax/lexer.hpp"

namespace syntax {
namespace {

using Kind = Lexeme::Kind;

class Parser {
 public:
  Parser(const SourceFile& file, Diagnostics& diagnostics, const Limits& limits)
      : diagnostics_(diagnostics), limits_(limits), lexer_(file, diagnostics) {
    advance();
  }

  void parse_file(Tree& tree) {
    while (true) {
      parse_statements(tree.statements, tree.last_comments);
      if (look_.kind == Kind::end) return;
      diagnostics_.error(look_.span, "this '}' closes no block");
      advance();
    }
  }

 private:
  void advance() { look_ = lexer_.next(); }

  // Until the '}' of the block around, or the end, neither of which it takes.
  void parse_statements(std::vector<Statement>& into, std::vector<Comment>& last_comments) {
    std::vector<Comment> comments;
    bool blank = false;  // an empty line since the last statement or comment
    bool line_is_empty =
        false;  // nothing but blanks on this line so far (a '{' may stand on the first)
    bool statement_here = false;  // the last statement (or its '}') stands on this line
    while (look_.kind != Kind::close && look_.kind != Kind::end) {
      switch (look_.kind) {
        case Kind::newline:
          if (line_is_empty) blank = true;
          line_is_empty = true;
          statement_here = false;
          advance();
          break;
        case Kind::separator:
          advance();
          break;
        case Kind::comment:
          if (statement_here && into.back().trailing_comment.empty()) {
            into.back().trailing_comment = std::move(look_.text);
          } else {
            comments.push_back({std::move(look_.text), blank});
            blank = false;
          }
          line_is_empty = false;
          advance();
          break;
        case Kind::open:
          refuse_block_without_statement();
          line_is_empty = false;
          break;
        default:
          into.push_back(parse_statement());
          into.back().comments = std::exchange(comments, {});
          into.back().blank_before = std::exchange(blank, false);
          line_is_empty = false;
          statement_here = true;
      }
    }
    for (auto& comment : comments) last_comments.push_back(std::move(comment));
  }

  Statement parse_statement() {
    Statement statement;
    while (look_.kind == Kind::word || look_.kind == Kind::string) {
      const auto kind = look_.kind == Kind::word ? Token::Kind::word : Token::Kind::string;
      statement.tokens.push_back({kind, std::move(look_.text), look_.span});
      advance();
    }
    if (look_.kind == Kind::open) statement.block = parse_block();
    return statement;
  }

  Block parse_block() {
    Block block;
    block.open = look_.span;
    if (depth_ == limits_.depth) {
      diagnostics_.error(look_.span,
                         fmt::format("blocks are nested more than {} deep", limits_.depth));
      skip_block();
      return block;
    }
    ++depth_;
    const auto* file = look_.span.file;
    advance();
    if (look_.kind == Kind::comment) {
      block.opening_comment = std::move(look_.text);
      advance();
    }
    parse_statements(block.statements, block.last_comments);
    --depth_;
    if (look_.kind == Kind::end) {
      // Those around it are not closed either: once is enough.
      if (!std::exchange(end_reported_, true))
        diagnostics_.error(block.open, "this block is never closed",
                           "each '{' needs a '}' of its own");
      return block;
    }
    block.close = look_.span;
    block.on_one_line =
        file->text().substr(block.open.begin, block.close.begin - block.open.begin).find('\n') ==
        std::string_view::npos;
    advance();
    return block;
  }

  // Behind the '}' that belongs to the '{' at hand, or at the end.
  void skip_block() {
    std::size_t open = 0;
    do {
      if (look_.kind == Kind::open) ++open;
      if (look_.kind == Kind::close) --open;
      advance();
    } while (open > 0 && look_.kind != Kind::end);
    end_reported_ = end_reported_ || open > 0;
  }

  void refuse_block_without_statement() {
    diagnostics_.error(look_.span, "a block without a statement",
                       "the '{' stands on the line of its statement");
    parse_block();
  }

  Diagnostics& diagnostics_;
  const Limits& limits_;
  Lexer lexer_;
  Lexeme look_;
  std::size_t depth_ = 0;
  bool end_reported_ = false;
};

}  // namespace

Tree parse(std::string name, std::string text, Diagnostics& diagnostics, const Limits& limits) {
  Tree tree;
  if (text.size() > limits.file_bytes) {
    const auto size = text.size();
    tree.source = std::make_shared<SourceFile>(std::move(name), std::string());
    diagnostics.keep(tree.source);
    diagnostics.error({tree.source.get(), 0, 0},
                      fmt::format("the file has {} bytes, more than the {} that are allowed", size,
                                  limits.file_bytes));
    return tree;
  }
  tree.source = std::make_shared<SourceFile>(std::move(name), std::move(text));
  diagnostics.keep(tree.source);
  Parser(*tree.source, diagnostics, limits).parse_file(tree);
  return tree;
}

}  // namespace syntax
