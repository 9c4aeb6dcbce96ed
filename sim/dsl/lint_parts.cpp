#include "sim/dsl/lint_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace sealcheck::dsl {

using syntax::Node;

void warn(Warnings& warnings, const syntax::Span& span, std::string message, std::string hint) {
  warnings.push_back({syntax::Severity::warning, span, std::move(message), std::move(hint)});
}

std::string domain_of(const std::string& address) {
  return address.substr(address.rfind('@') + 1);
}

bool names(const Node& node, const std::string& name) {
  const auto& arguments = node.arguments();
  return std::any_of(arguments.begin(), arguments.end(),
                     [&](const auto& a) { return a.value.text == name; }) ||
         std::any_of(node.children().begin(), node.children().end(),
                     [&](const Node& child) { return names(child, name); });
}

std::set<std::string> recipient_domains(const Statements& scenario) {
  std::set<std::string> domains;
  for (const Node& node : scenario)
    if (node.is("send"))
      for (const auto& recipient : node.texts("recipient")) domains.insert(domain_of(recipient));
  return domains;
}

std::string meaning(const Node& node) {
  std::string text = node.id();
  for (const auto& argument : node.arguments())
    if (argument.name != "requirement" && argument.name != "ever")
      text += fmt::format(" {}={}", argument.name, argument.value.text);
  return text;
}

}  // namespace sealcheck::dsl
