#include "reference/syntax/node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "reference/syntax/values.hpp"

namespace syntax {
namespace {

template <class T>
T value_of(const std::optional<T>& value, const Node& node, std::string_view name) {
  if (value) return *value;
  throw std::logic_error(fmt::format("argument '{}' of '{}' has another type", name, node.id()));
}

}  // namespace

const Argument& Node::argument(std::string_view name) const {
  const auto at = std::find_if(arguments_.begin(), arguments_.end(),
                               [&](const Argument& a) { return a.name == name; });
  if (at != arguments_.end()) return *at;
  throw std::logic_error(fmt::format("'{}' has no argument '{}' here", id(), name));
}

bool Node::has(std::string_view name) const {
  return std::any_of(arguments_.begin(), arguments_.end(),
                     [&](const Argument& a) { return a.name == name; });
}

const std::string& Node::text(std::string_view name) const {
  return argument(name).value.text;
}

std::string Node::text_or(std::string_view name, std::string_view otherwise) const {
  return has(name) ? text(name) : std::string(otherwise);
}

std::vector<std::string> Node::texts(std::string_view name) const {
  std::vector<std::string> out;
  for (const auto& argument : arguments_) {
    if (argument.name == name) out.push_back(argument.value.text);
  }
  return out;
}

std::int64_t Node::integer(std::string_view name) const {
  return value_of(parse_integer(text(name)), *this, name);
}

std::chrono::nanoseconds Node::duration(std::string_view name) const {
  return value_of(parse_duration(text(name)), *this, name);
}

std::int64_t Node::size(std::string_view name) const {
  return value_of(parse_size(text(name)), *this, name);
}

const Span& Node::span(std::string_view name) const {
  return argument(name).value.span;
}

const Node* Node::child(std::string_view id) const {
  const auto at = std::find_if(children_.begin(), children_.end(),
                               [&](const Node& node) { return node.is(id); });
  return at == children_.end() ? nullptr : &*at;
}

std::vector<const Node*> Node::children_of(std::string_view id) const {
  std::vector<const Node*> out;
  for (const auto& node : children_) {
    if (node.is(id)) out.push_back(&node);
  }
  return out;
}

void Node::set_block(std::vector<Node> children) {
  children_ = std::move(children);
  has_block_ = true;
}

}  // namespace syntax
