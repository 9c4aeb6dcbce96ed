#include "reference/settings/vocabulary.hpp"

#include "reference/settings/decryption_words.hpp"
#include "reference/settings/policy_words.hpp"
#include "reference/settings/third_party_words.hpp"
#include "reference/syntax/values.hpp"

namespace sealgate::settings {
namespace {

// Names of pages as the console shows them.
constexpr const char* system_page = "Settings > General > System Settings";
constexpr const char* users_page = "Settings > Users > Domain Groups";
constexpr const char* relay_page = "Settings > Inbound/Outbound > Relay Control";
constexpr const char* encryption_page = "Settings > Inbound/Outbound > Encryption";
constexpr const char* hybrid_page = "Settings > Hybrid Service > Hybrid Configuration";
constexpr const char* enforced_page = "Settings > Inbound/Outbound > Enforced TLS Connections";
constexpr const char* delivery_page = "Settings > Inbound/Outbound > Delivery";
constexpr const char* undelivered_page =
    "Settings > Inbound/Outbound > Delivery > Undelivered Message Options";
constexpr const char* routing_page = "Settings > Inbound/Outbound > Mail Routing";
constexpr const char* add_route_page =
    "Settings > Inbound/Outbound > Mail Routing > Add (or Edit) Route";
constexpr const char* size_page = "Settings > Inbound/Outbound > Message Control";

void add_types(syntax::Vocabulary& vocabulary) {
  const auto is_route_domain = [](std::string_view text) {
    if (text == "*") return true;
    return syntax::is_domain(text.starts_with("*.") ? text.substr(2) : text);
  };
  vocabulary.add_type(
      {.name = "route-domain",
       .description = "a domain such as partner.test, *.partner.test for those below it, or *",
       .check = [is_route_domain](const syntax::Token& token) -> std::optional<std::string> {
         if (is_route_domain(token.text)) return std::nullopt;
         return std::string();
       }});
  vocabulary.add_type({.name = "ip-endpoint",
                       .description = "an IP address with a port such as 192.0.2.53:53",
                       .check = [](const syntax::Token& token) -> std::optional<std::string> {
                         const auto parsed = syntax::parse_endpoint(token.text);
                         if (parsed && syntax::is_ip(parsed->host)) return std::nullopt;
                         return std::string();
                       }});
}

void declare_gateway(syntax::Section& section) {
  section
      .declare({.id = "hostname",
                .pattern = "hostname <name:domain>",
                .doc = "The gateway's FQDN: greeting, Received lines and certificate subject",
                .console = system_page,
                .example = "hostname gw.corp.test",
                .once = true})
      .declare({.id = "version",
                .pattern = "version <version:name>",
                .doc = "The product's version; before 7.6 nothing encrypts",
                .console = system_page,
                .example = "version 7.6.2",
                .once = true})
      .declare({.id = "protected-domain",
                .pattern = "protected-domain <domain:domain>...",
                .doc = "Domains whose mail the gateway protects; mail to others is outbound",
                .console = users_page,
                .example = "protected-domain corp.test branch.corp.test"})
      .declare({.id = "trusted-clients",
                .pattern = "trusted-clients <network:network>...",
                .doc = "Networks that may send outbound mail; nobody else may relay",
                .console = relay_page,
                .example = "trusted-clients 192.0.2.0/24 2001:db8::/32"})
      .declare({.id = "listen",
                .pattern = "listen <endpoint:ip-endpoint>...",
                .doc = "Where the gateway takes mail; 0.0.0.0:25 unless something else is said",
                .console = system_page,
                .example = "listen 0.0.0.0:25"})
      .declare({.id = "dns-server",
                .pattern = "dns-server <endpoint:ip-endpoint>...",
                .doc = "Name servers, asked in this order",
                .console = system_page,
                .example = "dns-server 192.0.2.53:53"})
      .declare({.id = "message-size-maximum",
                .pattern = "message-size-maximum <size:size>",
                .doc = "Larger messages are refused; 50MB at first",
                .console = size_page,
                .example = "message-size-maximum 50MB",
                .once = true})
      .declare({.id = "administration",
                .pattern = "administration {gateway-administration}",
                .doc = "How administrators reach the gateway",
                .console = system_page,
                .example = "administration { listen 127.0.0.1:8025 }",
                .once = true})
      .declare({.id = "encryption",
                .pattern = "encryption {gateway-encryption}",
                .doc = "The methods for outbound mail that a policy marks Encrypt",
                .console = encryption_page,
                .example = "encryption { tls on }",
                .once = true})
      .declare({.id = "hybrid",
                .pattern = "hybrid {gateway-hybrid}",
                .doc = "The subscription to the hybrid service, and where it takes mail",
                .console = hybrid_page,
                .example = "hybrid { edition anywhere; add-on advanced-email-encryption }",
                .once = true})
      .declare({.id = "tls",
                .pattern = "tls {gateway-tls}",
                .doc = "What a TLS connection must be like",
                .console = encryption_page,
                .example = "tls { versions 1.2 to 1.3; level encrypt }",
                .once = true})
      .declare({.id = "received-maximum",
                .pattern = "received-maximum <count:integer>",
                .doc = "A message with more Received lines is refused as a loop; 100 at first",
                .console = size_page,
                .example = "received-maximum 100",
                .once = true})
      .declare({.id = "inbound-tls",
                .pattern = "inbound-tls {gateway-inbound-tls}",
                .doc = "Who must use TLS to hand mail in; it is offered to everyone",
                .console = enforced_page,
                .example = "inbound-tls { required from 198.51.100.0/24 }",
                .once = true})
      .declare({.id = "delivery",
                .pattern = "delivery {gateway-delivery}",
                .doc = "What happens to mail that cannot be delivered at once",
                .console = delivery_page,
                .example = "delivery { retry-interval 15m }",
                .once = true})
      .declare({.id = "route",
                .pattern = "route <name:string> for <domain:route-domain>... {gateway-route}?",
                .doc = "Where mail for these domains goes, and whether it may use TLS",
                .console = add_route_page,
                .example = "route \"Partners\" for partner.test { tls marked }"});
}

void declare_administration(syntax::Section& section) {
  section.declare({.id = "listen",
                   .pattern = "listen <endpoint:ip-endpoint>",
                   .doc =
                       "Where the HTTP interface is, on this machine alone (a loopback address); "
                       "without it there is none. Read at start",
                   .console = system_page,
                   .example = "listen 127.0.0.1:8025",
                   .required = true,
                   .once = true});
}

void declare_encryption(syntax::Section& section) {
  section
      .declare({.id = "tls",
                .pattern = "tls <state:on|off>",
                .doc = "Mandatory TLS; on in a fresh configuration",
                .console = encryption_page,
                .example = "tls on",
                .once = true})
      .declare({.id = "other-method",
                .pattern = "other-method <method:none|hybrid|third-party>",
                .doc = "\"Other encryption methods\": the hybrid service or a third-party "
                       "application; behind TLS where that is on; none at first",
                .console = encryption_page,
                .example = "other-method hybrid",
                .once = true});
}

void declare_hybrid(syntax::Section& section) {
  section
      .declare({.id = "edition",
                .pattern = "edition <edition:standard|anywhere>",
                .doc = "Of the subscription: Anywhere has the hybrid service; standard at first",
                .console = hybrid_page,
                .example = "edition anywhere",
                .once = true})
      .declare({.id = "add-on",
                .pattern = "add-on advanced-email-encryption",
                .doc = "The add-on was bought: no edition has it by itself",
                .console = hybrid_page,
                .example = "add-on advanced-email-encryption",
                .once = true})
      .declare({.id = "registered",
                .pattern = "registered",
                .doc = "The gateway is registered with the hybrid service",
                .console = hybrid_page,
                .example = "registered",
                .once = true})
      .declare({.id = "enabled",
                .pattern = "enabled",
                .doc = "The hybrid service is enabled",
                .console = hybrid_page,
                .example = "enabled",
                .once = true})
      .declare({.id = "account",
                .pattern = "account enabled",
                .doc = "The vendor has enabled encryption for the account",
                .console = hybrid_page,
                .example = "account enabled",
                .once = true})
      .declare({.id = "server",
                .pattern = "server (<endpoint:endpoint> | <host:host>)",
                .doc = "Where the hybrid service takes mail; several are asked in turn",
                .console = hybrid_page,
                .example = "server in.hybrid.test:25"});
}

void declare_tls(syntax::Section& section) {
  section
      .declare({.id = "versions",
                .pattern = "versions <minimum:1.0|1.1|1.2|1.3> to <maximum:1.0|1.1|1.2|1.3>",
                .doc = "Protocol versions that may be negotiated; 1.2 to 1.3 at first",
                .console = encryption_page,
                .example = "versions 1.2 to 1.3",
                .once = true})
      .declare({.id = "level",
                .pattern = "level <level:encrypt|encrypt-cn|verify|verify-cn>",
                .doc = "What mandatory TLS asks of the peer's certificate: nothing (at first), "
                       "that it names the mail host, that a trusted CA stands behind it, or both",
                .console = encryption_page,
                .example = "level encrypt-cn",
                .once = true})
      .declare({.id = "trusted-ca",
                .pattern = "trusted-ca <certificate:string>",
                .doc = "A CA that verify and verify-cn trust: PEM text, or the name of a file with "
                       "such in the gateway's directory",
                .console = encryption_page,
                .example = "trusted-ca \"ca.pem\""})
      .declare({.id = "strength-minimum",
                .pattern = "strength-minimum <bits:128|256>",
                .doc = "The least strength of the cipher, in bits; 128 at first",
                .console = encryption_page,
                .example = "strength-minimum 128",
                .once = true});
}

void declare_inbound_tls(syntax::Section& section) {
  section
      .declare({.id = "required-from",
                .pattern = "required from <network:network>...",
                .doc = "Clients that get 530 until they have said STARTTLS",
                .console = enforced_page,
                .example = "required from 198.51.100.0/24 2001:db8::/32"})
      .declare({.id = "required-of",
                .pattern = "required of senders at <domain:domain>...",
                .doc = "Domains of senders whose mail is taken over TLS only",
                .console = enforced_page,
                .example = "required of senders at partner.test"})
      .declare({.id = "client-certificate",
                .pattern = "client-certificate on request",
                .doc = "Asks clients for a certificate and notes it; one that is missing or not "
                       "valid refuses nobody",
                .console = enforced_page,
                .example = "client-certificate on request",
                .once = true});
}

void declare_delivery(syntax::Section& section) {
  section
      .declare({.id = "retry-interval",
                .pattern = "retry-interval <interval:duration>",
                .doc = "The time from the first attempt to the second; 15m at first",
                .console = undelivered_page,
                .example = "retry-interval 15m",
                .once = true})
      .declare({.id = "retry-growth",
                .pattern = "retry-growth <growth:doubling|fixed>",
                .doc = "Whether the interval doubles after each attempt; it does at first",
                .console = undelivered_page,
                .example = "retry-growth fixed",
                .once = true})
      .declare({.id = "maximum-retry-period",
                .pattern = "maximum-retry-period <period:duration>",
                .doc = "How long delivery is tried; 1440m at first",
                .console = undelivered_page,
                .example = "maximum-retry-period 1440m",
                .once = true})
      .declare({.id = "delay-notice",
                .pattern = "delay-notice after <age:duration>",
                .doc = "Tells the sender once that a message of this age is late; off at first",
                .console = undelivered_page,
                .example = "delay-notice after 4h",
                .once = true})
      .declare({.id = "notification-address",
                .pattern = "notification-address <address:address>",
                .doc = "Who gets the non-delivery reports that cannot be delivered",
                .console = undelivered_page,
                .example = "notification-address postmaster@corp.test",
                .once = true})
      .declare({.id = "connections-per-destination",
                .pattern = "connections-per-destination <count:integer>",
                .doc = "How many connections to one domain may be open at a time; 5 at first",
                .console = delivery_page,
                .example = "connections-per-destination 2",
                .once = true})
      .declare({.id = "messages-per-connection",
                .pattern = "messages-per-connection <count:integer>",
                .doc = "How many messages that wait for one domain go over one connection; 20 at "
                       "first",
                .console = delivery_page,
                .example = "messages-per-connection 1",
                .once = true});
}

void declare_route(syntax::Section& section) {
  section
      .declare({.id = "tls",
                .pattern = "tls <box:marked|unmarked>",
                .doc = "The box \"Use Transport Layer Security\"; unmarked at first",
                .console = add_route_page,
                .example = "tls marked",
                .once = true})
      .declare({.id = "server",
                .pattern = "server (<endpoint:endpoint> | <host:host>) "
                           "[preference <preference:integer>]",
                .doc = "A server that takes the mail, up to 16; without any, MX records decide",
                .console = routing_page,
                .example = "server mx.partner.test:25 preference 10"});
}

}  // namespace

void declare_settings(syntax::Vocabulary& vocabulary) {
  add_types(vocabulary);
  declare_gateway(vocabulary.add_section("gateway", "The gateway's settings"));
  declare_administration(
      vocabulary.add_section("gateway-administration", "How administrators reach the gateway"));
  declare_encryption(vocabulary.add_section("gateway-encryption", "The encryption methods"));
  declare_hybrid(vocabulary.add_section("gateway-hybrid", "The hybrid service"));
  declare_tls(vocabulary.add_section("gateway-tls", "Transport Layer Security"));
  declare_inbound_tls(
      vocabulary.add_section("gateway-inbound-tls", "Who must use TLS to hand mail in"));
  declare_delivery(vocabulary.add_section("gateway-delivery", "Undelivered message options"));
  declare_route(vocabulary.add_section("gateway-route", "A route"));
  declare_third_party(vocabulary, *vocabulary.section("gateway"));
  declare_decryption(vocabulary, *vocabulary.section("gateway"));
  declare_policies(vocabulary, *vocabulary.section("gateway"));
}

const syntax::Vocabulary& settings_vocabulary() {
  static const auto vocabulary = [] {
    auto made = std::make_unique<syntax::Vocabulary>();
    syntax::add_standard_types(*made);
    declare_settings(*made);
    made->finish();
    return made;
  }();
  return *vocabulary;
}

}  // namespace sealgate::settings
