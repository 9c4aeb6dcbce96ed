// The gateway's settings as one value: what the console's pages show and sealgate.conf says.
//
// Data only. A default Settings is a fresh installation: TLS is on (TLS-03), everything else as the
// document or a ruling gives it. What the defaults cannot know (host name, protected domains, name
// servers) is empty. A Settings made by read_settings() without errors is consistent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reference/host/endpoint.hpp"
#include "reference/message/direction.hpp"
#include "reference/policy/policy.hpp"
#include "reference/queue/retry_schedule.hpp"
#include "reference/routing/route_table.hpp"
#include "reference/settings/decryption.hpp"
#include "reference/settings/network.hpp"
#include "reference/settings/third_party.hpp"

namespace sealgate::settings {

/// "Other encryption methods": one list, so that these exclude each other (RUL-20).
enum class OtherMethod { none, hybrid, third_party };
std::string_view to_word(OtherMethod method);

/// The methods for outbound mail that a policy marks Encrypt (GEN-02).
struct Encryption {
  bool tls = true;  ///< mandatory TLS; TLS-03
  OtherMethod other = OtherMethod::none;
};

/// What the subscription has and how far its registration is (HYB-01 to HYB-04), and where the
/// hybrid service takes mail.
struct Hybrid {
  bool anywhere = false;         ///< the edition that has the hybrid service
  bool add_on = false;           ///< Advanced Email Encryption; no edition has it by itself
  bool registered = false;       ///< with the service
  bool enabled = false;          ///< the service, on its page
  bool account_enabled = false;  ///< by the vendor, after the registration
  std::vector<routing::Server> servers;
};

/// What is asked of the certificate of a peer that mandatory TLS goes to (RUL-04).
enum class TlsLevel {
  encrypt,     ///< nothing
  encrypt_cn,  ///< it names the mail host (RFC 6125)
  verify,      ///< it leads to a trusted CA and is valid now
  verify_cn,   ///< both
};
std::string_view to_word(TlsLevel level);

enum class TlsVersion { tls1_0, tls1_1, tls1_2, tls1_3 };
std::string_view to_word(TlsVersion version);

struct Tls {
  TlsVersion version_min = TlsVersion::tls1_2;  ///< RUL-33
  TlsVersion version_max = TlsVersion::tls1_3;
  TlsLevel level = TlsLevel::encrypt;
  int strength_bits_min = 128;  ///< TLS-06, RUL-01
  /// Each PEM text, or the name of a file in the gateway's storage that holds some.
  std::vector<std::string> trusted_cas;

  friend bool operator==(const Tls&, const Tls&) = default;
};

/// Enforced TLS connections: everybody is offered TLS (TLS-04), these have to use it.
struct InboundTls {
  std::vector<Network> required_from;       ///< clients
  message::ProtectedDomains required_of;    ///< domains of senders
  bool request_client_certificate = false;  ///< noted, never asked to be valid
};

/// Undelivered Message Options (RUL-06).
struct Delivery {
  queue::RetryPolicy retry;
  std::optional<std::string> notification_address;  ///< gets the NDRs that cannot be delivered
  std::optional<host::Duration> delay_notice;       ///< a sender is told after this; none: never
  int connections_per_destination = 5;              ///< at a time, to one domain
  int messages_per_connection = 20;                 ///< then it is closed and a new one made
};

struct Settings {
  std::string hostname;  ///< FQDN: greeting, EHLO, Received, certificate subject (RUL-31)
  message::ProtectedDomains protected_domains;
  std::vector<Network> trusted_clients;  ///< who may send outbound (RUL-25)
  std::vector<host::Endpoint> listen = {{boost::asio::ip::address_v4::any(), 25}};
  std::optional<host::Endpoint> administration;  ///< the HTTP interface; loopback
  std::vector<host::Endpoint> dns_servers;       ///< asked in this order
  Encryption encryption;
  Hybrid hybrid;
  Tls tls;
  InboundTls inbound_tls;
  Delivery delivery;
  std::uint64_t message_bytes_max = 50'000'000;
  std::size_t received_max = 100;  ///< more Received fields are a loop (RFC 5321 section 6.3)
  std::vector<IpGroup> ip_groups = {{std::string(default_ip_group), {}}};
  std::optional<ThirdParty> third_party;  ///< set up; whether it is selected, Encryption says
  Decryption decryption;
  routing::RouteTable routes;
  policy::PolicySet policies;  ///< drafts; what is in force is what was deployed (DLP-11)

  bool trusts(const host::Address& client) const;
  /// Whether this client has to say STARTTLS before anything else.
  bool requires_tls_from(const host::Address& client) const;
  /// Whether this client is in the Encrypted IP address group (TPA-12, RUL-12).
  bool is_encryption_server(const host::Address& client) const;
  /// Whether this client is in the IP group of that name.
  bool is_in_group(const std::string& name, const host::Address& client) const;
};

}  // namespace sealgate::settings
