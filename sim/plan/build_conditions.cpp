// What is expected, or must never be: conditions with their windows.
#include "sim/plan/plan_builder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/syntax/suggest.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

std::string to_upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

}  // namespace

std::vector<Condition> PlanBuilder::conditions(const Node& node) {
  const std::string kind = node.id().substr(node.id().find('.') + 1);
  if (kind == "queue-empty") return {QueueEmpty{}};
  if (kind == "sees") {
    if (!peer_exists(node)) return {};
    return {SeesVerb{node.text("peer"), to_upper(node.text("verb"))}};
  }
  const Message* message = message_named(node);
  if (!message) return {};
  if (kind == "answered") {
    Answered answered{message->name, {}};
    for (const std::string& code : node.texts("code"))
      answered.codes.push_back(code == "lost" ? Answered::lost : std::stoi(code));
    return {std::move(answered)};
  }
  if (kind == "receives" && !peer_exists(node)) return {};
  std::vector<Condition> result;
  for (std::string& recipient : recipients_meant(node, *message)) {
    if (kind == "queue") {
      result.push_back(InQueue{message->name, std::move(recipient), node.text("queue"),
                               node.text_or("reason", "")});
      continue;
    }
    const std::string transport = node.text_or("transport", "any");
    result.push_back(Receives{node.text("peer"), message->name, std::move(recipient),
                              transport == "tls"     ? Transport::tls
                              : transport == "plain" ? Transport::plain
                                                     : Transport::any});
  }
  return result;
}

std::vector<std::string> PlanBuilder::recipients_meant(const Node& node, const Message& message) {
  if (node.has("each")) return message.recipients;
  if (!node.has("recipient")) {
    if (message.recipients.size() == 1) return message.recipients;
    diagnostics_.error(
        node.span("message"),
        fmt::format("'{}' has {} recipients", message.name, message.recipients.size()),
        fmt::format("write '{} for each' or '{} for {}'", message.name, message.name,
                    message.recipients.front()));
    return {};
  }
  const std::string& recipient = node.text("recipient");
  const auto& all = message.recipients;
  if (std::find(all.begin(), all.end(), recipient) != all.end()) return {recipient};
  diagnostics_.error(node.span("recipient"),
                     fmt::format("'{}' is not sent to {}", message.name, recipient),
                     fmt::format("it goes to {}", fmt::join(all, ", ")));
  return {};
}

const Message* PlanBuilder::message_named(const Node& node) {
  const std::string& name = node.text("message");
  if (const Message* message = plan_.find_message(name)) return message;
  std::vector<std::string> names;
  for (const Message& message : plan_.messages) names.push_back(message.name);
  const auto near = syntax::nearest(name, names);
  diagnostics_.error(node.span("message"), fmt::format("no message '{}' is sent", name),
                     near.empty() ? "" : fmt::format("did you mean '{}'?", near));
  return nullptr;
}

bool PlanBuilder::peer_exists(const Node& node) {
  const std::string& name = node.text("peer");
  std::vector<std::string> names;
  for (const Mx& mx : plan_.mxs) {
    if (mx.name == name) return true;
    names.push_back(mx.name);
  }
  const auto near = syntax::nearest(name, names);
  diagnostics_.error(node.span("peer"), fmt::format("there is no peer '{}'", name),
                     near.empty() ? fmt::format("declare it: mx {} for <domain>", name)
                                  : fmt::format("did you mean '{}'?", near));
  return false;
}

Window PlanBuilder::window(const Node& node) {
  Window window;
  if (node.has("from")) window.from_ns = node.duration("from").count();
  if (node.has("to")) window.to_ns = node.duration("to").count();
  if (window.from_ns && window.to_ns && *window.from_ns > *window.to_ns)
    diagnostics_.error(node.span("from"), "the window ends before it begins",
                       "write the smaller duration first");
  if (!node.has("anchor")) return window;
  const std::string& anchor = node.text("anchor");
  window.anchor = anchor == "send"     ? Anchor::last_send
                  : anchor == "change" ? Anchor::last_change
                  : anchor == "admin"  ? Anchor::last_admin
                                       : Anchor::last_restart;
  const auto is_anchor = [&](const Step& step) {
    return (anchor == "send" && std::holds_alternative<Send>(step.action)) ||
           (anchor == "change" && (std::holds_alternative<Change>(step.action) ||
                                   std::holds_alternative<ChangePath>(step.action) ||
                                   std::holds_alternative<ChangeDns>(step.action))) ||
           (anchor == "admin" && std::holds_alternative<Admin>(step.action)) ||
           (anchor == "restart" && std::holds_alternative<Restart>(step.action));
  };
  if (std::none_of(plan_.steps.begin(), plan_.steps.end(), is_anchor))
    diagnostics_.error(node.span("anchor"), fmt::format("there is no {} before this line", anchor));
  if (!window.to_ns)
    diagnostics_.error(node.span("anchor"), "'after' says from when a window counts",
                       fmt::format("write: within <duration> after {}", anchor));
  return window;
}

}  // namespace sealcheck::plan
