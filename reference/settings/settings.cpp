#include "reference/settings/settings.hpp"

#include <algorithm>

namespace sealgate::settings {

std::string_view to_word(OtherMethod method) {
  switch (method) {
    case OtherMethod::none:
      return "none";
    case OtherMethod::hybrid:
      return "hybrid";
    case OtherMethod::third_party:
      return "third-party";
  }
  return "?";
}

std::string_view to_word(OnEncryptionFailure action) {
  switch (action) {
    case OnEncryptionFailure::hold:
      return "hold";
    case OnEncryptionFailure::deliver:
      return "deliver";
    case OnEncryptionFailure::drop:
      return "drop";
    case OnEncryptionFailure::send_back:
      return "return";
  }
  return "?";
}

std::string_view to_word(TlsVersion version) {
  switch (version) {
    case TlsVersion::tls1_0:
      return "1.0";
    case TlsVersion::tls1_1:
      return "1.1";
    case TlsVersion::tls1_2:
      return "1.2";
    case TlsVersion::tls1_3:
      return "1.3";
  }
  return "?";
}

std::string_view to_word(TlsLevel level) {
  switch (level) {
    case TlsLevel::encrypt:
      return "encrypt";
    case TlsLevel::encrypt_cn:
      return "encrypt-cn";
    case TlsLevel::verify:
      return "verify";
    case TlsLevel::verify_cn:
      return "verify-cn";
  }
  return "?";
}

namespace {

bool any_contains(const std::vector<Network>& networks, const host::Address& client) {
  return std::any_of(networks.begin(), networks.end(),
                     [&](const Network& network) { return network.contains(client); });
}

}  // namespace

bool Settings::trusts(const host::Address& client) const {
  return any_contains(trusted_clients, client);
}

bool Settings::requires_tls_from(const host::Address& client) const {
  return any_contains(inbound_tls.required_from, client);
}

bool IpGroup::contains(const host::Address& client) const {
  return any_contains(networks, client);
}

bool Settings::is_encryption_server(const host::Address& client) const {
  return third_party && is_in_group(third_party->encrypted_group, client);
}

bool Settings::is_in_group(const std::string& name, const host::Address& client) const {
  return std::any_of(ip_groups.begin(), ip_groups.end(), [&](const IpGroup& group) {
    return group.name == name && group.contains(client);
  });
}

}  // namespace sealgate::settings
