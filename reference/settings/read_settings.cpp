#include "reference/settings/read_settings.hpp"

#include "reference/settings/read_lists.hpp"
#include "reference/settings/read_policies.hpp"
#include "reference/settings/vocabulary.hpp"
#include "reference/syntax/check.hpp"
#include "reference/syntax/parser.hpp"
#include "reference/syntax/values.hpp"

namespace sealgate::settings {
namespace {

using syntax::Node;

std::vector<const Node*> of(const std::vector<Node>& nodes, std::string_view id) {
  std::vector<const Node*> found;
  for (const auto& node : nodes) {
    if (node.is(id)) found.push_back(&node);
  }
  return found;
}

/// The last one: declarations that count once were checked to stand once.
const Node* one(const std::vector<Node>& nodes, std::string_view id) {
  const auto found = of(nodes, id);
  return found.empty() ? nullptr : found.back();
}

std::vector<host::Endpoint> endpoints(const std::vector<const Node*>& nodes) {
  std::vector<host::Endpoint> read;
  for (const auto* node : nodes) {
    for (const auto& text : node->texts("endpoint")) {
      const auto parsed = syntax::parse_endpoint(text);
      read.push_back({boost::asio::ip::make_address(parsed->host), parsed->port});
    }
  }
  return read;
}

void read_encryption(const Node& node, Encryption& encryption) {
  if (const auto* tls = node.child("tls")) encryption.tls = tls->text("state") == "on";
  const auto* other = node.child("other-method");
  if (!other) return;
  const auto word = other->text("method");
  encryption.other = OtherMethod::none;
  for (const auto method : {OtherMethod::hybrid, OtherMethod::third_party}) {
    if (to_word(method) == word) encryption.other = method;
  }
}

void read_inbound_tls(const Node& node, InboundTls& inbound) {
  for (const auto* statement : node.children_of("required-from")) {
    for (const auto& text : statement->texts("network")) {
      inbound.required_from.push_back(*parse_network(text));
    }
  }
  for (const auto* statement : node.children_of("required-of")) {
    for (const auto& domain : statement->texts("domain")) inbound.required_of.add(domain);
  }
  inbound.request_client_certificate = node.child("client-certificate") != nullptr;
}

void read_delivery(const Node& node, Delivery& delivery, syntax::Diagnostics& diagnostics) {
  if (const auto* interval = node.child("retry-interval")) {
    delivery.retry.interval = interval->duration("interval");
    if (delivery.retry.interval < std::chrono::seconds(1)) {
      diagnostics.error(interval->span("interval"), "the retry interval is below one second");
    }
  }
  if (const auto* growth = node.child("retry-growth")) {
    delivery.retry.growth = growth->text("growth") == "fixed" ? queue::RetryGrowth::fixed
                                                              : queue::RetryGrowth::doubling;
  }
  if (const auto* period = node.child("maximum-retry-period")) {
    delivery.retry.max_period = period->duration("period");
  }
  if (const auto* notice = node.child("delay-notice")) {
    delivery.delay_notice = notice->duration("age");
  }
  const auto read_limit = [&](std::string_view id, int& limit) {
    const auto* statement = node.child(id);
    if (!statement) return;
    const auto count = statement->integer("count");
    if (count < 1 || count > 1000) {
      diagnostics.error(statement->span("count"), "the limit is not between 1 and 1000");
    }
    limit = static_cast<int>(count);
  };
  read_limit("connections-per-destination", delivery.connections_per_destination);
  read_limit("messages-per-connection", delivery.messages_per_connection);
  if (const auto* address = node.child("notification-address")) {
    delivery.notification_address = address->text("address");
  }
}

void read_lists(const std::vector<Node>& nodes, Settings& settings,
                syntax::Diagnostics& diagnostics) {
  if (const auto domains = of(nodes, "protected-domain"); !domains.empty()) {
    settings.protected_domains = {};
    for (const auto* node : domains) {
      for (const auto& domain : node->texts("domain")) settings.protected_domains.add(domain);
    }
  }
  if (const auto networks = of(nodes, "trusted-clients"); !networks.empty()) {
    settings.trusted_clients.clear();
    for (const auto* node : networks) {
      for (const auto& text : node->texts("network")) {
        settings.trusted_clients.push_back(*parse_network(text));
      }
    }
  }
  if (const auto listen = of(nodes, "listen"); !listen.empty()) settings.listen = endpoints(listen);
  if (const auto servers = of(nodes, "dns-server"); !servers.empty()) {
    settings.dns_servers = endpoints(servers);
  }
  if (const auto routes = of(nodes, "route"); !routes.empty()) {
    settings.routes = read_routes(routes, diagnostics);
  }
  if (const auto groups = of(nodes, "ip-group"); !groups.empty()) {
    settings.ip_groups = read_ip_groups(groups, diagnostics);
  }
  if (const auto* decryption = one(nodes, "decryption")) {
    const bool has_list = one(nodes, "third-party") != nullptr;
    settings.decryption = read_decryption(*decryption, settings.ip_groups, has_list, diagnostics);
  }
  if (const auto* third_party = one(nodes, "third-party")) {
    settings.third_party = read_third_party(*third_party, settings.ip_groups, diagnostics);
  }
  if (speak_of_policies(nodes)) settings.policies = read_policies(nodes, diagnostics);
}

}  // namespace

Settings read_settings(const std::vector<Node>& nodes, syntax::Diagnostics& diagnostics,
                       Settings defaults) {
  Settings settings = std::move(defaults);
  if (const auto* hostname = one(nodes, "hostname")) settings.hostname = hostname->text("name");
  if (const auto* size = one(nodes, "message-size-maximum")) {
    if (size->size("size") < 1) diagnostics.error(size->span("size"), "no message is that small");
    settings.message_bytes_max = static_cast<std::uint64_t>(size->size("size"));
  }
  if (const auto* administration = one(nodes, "administration")) {
    if (const auto* listen = administration->child("listen")) {
      settings.administration = endpoints({listen}).front();
      if (!settings.administration->address.is_loopback())
        diagnostics.error(listen->span("endpoint"), "administration is for this machine alone",
                          "write a loopback address, 127.0.0.1:8025");
    }
  }
  if (const auto* encryption = one(nodes, "encryption")) {
    read_encryption(*encryption, settings.encryption);
  }
  if (const auto* hybrid = one(nodes, "hybrid")) read_hybrid(*hybrid, settings.hybrid, diagnostics);
  if (const auto* tls = one(nodes, "tls")) read_tls(*tls, settings.tls, diagnostics);
  if (const auto* count = one(nodes, "received-maximum")) {
    if (count->integer("count") < 1) {
      diagnostics.error(count->span("count"), "every message has a Received line");
    }
    settings.received_max = static_cast<std::size_t>(count->integer("count"));
  }
  if (const auto* inbound = one(nodes, "inbound-tls")) {
    settings.inbound_tls = {};
    read_inbound_tls(*inbound, settings.inbound_tls);
  }
  if (const auto* delivery = one(nodes, "delivery")) {
    read_delivery(*delivery, settings.delivery, diagnostics);
  }
  read_lists(nodes, settings, diagnostics);
  if (const auto* encryption = one(nodes, "encryption")) {
    check_hybrid(*encryption, settings, diagnostics);
    check_third_party(*encryption, settings, diagnostics);
  }
  if (const auto* version = one(nodes, "version")) read_version(*version, settings, diagnostics);
  return settings;
}

std::optional<Settings> parse_settings(std::string name, std::string text,
                                       syntax::Diagnostics& diagnostics) {
  const syntax::Vocabulary& vocabulary = settings_vocabulary();
  const auto tree = syntax::parse(std::move(name), std::move(text), diagnostics);
  diagnostics.keep(tree.source);
  const auto nodes = syntax::check(vocabulary, "gateway", tree, diagnostics);
  auto settings = read_settings(nodes, diagnostics);
  for (const auto* needed : {"hostname", "protected-domain", "dns-server"}) {
    if (one(nodes, needed)) continue;
    diagnostics.error({tree.source.get(), 0, 0}, std::string("'") + needed + "' is missing",
                      vocabulary.section("gateway")->find(needed)->doc);
  }
  if (diagnostics.has_errors()) return std::nullopt;
  return settings;
}

}  // namespace sealgate::settings
