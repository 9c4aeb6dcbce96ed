#include "reference/settings/settings.hpp"

#include <algorithm>

namespace sealgate::settings {

std::string_view to_word(TlsVersion version) {
  return version == TlsVersion::tls1_2 ? "1.2" : "1.3";
}

bool Settings::trusts(const host::Address& client) const {
  return std::any_of(trusted_clients.begin(), trusted_clients.end(),
                     [&](const Network& network) { return network.contains(client); });
}

}  // namespace sealgate::settings
