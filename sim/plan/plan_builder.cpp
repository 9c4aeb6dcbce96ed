#include "sim/plan/plan_builder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/syntax/suggest.hpp"

namespace sealcheck::plan {

using syntax::Node;

void PlanBuilder::build(const std::vector<Node>& nodes,
                        const std::vector<syntax::Statement>& statements) {
  // The environment is complete before the script's first statement (rule 1).
  const Node* gateway = nullptr;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    if (node.is("gateway")) {
      gateway = &node;
      settings_ = statements[i].block->statements;
    }
    if (node.is("mx")) add_mx(node);
    if (node.is("encryption-server")) add_encryption_server(node);
    if (node.is("cloud")) add_cloud(node);
    if (node.is("certificate-file")) add_certificate_file(node);
    if (node.is("key-file")) add_key_file(node);
    if (node.is("dns") && node.has("second")) plan_.second_dns.emplace();
    read_header(node);
  }
  plan_.gateway.protected_domains = settings_values(settings_, "protected-domain");
  if (plan_.gateway.protected_domains.empty()) plan_.gateway.protected_domains = {"corp.test"};
  for (const Node& node : nodes)
    if (node.is("send") || node.is("message")) add_message(node);
  for (const Node& node : nodes)
    if (node.is("client")) origin_for("client@" + node.text("domain"));
  for (const Node& node : nodes)
    if (node.is("opens")) add_recipient(node.text("recipient"));
  for (const Node& node : nodes)
    if (node.is("looks")) origin_for(std::string(looking_client));
  for (const Node& node : nodes)
    if (node.is("public")) set_public_networks(node);
  set_gateway(gateway);
  add_dns(nodes);
  for (const Node& node : nodes) {
    if (node.is("path")) add_path(node);
    if (node.is("phase") && peer_exists(node) &&
        !phases_.emplace(std::pair(node.text("peer"), node.text("phase")), phase_of(node)).second)
      diagnostics_.error(
          node.span("phase"),
          fmt::format("{} already has a phase '{}'", node.text("peer"), node.text("phase")),
          "give each phase a name of its own");
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) add_step(nodes[i], statements[i]);
}

void PlanBuilder::read_header(const Node& node) {
  if (node.is("covers"))
    for (const std::string& id : requirements(node)) plan_.requirements.push_back(id);
  if (node.is("tags")) plan_.tags = node.texts("tag");
  if (node.is("under-test")) plan_.sut = node.text("sut");
  if (node.is("must-fail")) plan_.must_fail_with = node.text("text");
  if (node.is("budget")) read_budget(node);
}

std::vector<std::string> settings_values(const std::vector<syntax::Statement>& block,
                                         std::string_view word) {
  std::vector<std::string> values;
  for (const syntax::Statement& statement : block)
    if (statement.starts_with(word))
      for (std::size_t i = 1; i < statement.tokens.size(); ++i)
        values.push_back(statement.tokens[i].text);
  return values;
}

std::vector<std::string> PlanBuilder::requirements(const Node& node) {
  std::vector<std::string> ids;
  for (const syntax::Argument& argument : node.arguments()) {
    if (argument.name != "requirement") continue;
    const std::string& id = argument.value.text;
    if (!catalogue_.contains(id)) {
      std::vector<std::string> known;
      for (const auto& entry : catalogue_.texts()) known.push_back(entry.first);
      const auto near = syntax::nearest(id, known);
      diagnostics_.error(argument.value.span, fmt::format("there is no requirement {}", id),
                         near.empty() ? "docs/requirements/catalogue.req lists them"
                                      : fmt::format("did you mean {}?", near));
    }
    ids.push_back(id);
  }
  return ids;
}

void PlanBuilder::push(Action action, const Node& node) {
  plan_.steps.push_back({std::move(action),
                         node.is("covers") ? std::vector<std::string>{} : requirements(node),
                         place(node.span())});
}

Place PlanBuilder::place(const syntax::Span& span) const {
  const std::size_t line = span.file->position(span.begin).line;
  std::string source(span.file->line(line));
  source.erase(0, source.find_first_not_of(" \t"));
  return {syntax::to_string(span), source};
}

}  // namespace sealcheck::plan
