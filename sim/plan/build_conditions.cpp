// What is expected, or must never be: conditions with their windows.
#include "sim/plan/plan_builder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/syntax/suggest.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

Transport transport(const Node& node) {
  const std::string word = node.text_or("transport", "any");
  return word == "tls" ? Transport::tls : word == "plain" ? Transport::plain : Transport::any;
}

}  // namespace

std::string PlanBuilder::verb(const Node& node, std::string_view argument) {
  std::string text = node.text(argument);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::vector<int> PlanBuilder::codes(const Node& node, std::string_view argument) {
  std::vector<int> result;
  for (const std::string& word : node.texts(argument))
    result.push_back(word == "lost" ? Answered::lost : std::stoi(word));
  return result;
}

std::vector<Condition> PlanBuilder::conditions(const Node& node) {
  const std::string kind = node.id().substr(node.id().find('.') + 1);
  if (kind == "queue-empty") return {QueueEmpty{}};
  if (kind == "sees") {
    if (!peer_exists(node)) return {};
    return {SeesVerb{node.text("peer"), verb(node, "verb")}};
  }
  if (kind == "client") return client_decision(node);
  const Message* message = message_named(node);
  if (!message) return {};
  if (kind == "reads" || kind == "refused")
    return {Reads{node.text("recipient"), message->name, kind == "refused",
                  node.text_or("because", "")}};
  const bool final_answer = kind == "answered" && !node.has("each") && !node.has("recipient");
  if (final_answer)
    return {Answered{message->name, codes(node, "code"), {}, codes(node, "tolerated")}};
  const bool at_peer = kind == "receives" || kind == "report" || kind == "notice";
  if (at_peer && !peer_exists(node)) return {};
  if (kind == "notice") {
    return {ReceivesReport{node.text("peer"), message->name, message->message_id,
                           node.text_or("owner", ""), "notice", node.text_or("because", "")}};
  }
  std::vector<Condition> result;
  for (std::string& recipient : recipients_meant(node, *message)) {
    if (kind == "answered") {
      result.push_back(Answered{message->name, codes(node, "code"), std::move(recipient),
                                codes(node, "tolerated")});
      continue;
    }
    if (kind == "outcome") {
      if (auto found = outcome(node, "outcome", *message, std::move(recipient)))
        result.push_back(*std::move(found));
      continue;
    }
    if (kind == "report") {
      result.push_back(ReceivesReport{node.text("peer"), message->name, message->message_id,
                                      std::move(recipient), node.text("action"),
                                      node.text_or("because", "")});
      continue;
    }
    if (kind == "queue") {
      result.push_back(InQueue{message->name, std::move(recipient), node.text("queue"),
                               node.text_or("reason", "")});
      continue;
    }
    Receives receives{node.text("peer"), message->name, std::move(recipient), transport(node)};
    receives.headers = node.texts("header");
    receives.absent = node.texts("absent");
    for (const std::string& header : receives.headers)
      if (header.find(':') == std::string::npos)
        diagnostics_.error(node.span("header"), fmt::format("'{}' is no header field", header),
                           "write \"name:value\"");
    result.push_back(std::move(receives));
  }
  return result;
}

// An encryption server is on the way, not at its end.
std::optional<Condition> PlanBuilder::outcome(const Node& node, std::string_view argument,
                                              const Message& message, std::string recipient) {
  const bool delivered = node.text(argument) == "delivered";
  const std::string& whose = delivered ? recipient : message.sender;
  const std::string domain = whose.substr(whose.rfind('@') + 1);
  std::vector<std::string> peers;
  for (const Mx& mx : plan_.mxs)
    if (!mx.encryption &&
        std::find(mx.domains.begin(), mx.domains.end(), domain) != mx.domains.end())
      peers.push_back(mx.name);
  if (peers.empty()) {
    diagnostics_.error(
        node.span(argument),
        fmt::format("nobody here would see that '{}' is {}", message.name, node.text(argument)),
        domain.empty()
            ? "its sender is told nothing, for it has none: expect the queue to be empty"
            : fmt::format("declare who takes mail for it: mx mx.{} for {}", domain, domain));
    return std::nullopt;
  }
  return Outcome{delivered ? Outcome::Kind::delivered : Outcome::Kind::expired, message.name,
                 message.message_id, std::move(recipient), std::move(peers)};
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

const Message* PlanBuilder::message_named(const Node& node, std::string_view argument) {
  const std::string& name = node.text(argument);
  if (const Message* message = plan_.find_message(name)) return message;
  std::vector<std::string> names;
  for (const Message& message : plan_.messages) names.push_back(message.name);
  const auto near = syntax::nearest(name, names);
  diagnostics_.error(node.span(argument), fmt::format("no message '{}' is sent", name),
                     near.empty() ? "" : fmt::format("did you mean '{}'?", near));
  return nullptr;
}

bool PlanBuilder::peer_exists(const Node& node, std::string_view argument) {
  const std::string& name = node.text(argument);
  std::vector<std::string> names;
  for (const Mx& mx : plan_.mxs) {
    if (mx.name == name) return true;
    names.push_back(mx.name);
  }
  if (is_cloud(name)) return true;
  if (plan_.cloud) names.push_back(plan_.cloud->name);
  const auto near = syntax::nearest(name, names);
  diagnostics_.error(node.span(argument), fmt::format("there is no peer '{}'", name),
                     near.empty() ? fmt::format("declare it: mx {} for <domain>", name)
                                  : fmt::format("did you mean '{}'?", near));
  return false;
}

}  // namespace sealcheck::plan
