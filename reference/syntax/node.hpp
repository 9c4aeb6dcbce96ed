// A checked statement: which declaration it is, its arguments by name, and the statements of its
// block.
//
// Nodes own their values; they refer to the vocabulary and to the source files, which must outlive
// them. Asking for an argument that is absent, or for a value that its declared type does not
// promise, is the programmer's mistake: std::logic_error. Ask has() first for what a pattern leaves
// optional.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reference/syntax/tree.hpp"
#include "reference/syntax/vocabulary.hpp"

namespace syntax {

struct Argument {
  std::string_view name;  ///< the vocabulary's
  Token value;
};

class Node {
 public:
  Node(const Declaration& declaration, std::vector<Argument> arguments, Span span)
      : declaration_(&declaration), arguments_(std::move(arguments)), span_(span) {}

  const std::string& id() const { return declaration_->id; }
  bool is(std::string_view id) const { return declaration_->id == id; }
  const Declaration& declaration() const { return *declaration_; }
  /// In the order of the statement.
  const std::vector<Argument>& arguments() const { return arguments_; }
  /// The statement without its block.
  const Span& span() const { return span_; }
  bool has_block() const { return has_block_; }

  bool has(std::string_view name) const;
  /// The first value of that name; integer(), duration(), size() and span() also take the first.
  const std::string& text(std::string_view name) const;
  std::string text_or(std::string_view name, std::string_view otherwise) const;
  std::vector<std::string> texts(std::string_view name) const;
  std::int64_t integer(std::string_view name) const;
  std::chrono::nanoseconds duration(std::string_view name) const;
  /// In bytes.
  std::int64_t size(std::string_view name) const;
  const Span& span(std::string_view name) const;

  const std::vector<Node>& children() const { return children_; }
  /// The first child of that declaration, null when there is none.
  const Node* child(std::string_view id) const;
  std::vector<const Node*> children_of(std::string_view id) const;

  void set_block(std::vector<Node> children);

 private:
  const Argument& argument(std::string_view name) const;

  const Declaration* declaration_;
  std::vector<Argument> arguments_;
  std::vector<Node> children_;
  Span span_;
  bool has_block_ = false;
};

}  // namespace syntax
