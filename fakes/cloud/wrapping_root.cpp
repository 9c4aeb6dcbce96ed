#include "fakes/cloud/wrapping_root.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <stdexcept>
#include <utility>

namespace fakes {
namespace {

OSSL_PARAM octets(const char* name, std::string_view value) {
  return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(value.data()), value.size());
}

SealingKey derived(EVP_KDF_CTX* step, const OSSL_PARAM* parameters) {
  SealingKey key{};
  if (EVP_KDF_derive(step, key.data(), key.size(), parameters) != 1)
    throw std::runtime_error("OpenSSL: HKDF");
  return key;
}

}  // namespace

void WrappingRoot::Free::operator()(EVP_KDF_CTX* context) const {
  EVP_KDF_CTX_free(context);
}

WrappingRoot::Step WrappingRoot::step(int mode, const SealingKey& key) {
  const auto free = [](EVP_KDF* kdf) { EVP_KDF_free(kdf); };
  const std::unique_ptr<EVP_KDF, decltype(free)> hkdf(
      EVP_KDF_fetch(nullptr, OSSL_KDF_NAME_HKDF, nullptr));
  Step made(hkdf ? EVP_KDF_CTX_new(hkdf.get()) : nullptr);
  std::string digest = "SHA256";
  const std::string_view text(reinterpret_cast<const char*>(key.data()), key.size());
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode), octets(OSSL_KDF_PARAM_KEY, text),
      OSSL_PARAM_construct_end()};
  if (!made || EVP_KDF_CTX_set_params(made.get(), parameters) != 1)
    throw std::runtime_error("OpenSSL: HKDF-SHA-256");
  return made;
}

WrappingRoot::WrappingRoot(std::string key_id, const SealingKey& master)
    : key_id_(std::move(key_id)) {
  const Step extract = step(EVP_KDF_HKDF_MODE_EXTRACT_ONLY, master);
  const OSSL_PARAM salt[] = {octets(OSSL_KDF_PARAM_SALT, key_id_), OSSL_PARAM_construct_end()};
  SealingKey pseudorandom = derived(extract.get(), salt);
  expand_ = step(EVP_KDF_HKDF_MODE_EXPAND_ONLY, pseudorandom);
  OPENSSL_cleanse(pseudorandom.data(), pseudorandom.size());
}

SealingKey WrappingRoot::derive(std::string_view info) const {
  const OSSL_PARAM parameters[] = {octets(OSSL_KDF_PARAM_INFO, info), OSSL_PARAM_construct_end()};
  return derived(expand_.get(), parameters);
}

}  // namespace fakes
