#include "sim/plan/plan_builder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/syntax/format.hpp"
#include "reference/syntax/suggest.hpp"
#include "sim/plan/message_builder.hpp"

namespace sealcheck::plan {
namespace {

using syntax::Node;

// The three documentation networks of RFC 5737, one for each party.
constexpr const char* inside_network = "192.0.2.";
constexpr const char* outside_network = "198.51.100.";
constexpr const char* mx_network = "203.0.113.";
constexpr const char* gateway_address = "192.0.2.1";
constexpr const char* dns_address = "192.0.2.53";

std::string domain_of(const std::string& address) {
  return address.substr(address.rfind('@') + 1);
}

std::string to_upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

// What one statement of a settings block says: its first token's words.
std::vector<std::string> values_of(const std::vector<syntax::Statement>& block,
                                   std::string_view word) {
  std::vector<std::string> values;
  for (const syntax::Statement& statement : block)
    if (statement.starts_with(word))
      for (std::size_t i = 1; i < statement.tokens.size(); ++i)
        values.push_back(statement.tokens[i].text);
  return values;
}

}  // namespace

void PlanBuilder::build(const std::vector<Node>& nodes,
                        const std::vector<syntax::Statement>& gateway_block) {
  // The environment is complete before the script's first statement (rule 1).
  const Node* gateway = nullptr;
  for (const Node& node : nodes) {
    if (node.is("gateway")) gateway = &node;
    if (node.is("mx")) add_mx(node);
    read_header(node);
  }
  plan_.gateway.protected_domains = values_of(gateway_block, "protected-domain");
  if (plan_.gateway.protected_domains.empty()) plan_.gateway.protected_domains = {"corp.test"};
  for (const Node& node : nodes)
    if (node.is("send")) add_send(node);
  set_gateway(gateway, gateway_block);
  for (const Node& node : nodes) add_step(node);
}

void PlanBuilder::read_header(const Node& node) {
  if (node.is("covers"))
    for (const std::string& id : requirements(node)) plan_.requirements.push_back(id);
  if (node.is("tags")) plan_.tags = node.texts("tag");
  if (node.is("under-test")) plan_.sut = node.text("sut");
  if (node.is("must-fail")) plan_.must_fail_with = node.text("text");
}

// --- the cast
// --------------------------------------------------------------------------------------

std::string PlanBuilder::next_address(const char* network, int& last) {
  return network + std::to_string(++last);
}

void PlanBuilder::add_mx(const Node& node) {
  Mx mx;
  mx.name = node.text("name");
  const auto same_name = [&](const Mx& other) { return other.name == mx.name; };
  if (std::any_of(plan_.mxs.begin(), plan_.mxs.end(), same_name)) {
    diagnostics_.error(node.span("name"), fmt::format("there is already an actor '{}'", mx.name),
                       "give each mail exchanger a name of its own");
    return;
  }
  mx.address = next_address(mx_network, last_mx_);
  mx.domains = node.texts("domain");
  if (node.has("preference"))
    mx.preference = static_cast<std::uint16_t>(node.integer("preference"));
  mx.phase = mx_phase(node);
  for (const std::string& domain : mx.domains)
    plan_.dns.records.push_back({domain, "MX", fmt::format("{} {}.", mx.preference, mx.name)});
  plan_.dns.records.push_back({mx.name, "A", mx.address});
  plan_.mxs.push_back(std::move(mx));
}

MxPhase PlanBuilder::mx_phase(const Node& node) {
  static const std::map<std::string, StartTls> ways{
      {"works", StartTls::works},     {"not-offered", StartTls::not_offered},
      {"refused", StartTls::refused}, {"alert", StartTls::alert},
      {"eof", StartTls::eof},         {"reset", StartTls::reset},
      {"stall", StartTls::stall}};
  MxPhase phase;
  for (const Node& child : node.children()) {
    if (child.is("starttls")) {
      phase.starttls = ways.at(child.text("way"));
      if (child.has("code")) phase.refusal_code = static_cast<int>(child.integer("code"));
      if (child.has("alert")) phase.alert = child.text("alert");
    } else {
      phase.replies.push_back({child.text("verb"), static_cast<int>(child.integer("code")),
                               child.text_or("enhanced", ""), child.text_or("text", "as told")});
    }
    if (child.has("code") && (child.integer("code") < 200 || child.integer("code") > 599))
      diagnostics_.error(child.span("code"), "a reply code lies between 200 and 599");
  }
  return phase;
}

void PlanBuilder::set_gateway(const Node* node, const std::vector<syntax::Statement>& block) {
  Gateway& gateway = plan_.gateway;
  gateway.name = "gw." + gateway.protected_domains.front();
  const auto hostname = values_of(block, "hostname");
  if (!hostname.empty()) gateway.name = hostname.front();
  if (node && node->has("name")) gateway.name = node->text("name");
  gateway.address = gateway_address;
  plan_.dns.name = "dns." + gateway.protected_domains.front();
  plan_.dns.address = dns_address;
  plan_.dns.records.push_back({gateway.name, "A", gateway.address});

  // The world's facts, where the scenario does not say otherwise.
  std::string& text = gateway.configuration;
  if (hostname.empty()) text += fmt::format("hostname {}\n", gateway.name);
  if (values_of(block, "protected-domain").empty())
    text += fmt::format("protected-domain {}\n", fmt::join(gateway.protected_domains, " "));
  if (values_of(block, "trusted-clients").empty()) {
    std::string clients;
    for (const Origin& origin : plan_.origins)
      if (origin.internal) clients += " " + origin.address;
    if (!clients.empty()) text += "trusted-clients" + clients + "\n";
  }
  if (values_of(block, "dns-server").empty())
    text += fmt::format("dns-server {}:53\n", dns_address);
  if (values_of(block, "listen").empty()) text += fmt::format("listen {}:25\n", gateway_address);
  for (const syntax::Statement& statement : block) text += syntax::format(statement);
}

std::string PlanBuilder::origin_for(const std::string& sender) {
  const std::string domain = domain_of(sender);
  const auto& inside = plan_.gateway.protected_domains;
  const std::string name = "people." + domain;
  for (const Origin& origin : plan_.origins)
    if (origin.name == name) return name;
  const bool internal = std::find(inside.begin(), inside.end(), domain) != inside.end();
  plan_.origins.push_back({name,
                           internal ? next_address(inside_network, last_origin_)
                                    : next_address(outside_network, last_outside_),
                           internal});
  plan_.dns.records.push_back({name, "A", plan_.origins.back().address});
  return name;
}

// --- the script
// ------------------------------------------------------------------------------------

void PlanBuilder::add_step(const Node& node) {
  if (node.is("send")) {
    const std::string& name = node.text("message");
    for (std::size_t i = 0; i < plan_.messages.size(); ++i)
      if (plan_.messages[i].name == name) push(Send{i, !node.has("async")}, node);
  } else if (node.is("change")) {
    add_change(node);
  } else if (node.is("crash")) {
    push(Crash{node.text("how") == "kill" ? CrashKind::kill : CrashKind::power_loss}, node);
  } else if (node.is("restart")) {
    push(Restart{}, node);
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
    if (eml && (child.is("subject") || child.is("body")))
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
    for (const std::string& code : node.texts("code")) answered.codes.push_back(std::stoi(code));
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
                                       : Anchor::last_restart;
  const auto is_anchor = [&](const Step& step) {
    return (anchor == "send" && std::holds_alternative<Send>(step.action)) ||
           (anchor == "change" && std::holds_alternative<Change>(step.action)) ||
           (anchor == "restart" && std::holds_alternative<Restart>(step.action));
  };
  if (std::none_of(plan_.steps.begin(), plan_.steps.end(), is_anchor))
    diagnostics_.error(node.span("anchor"), fmt::format("there is no {} before this line", anchor));
  if (!window.to_ns)
    diagnostics_.error(node.span("anchor"), "'after' says from when a window counts",
                       fmt::format("write: within <duration> after {}", anchor));
  return window;
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
