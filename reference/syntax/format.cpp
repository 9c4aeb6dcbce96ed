#include "reference/syntax/format.hpp"

#include "reference/syntax/lexer.hpp"

namespace syntax {
namespace {

constexpr std::size_t indent_width = 4;
constexpr std::size_t line_columns_max = 100;

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::string spelling(const Token& token) {
  if (token.span.file) return std::string(token.span.text());
  return token.is_string() ? quote(token.text) : token.text;
}

// Whether the author ended a line between the two.
bool broken_before(const Token& token, const Token& last) {
  if (!token.span.file || token.span.file != last.span.file) return false;
  const auto between = Span{token.span.file, last.span.end, token.span.begin}.text();
  return between.find('\n') != std::string_view::npos;
}

std::string head(const Statement& statement) {
  std::string out;
  for (const auto& token : statement.tokens) {
    if (!out.empty()) out += ' ';
    out += spelling(token);
  }
  return out;
}

// The statement on one line, without comments; empty when it must not stand on one.
std::string one_line(const Statement& statement) {
  auto out = head(statement);
  if (!statement.block) return out;
  const auto& block = *statement.block;
  const bool commented = !block.opening_comment.empty() || !block.last_comments.empty();
  if (commented || block.statements.size() > 1) return {};
  if (block.statements.empty()) return out + " { }";
  const auto& only = block.statements.front();
  if (!block.on_one_line || !only.comments.empty() || !only.trailing_comment.empty()) return {};
  const auto inner = one_line(only);
  return inner.empty() ? std::string() : out + " { " + inner + " }";
}

class Formatter {
 public:
  std::string take() { return std::move(out_); }

  void comments(const std::vector<Comment>& comments, std::size_t depth, bool first) {
    for (const auto& comment : comments) {
      if (comment.blank_before && !first) out_ += '\n';
      line(comment.text, depth);
      first = false;
    }
  }

  void statements(const std::vector<Statement>& statements, std::size_t depth) {
    bool first = true;
    for (const auto& item : statements) {
      statement(item, depth, first);
      first = false;
    }
  }

  // What stands before the block, on several lines where the author broke it and it needs them.
  std::string head_at(const Statement& item, std::size_t depth, std::string_view end) const {
    auto out = head(item) + std::string(end);
    if (depth * indent_width + columns(out) <= line_columns_max) return out;
    out.clear();
    for (const auto& token : item.tokens) {
      if (&token != &item.tokens.front())
        out += broken_before(token, *(&token - 1))
                   ? " \\\n" + std::string((depth + 1) * indent_width, ' ')
                   : " ";
      out += spelling(token);
    }
    return out + std::string(end);
  }

  void statement(const Statement& item, std::size_t depth, bool first) {
    comments(item.comments, depth, first);
    if (item.blank_before && !(first && item.comments.empty())) out_ += '\n';
    const auto short_form = one_line(item);
    const bool fits = depth * indent_width + columns(short_form) <= line_columns_max;
    if (!short_form.empty() && (fits || !item.block || item.block->statements.empty())) {
      const auto whole = item.block ? (fits ? short_form : head_at(item, depth, " { }"))
                                    : head_at(item, depth, "");
      line(whole + behind(item.trailing_comment), depth);
      return;
    }
    const auto& block = *item.block;
    line(head_at(item, depth, " {") + behind(block.opening_comment), depth);
    statements(block.statements, depth + 1);
    comments(block.last_comments, depth + 1, block.statements.empty());
    line("}" + behind(item.trailing_comment), depth);
  }

 private:
  static std::string behind(const std::string& comment) {
    return comment.empty() ? std::string() : "  " + comment;
  }

  void line(const std::string& text, std::size_t depth) {
    out_.append(depth * indent_width, ' ');
    out_ += text;
    out_ += '\n';
  }

  std::string out_;
};

}  // namespace

std::string format(const Tree& tree) {
  Formatter formatter;
  formatter.statements(tree.statements, 0);
  formatter.comments(tree.last_comments, 0, tree.statements.empty());
  return formatter.take();
}

std::string format(const Statement& statement, std::size_t depth) {
  Formatter formatter;
  formatter.statement(statement, depth, true);
  return formatter.take();
}

}  // namespace syntax
