#include "reference/tls/key_file.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12err.h>

#include <stdexcept>

#include "reference/tls/derivation_rounds.hpp"
#include "reference/tls/password_rules.hpp"
#include "reference/tls/pem.hpp"

namespace sealgate::tls {
namespace {

struct Question {
  const std::string& password;
  bool asked = false;
};

int answer(char* buffer, int size, int, void* data) {
  auto& question = *static_cast<Question*>(data);
  question.asked = true;
  if (question.password.size() > static_cast<std::size_t>(size)) return -1;
  question.password.copy(buffer, question.password.size());
  return static_cast<int>(question.password.size());
}

int answer_nothing(char*, int, int, void*) {
  return -1;
}

}  // namespace

Key make_key(KeyKind kind) {
  Key key(kind == KeyKind::p256 ? EVP_EC_gen("P-256") : EVP_RSA_gen(2048), EVP_PKEY_free);
  if (!key) throw std::runtime_error("OpenSSL: no key could be generated");
  return key;
}

std::string write_key_file(const Key& key, const std::string& password) {
  const BioHandle bio(BIO_new(BIO_s_mem()));
  if (!bio ||
      !PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), EVP_aes_256_cbc(), password.data(),
                                     static_cast<int>(password.size()), nullptr, nullptr))
    throw std::runtime_error("OpenSSL: the key cannot be written");
  return text_of(bio.get());
}

Checked<Key> read_key_file(const std::string& pem, const std::string& password) {
  // Length alone is checked here: a key without encryption needs no password.
  if (!password.empty()) {
    if (auto error = check_key_password(password)) return *std::move(error);
  }
  if (rounds_of_pem_keys(pem) > derivation_rounds_max)
    return FieldError{"Key file",
                      fmt::format("opening it takes more than {} rounds of PBKDF2: write it again "
                                  "with openssl pkcs8 -topk8 -iter 100000",
                                  derivation_rounds_max)};
  const BioHandle bio = open_text(pem);
  Question question{password};
  const auto ask = password.empty() ? answer_nothing : answer;
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, ask, &question), EVP_PKEY_free);
  const unsigned long error = ERR_peek_last_error();
  ERR_clear_error();
  if (key) return key;
  if (question.asked) return FieldError{"Key password", "it does not open the private key"};
  if (ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_BAD_PASSWORD_READ)
    return FieldError{"Key password", "the private key is encrypted: its password is required"};
  return FieldError{"Key file", "it holds no private key in PEM form"};
}

std::string describe_key(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA")) return fmt::format("RSA {} bits", EVP_PKEY_get_bits(key));
  if (EVP_PKEY_is_a(key, "EC")) {
    char group[64] = {};
    EVP_PKEY_get_group_name(key, group, sizeof group, nullptr);
    return fmt::format("EC {}", std::string_view(group) == "prime256v1" ? "P-256" : group);
  }
  const char* name = EVP_PKEY_get0_type_name(key);
  return name ? name : "unknown";
}

std::optional<std::string> weakness_of_key(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA")) {
    if (EVP_PKEY_get_bits(key) >= 2048) return std::nullopt;
    return fmt::format("{}: at least 2048 bits are needed", describe_key(key));
  }
  const bool edwards = EVP_PKEY_is_a(key, "ED25519") || EVP_PKEY_is_a(key, "ED448");
  if (edwards || (EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_bits(key) >= 256)) return std::nullopt;
  return fmt::format("a {} key cannot be used: RSA or EC P-256 is needed", describe_key(key));
}

}  // namespace sealgate::tls
