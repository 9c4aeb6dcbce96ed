#include "reference/gateway/advice.hpp"

#include "reference/encryption/hybrid_service.hpp"

namespace sealgate::gateway {

std::vector<std::string> advice(const settings::Settings& settings,
                                const policy::PolicySet& deployed, bool self_signed) {
  if (settings.encryption.other != settings::OtherMethod::hybrid) return {};
  std::vector<std::string> lines;
  if (const auto missing = encryption::why_no_hybrid(settings.hybrid, deployed))
    lines.push_back("the hybrid service cannot be used yet: " + missing->text);
  if (self_signed) {
    lines.push_back(
        "the hybrid service takes no self-signed certificate: import one that a trusted CA has "
        "signed");
  }
  return lines;
}

}  // namespace sealgate::gateway
