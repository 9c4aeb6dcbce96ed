// IP groups, and the settings of the third-party application that encrypts messages by x-headers.
// Data only; read_third_party.cpp says what is consistent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/host/time.hpp"
#include "reference/settings/network.hpp"
#include "reference/settings/x_header.hpp"

namespace sealgate::settings {

/// The IP group that is always there (TPA-09); empty in a fresh installation.
inline constexpr std::string_view default_ip_group = "Encryption Gateway";

struct IpGroup {
  std::string name;
  std::vector<Network> networks;  ///< IPv4 and IPv6; one address is a network of its own

  bool contains(const host::Address& client) const;
};

/// One of the Encryption Server List (TPA-10, TPA-11), tried in this order.
struct EncryptionServer {
  std::string host;  ///< an IP address or a host name
  std::uint16_t port = 25;

  friend bool operator==(const EncryptionServer&, const EncryptionServer&) = default;
};

/// "Require authentication" (RUL-09). No log, page, report or file may show the password.
struct ServerLogin {
  std::string user;
  std::string password;   ///< in memory alone; empty until what is sealed was opened
  std::string sealed;     ///< what sealgate.conf keeps of it; empty: it was typed in clear
  bool in_clear = false;  ///< may be said without TLS (RUL-30)

  friend bool operator==(const ServerLogin&, const ServerLogin&) = default;
};

/// What becomes of a message that comes back with the failure header, or with none (RUL-11).
enum class OnEncryptionFailure {
  hold,       ///< in the queue `encryption-failed`; its sender is told
  deliver,    ///< by route, as it came back
  drop,       ///< a record of it is left in the queue `dropped`
  send_back,  ///< to its sender, as a non-delivery report
};
std::string_view to_word(OnEncryptionFailure action);

struct ThirdParty {
  XHeader trigger;  ///< put on what the policy marks
  XHeader success;
  XHeader failure;
  std::vector<EncryptionServer> servers;          ///< never empty
  std::string encrypted_group{default_ip_group};  ///< an IP group: who sends mail back (TPA-20)
  std::optional<ServerLogin> login;               ///< none: nobody is authenticated
  /// The server hands the message back and the gateway delivers it; otherwise the server delivers
  /// it itself (RUL-29).
  bool returns = true;
  host::Duration return_within = std::chrono::hours(4);  ///< then its sender is told
  OnEncryptionFailure on_failure = OnEncryptionFailure::hold;
  /// Takes nobody's word for it: a success header on content that is not encrypted is a failure
  /// (RUL-28).
  bool holds_unencrypted = false;
  int handovers_max = 3;  ///< of one message; more is a loop (TPA-13)
};

}  // namespace sealgate::settings
