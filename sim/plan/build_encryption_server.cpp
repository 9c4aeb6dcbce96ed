// Encryption servers: the peer, and what it does with messages as the script goes on.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

constexpr const char* own_network = "192.0.2.";

std::string trimmed(std::string text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_space(text.back())) text.pop_back();
  while (!text.empty() && is_space(text.front())) text.erase(0, 1);
  return text;
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return text;
}

}  // namespace

void PlanBuilder::add_encryption_server(const Node& node) {
  Mx server;
  server.name = node.text("name");
  if (actor_exists(node)) return;
  server.address = node.has("address") ? host_address(node, "address") : free_address();
  if (node.has("way-on")) {
    server.way_on_address = host_address(node, "way-on");
    if (server.way_on_address == server.address)
      diagnostics_.error(node.span("way-on"), "that is the server's own address",
                         "it sends from there as it is: leave 'sends from' out");
  }
  if (node.has("port")) {
    server.port = static_cast<std::uint16_t>(node.integer("port"));
    if (server.port != node.integer("port") || server.port == 0)
      diagnostics_.error(node.span("port"), "a port lies between 1 and 65535");
  }
  if (const Node* smtp = node.child("smtp")) server.phase = mx_phase(*smtp);
  server.encryption = encryption_work(node, {});
  works_[server.name] = *server.encryption;
  actor_records_.push_back({server.name, "A", server.address});
  plan_.mxs.push_back(std::move(server));
}

// The lab gives out addresses of the documentation networks itself, from 1 on.
std::string PlanBuilder::host_address(const Node& node, std::string_view argument) {
  const std::string& text = node.text(argument);
  const std::size_t dot = text.rfind('.');
  const bool given_out = text.starts_with(own_network) || text.starts_with("198.51.100.") ||
                         text.starts_with("203.0.113.");
  const int last = dot == text.npos ? 0 : std::atoi(text.c_str() + dot + 1);
  const bool kept_free = last >= 200 || (text.starts_with(own_network) && last >= 40 && last < 50);
  if (text.find('/') != text.npos)
    diagnostics_.error(node.span(argument), "a host has an address, not a network");
  else if (has_address(text) || (given_out && !kept_free))
    diagnostics_.error(node.span(argument), fmt::format("{} may be somebody else's", text),
                       "take one from 192.0.2.40 to 192.0.2.49, or one that ends with 200 to 255");
  return text;
}

bool PlanBuilder::has_address(const std::string& text) const {
  return std::any_of(plan_.mxs.begin(), plan_.mxs.end(),
                     [&](const Mx& mx) { return mx.address == text || mx.way_on_address == text; });
}

std::string PlanBuilder::free_address() const {
  int last = 40;
  while (has_address(own_network + std::to_string(last))) ++last;
  return own_network + std::to_string(last);
}

EncryptionWork PlanBuilder::encryption_work(const Node& node, EncryptionWork work) {
  const auto header = [&](const char* id, EncryptionWork::Header& into) {
    const Node* child = node.child(id);
    if (!child) return;
    const std::string& text = child->text("header");
    const std::size_t colon = text.find(':');
    into = {trimmed(text.substr(0, colon)),
            colon == text.npos ? std::string() : trimmed(text.substr(colon + 1))};
    if (into.name.empty() || into.value.empty())
      diagnostics_.error(child->span("header"), "that is no x-header", "write \"X-Name:value\"");
  };
  header("trigger", work.trigger);
  header("success", work.success);
  header("failure", work.failure);
  const auto certificates = node.children_of("certificate");
  if (!certificates.empty()) work.certificates.clear();
  for (const Node* child : certificates)
    for (const std::string& address : child->texts("recipient"))
      work.certificates.push_back(lower(address));
  if (const Node* viewer = node.child("viewer"))
    work.viewer = {viewer->text_or("user", ""), viewer->text_or("password", "")};
  if (const Node* decrypts = node.child("decrypts-with")) work.keys = decrypts->texts("key");
  if (const Node* says = node.child("decryption-header")) {
    work.decryption_header = says->text("header");
    work.decrypted = says->text("success");
    work.not_decrypted = says->text("failure");
  }
  if (const Node* fault = node.child("fault")) work.fault = fault->text("fault");
  const Node* returns = node.child("returns");
  const Node* delivers = node.child("delivers");
  if (returns && delivers)
    diagnostics_.error(delivers->span(), "it returns mail already", "leave one of the two out");
  if (const Node* way = returns ? returns : delivers) {
    work.returns = returns != nullptr;
    work.way = way->text_or("transport", "tls-if-offered");
  }
  if (const Node* time = node.child("works-for"))
    work.takes_ns = time->duration("duration").count();
  if (node.child("unanswered")) work.seals_unanswered = true;
  return work;
}

void PlanBuilder::add_encryption_change(const Node& node) {
  if (!peer_exists(node)) return;
  const auto known = works_.find(node.text("peer"));
  if (known == works_.end()) {
    diagnostics_.error(node.span("peer"),
                       fmt::format("'{}' is no encryption server", node.text("peer")),
                       "a mail exchanger is changed without 'encryption of'");
    return;
  }
  if (const Node* smtp = node.child("smtp"))
    diagnostics_.error(smtp->span(), "how it takes mail is changed on its own",
                       fmt::format("write: change {} {{ … }}", node.text("peer")));
  known->second = encryption_work(node, known->second);
  push(ChangeEncryption{node.text("peer"), known->second}, node);
}

void PlanBuilder::add_opening(const Node& node) {
  const Message* message = message_named(node);
  if (!message) return;
  const auto recipients = recipients_meant(node, *message);
  if (recipients.empty()) return;
  OpenSealed open{message->name, recipients.front(), node.is("decrypts"), {}, node.has("refused")};
  open.login = {node.text_or("user", ""), node.text_or("password", "")};
  const auto has_certificate = [&](const Mx& mx) {
    const auto all = mx.encryption ? mx.encryption->certificates : std::vector<std::string>();
    return std::find(all.begin(), all.end(), lower(open.recipient)) != all.end();
  };
  if (open.by_certificate && std::none_of(plan_.mxs.begin(), plan_.mxs.end(), has_certificate))
    diagnostics_.error(node.span("recipient"), fmt::format("{} has no certificate", open.recipient),
                       "give an encryption server one: certificate for <address>");
  push(std::move(open), node);
}

}  // namespace sealcheck::plan
