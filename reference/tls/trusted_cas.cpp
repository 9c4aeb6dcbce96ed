#include "reference/tls/trusted_cas.hpp"

#include <stdexcept>

#include "reference/tls/pem.hpp"

namespace sealgate::tls {

std::vector<std::string> load_trusted_cas(host::Host& host, const settings::Tls& asked) {
  std::vector<std::string> texts;
  for (const auto& entry : asked.trusted_cas) {
    const bool is_pem = entry.find("-----BEGIN") != entry.npos;
    auto text = is_pem ? host::Result<std::string>(entry) : host.storage().read_file(entry);
    const std::string name = is_pem ? "the PEM text" : entry;
    if (!text) throw std::runtime_error("trusted-ca: " + name + ": " + text.error().message());
    if (!read_certificate(*text))
      throw std::runtime_error("trusted-ca: " + name + " holds no certificate in PEM");
    texts.push_back(*std::move(text));
  }
  return texts;
}

}  // namespace sealgate::tls
