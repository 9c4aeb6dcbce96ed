// The steps of a plan, in the order of the file.
#include "sim/plan/plan_builder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/syntax/suggest.hpp"
#include "sim/plan/message_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

void PlanBuilder::add_step(const Node& node, const syntax::Statement& statement) {
  if (node.is("send")) {
    const std::string& name = node.text("message");
    for (std::size_t i = 0; i < plan_.messages.size(); ++i)
      if (plan_.messages[i].name == name) push(Send{i, !node.has("async")}, node);
  } else if (node.is("change")) {
    add_change(node);
  } else if (node.is("change-dns")) {
    add_dns_change(node);
  } else if (node.is("change-path")) {
    add_path_change(node);
  } else if (add_fault(node) || add_admin(node, statement)) {
    return;
  } else if (node.id().starts_with("expect.")) {
    add_expect(node);
  } else if (node.id().starts_with("never.")) {
    add_never(node);
  }
}

void PlanBuilder::add_send(const Node& node) {
  Message message;
  message.name = node.text("message");
  if (plan_.find_message(message.name)) {
    diagnostics_.error(node.span("message"), fmt::format("'{}' is already sent", message.name),
                       "give each message a name of its own");
    return;
  }
  message.sender = node.text("sender");
  message.recipients = node.texts("recipient");
  message.origin = origin_for(message.sender);
  message.place = place(node.span());
  MessageText text{"a message", "Nothing to see here."};
  const Node* eml = node.child("eml");
  for (const Node& child : node.children()) {
    if (child.is("subject")) text.subject = child.text("text");
    if (child.is("body")) text.body = child.text("text");
    if (child.is("body-of")) text.filler_bytes = static_cast<std::size_t>(child.size("size"));
    if (eml && (child.is("subject") || child.is("body") || child.is("body-of")))
      diagnostics_.error(child.span(), "an .eml file has its own subject and body",
                         "leave one of the two out");
    if (!child.is("sealed")) continue;
    const std::string& boundary = child.text("boundary");
    message.sealed_beyond = boundary == "gateway" ? Boundary::gateway
                            : boundary == "cloud" ? Boundary::cloud
                                                  : Boundary::encryption_group;
  }
  if (!eml) {
    build_message(message, text, plan_.id);
  } else {
    const std::string path = syntax::resolve(node.span().file->name(), eml->text("path"));
    const auto content = reader_(path);
    if (content)
      adopt_message(message, *content);
    else
      diagnostics_.error(eml->span("path"),
                         fmt::format("cannot read {}: {}", path, content.error().message()),
                         "the path is relative to the scenario file");
  }
  plan_.messages.push_back(std::move(message));
}

void PlanBuilder::add_change(const Node& node) {
  if (!peer_exists(node)) return;
  push(Change{node.text("peer"), mx_phase(node), node.has("drop")}, node);
}

void PlanBuilder::add_expect(const Node& node) {
  for (Condition& condition : conditions(node))
    push(Expect{std::move(condition), window(node)}, node);
}

void PlanBuilder::add_never(const Node& node) {
  for (Condition& condition : conditions(node))
    push(Never{std::move(condition), node.has("ever")}, node);
}

}  // namespace sealcheck::plan
