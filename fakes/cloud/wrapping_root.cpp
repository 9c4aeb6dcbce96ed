#include "fakes/cloud/wrapping_root.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <stdexcept>
#include <utility>

namespace fakes {
namespace {

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("OpenSSL: ") + what);
}

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void absorb(EVP_MAC_CTX* mac, std::string_view text) {
  require(EVP_MAC_update(mac, octets(text), text.size()) == 1, "HMAC");
}

SealingKey finish(EVP_MAC_CTX* mac) {
  SealingKey digest{};
  std::size_t size = 0;
  require(EVP_MAC_final(mac, digest.data(), &size, digest.size()) == 1 && size == digest.size(),
          "HMAC");
  return digest;
}

std::string_view text(const SealingKey& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

}  // namespace

void WrappingRoot::Free::operator()(EVP_MAC_CTX* context) const {
  EVP_MAC_CTX_free(context);
}

WrappingRoot::Mac WrappingRoot::keyed(std::string_view key) {
  const auto free = [](EVP_MAC* mac) { EVP_MAC_free(mac); };
  // Looked for once: that takes longer than to use it.
  static const std::unique_ptr<EVP_MAC, decltype(free)> hmac(
      EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr));
  require(hmac != nullptr, "no HMAC");
  Mac mac(EVP_MAC_CTX_new(hmac.get()));
  std::string digest = "SHA256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_end()};
  require(mac && EVP_MAC_init(mac.get(), octets(key), key.size(), parameters) == 1, "HMAC-SHA-256");
  return mac;
}

WrappingRoot::WrappingRoot(std::string key_id, const SealingKey& master)
    : key_id_(std::move(key_id)) {
  const Mac extracting = keyed(key_id_);
  absorb(extracting.get(), text(master));
  SealingKey pseudorandom = finish(extracting.get());
  expanding_ = keyed(text(pseudorandom));
  OPENSSL_cleanse(pseudorandom.data(), pseudorandom.size());
}

SealingKey WrappingRoot::derive(std::string_view info) const {
  // Without a key it begins anew with the one that it has.
  require(EVP_MAC_init(expanding_.get(), nullptr, 0, nullptr) == 1, "HMAC");
  absorb(expanding_.get(), info);
  absorb(expanding_.get(), "\x01");  // the first block is all: it is as long as the key
  return finish(expanding_.get());
}

}  // namespace fakes
