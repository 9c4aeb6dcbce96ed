// Any octets as the message that an encryption server works on and as one that a recipient opens:
// no crash, nothing lost of what is passed on, and no text that opens without its login.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "fakes/core/header_fields.hpp"
#include "fakes/core/test_host.hpp"
#include "fakes/xheader/seal_work.hpp"
#include "fakes/xheader/smime.hpp"

using namespace fakes::xheader;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

SealConfig make_config() {
  fakes::TestHost host;
  fakes::CertificateSpec spec;
  spec.common_name = "bob@partner.test";
  SealConfig config;
  config.trigger = {"X-Encrypt", "yes"};
  config.success = {"X-Encrypted", "yes"};
  config.failure = {"X-Encrypted", "failed"};
  config.certificates["bob@partner.test"] = fakes::make_self_signed(host, spec);
  return config;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  static const SealConfig usual = make_config();
  SealConfig config = usual;
  config.fault = static_cast<ReturnFault>(data[0] % 10);
  const std::string message(reinterpret_cast<const char*>(data) + 1, size - 1);
  open_envelope(message, ViewerLogin{"user", "password"});
  decrypt_smime(message, *usual.certificates.begin()->second);
  for (const Sealed& sealed : seal(config, {"bob@partner.test"}, message)) {
    require(sealed.recipients.size() == 1);
    if (sealed.how == "passed") require(sealed.content == fakes::split_message(message).text());
    if (sealed.how != "smime") continue;
    require(decrypt_smime(sealed.content, *usual.certificates.begin()->second).has_value());
  }
  return 0;
}
