#include "fakes/cloud/password.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <memory>
#include <stdexcept>

namespace fakes {
namespace {

constexpr std::size_t salt_octets = 16;
constexpr std::size_t key_octets = 32;
constexpr std::uint64_t memory_max = 1 << 30;

struct Free {
  void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
  void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};

std::string scrypt(std::string password, std::string salt, std::uint64_t n) {
  const std::unique_ptr<EVP_KDF, Free> kdf(EVP_KDF_fetch(nullptr, "SCRYPT", nullptr));
  const std::unique_ptr<EVP_KDF_CTX, Free> context(EVP_KDF_CTX_new(kdf.get()));
  std::uint32_t r = 8;
  std::uint32_t p = 1;
  std::uint64_t memory = memory_max;
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, password.data(), password.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt.data(), salt.size()),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
      OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
      OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
      OSSL_PARAM_construct_end()};
  std::string key(key_octets, '\0');
  if (!context || EVP_KDF_derive(context.get(), reinterpret_cast<unsigned char*>(key.data()),
                                 key.size(), parameters) != 1)
    throw std::runtime_error("OpenSSL refuses scrypt with N = " + std::to_string(n));
  OPENSSL_cleanse(password.data(), password.size());
  return key;
}

}  // namespace

PasswordHash hash_password(host::Host& host, const std::string& password, std::uint64_t n) {
  PasswordHash hash{n, std::string(salt_octets, '\0'), {}};
  host.fill_random(std::as_writable_bytes(std::span(hash.salt)));
  hash.key = scrypt(password, hash.salt, n);
  return hash;
}

bool is_password(const PasswordHash& hash, const std::string& password) {
  const std::string key = scrypt(password, hash.salt, hash.n);
  return key.size() == hash.key.size() &&
         CRYPTO_memcmp(key.data(), hash.key.data(), key.size()) == 0;
}

void waste_a_check(const std::string& password, std::uint64_t n) {
  scrypt(password, std::string(salt_octets, '\0'), n);
}

}  // namespace fakes
