// The CAs that the settings name, as PEM texts.
#pragma once

#include <string>
#include <vector>

#include "reference/host/host.hpp"
#include "reference/settings/settings.hpp"

namespace sealgate::tls {

/// Reads the files among them. Throws std::runtime_error, naming the entry, when one cannot be read
/// or holds no certificate.
std::vector<std::string> load_trusted_cas(host::Host& host, const settings::Tls& asked);

}  // namespace sealgate::tls
