#include "fakes/cloud/key_ring.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <span>
#include <stdexcept>

#include "fakes/cloud/envelope.hpp"
#include "fakes/core/message_data.hpp"
#include "fakes/xheader/smime.hpp"

namespace fakes {
namespace {

SealingKey digest_of(const std::string& text) {
  SealingKey digest{};
  if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("OpenSSL failed to digest a key's name");
  return digest;
}

}  // namespace

std::shared_ptr<const Certificate> KeyRing::certificate(host::Host& host, const std::string& name) {
  auto& made = certificates_[name];
  if (!made) {
    CertificateSpec spec;
    spec.common_name = name;
    made = make_self_signed(host, spec);
  }
  return made;
}

EnvelopeKey KeyRing::envelope_key(const std::string& name) {
  const SealingKey generation = digest_of("generation of " + name);
  return {std::make_shared<WrappingRoot>(name, digest_of("master key of " + name)),
          std::string(generation.begin(), generation.begin() + 16)};
}

std::string KeyRing::encrypt_smime(host::Host& host, const std::string& name,
                                   const std::string& message) {
  return xheader::encrypt_smime(message, {certificate(host, name)});
}

std::string KeyRing::encrypt_envelope(host::Host& host, const std::string& name,
                                      const std::string& sender, const std::string& recipient,
                                      const std::string& message) {
  const EnvelopeKey key = envelope_key(name);
  Fresh fresh;
  host.fill_random(std::as_writable_bytes(std::span(fresh.content_key)));
  host.fill_random(std::as_writable_bytes(std::span(fresh.content_nonce)));
  host.fill_random(std::as_writable_bytes(std::span(fresh.wrap_nonce)));
  const SealedFor about{name, recipient, sender, peek_header(message, "Message-ID")};
  const EnvelopeMaker maker({"Secure Mail", "https://portal.partner.test/open"});
  return maker.make(about, seal(*key.root, key.generation, about, message, fresh), host.wall_now());
}

}  // namespace fakes
