#include "reference/settings/settings.hpp"

#include <algorithm>

namespace sealgate::settings {

std::string_view to_word(TlsVersion version) {
  return version == TlsVersion::tls1_2 ? "1.2" : "1.3";
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

}  // namespace sealgate::settings
