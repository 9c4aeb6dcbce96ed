// IP groups, and the settings of the third-party application that encrypts messages by x-headers.
// Data only; read_third_party.cpp says what is consistent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

struct ThirdParty {
  XHeader trigger;  ///< put on what the policy marks
  XHeader success;
  XHeader failure;
  std::vector<EncryptionServer> servers;          ///< never empty
  std::string encrypted_group{default_ip_group};  ///< an IP group: who sends mail back (TPA-20)
};

}  // namespace sealgate::settings
