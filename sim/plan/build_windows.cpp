// When something is expected: the window's ends, and what they count from.
#include <fmt/format.h>

#include <algorithm>

#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

Window PlanBuilder::window(const Node& node) {
  Window window;
  if (node.has("from")) window.from_ns = node.duration("from").count();
  if (node.has("to")) window.to_ns = node.duration("to").count();
  if (window.from_ns && window.to_ns && *window.from_ns > *window.to_ns)
    diagnostics_.error(node.span("from"), "the window ends before it begins",
                       "write the smaller duration first");
  const bool counts_from_event = node.has("after-peer") || node.has("after-message");
  if (counts_from_event) window.after = awaited(node);
  if (node.has("anchor")) window.anchor = anchor(node);
  // With no durations: at any time after it.
  if ((counts_from_event || node.has("anchor")) && !window.to_ns) window.from_ns = 0;
  return window;
}

Anchor PlanBuilder::anchor(const Node& node) {
  const std::string& word = node.text("anchor");
  const auto is_anchor = [&](const Step& step) {
    const auto& action = step.action;
    if (word == "send")
      return std::holds_alternative<Send>(action) || std::holds_alternative<Talk>(action);
    if (word == "restart") return std::holds_alternative<Restart>(action);
    if (word == "admin") return std::holds_alternative<Admin>(action);
    return std::holds_alternative<Change>(action) || std::holds_alternative<ChangePath>(action) ||
           std::holds_alternative<ChangeDns>(action) ||
           std::holds_alternative<ChangeEncryption>(action) ||
           std::holds_alternative<ChangeDisk>(action);
  };
  if (std::none_of(plan_.steps.begin(), plan_.steps.end(), is_anchor))
    diagnostics_.error(node.span("anchor"), fmt::format("there is no {} before this line", word));
  return word == "send"      ? Anchor::last_send
         : word == "restart" ? Anchor::last_restart
         : word == "admin"   ? Anchor::last_admin
                             : Anchor::last_change;
}

std::optional<Condition> PlanBuilder::awaited(const Node& node) {
  if (node.has("after-peer") && !peer_exists(node, "after-peer")) return std::nullopt;
  if (node.has("after-verb")) return SeesVerb{node.text("after-peer"), verb(node, "after-verb")};
  const Message* message = message_named(node, "after-message");
  if (!message) return std::nullopt;
  if (node.has("after-code")) return Answered{message->name, codes(node, "after-code")};
  const auto& all = message->recipients;
  const std::string recipient = node.text_or("after-recipient", all.front());
  if (!node.has("after-recipient") && all.size() > 1)
    diagnostics_.error(node.span("after-message"),
                       fmt::format("'{}' has {} recipients", message->name, all.size()),
                       fmt::format("write '{} for {}'", message->name, all.front()));
  if (std::find(all.begin(), all.end(), recipient) == all.end())
    diagnostics_.error(node.span("after-recipient"),
                       fmt::format("'{}' is not sent to {}", message->name, recipient),
                       fmt::format("it goes to {}", fmt::join(all, ", ")));
  if (node.has("after-outcome")) return outcome(node, "after-outcome", *message, recipient);
  return Receives{node.text("after-peer"), message->name, recipient, Transport::any};
}

}  // namespace sealcheck::plan
