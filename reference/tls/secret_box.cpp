#include "reference/tls/secret_box.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "reference/message/transfer_encoding.hpp"

namespace sealgate::tls {
namespace {

constexpr std::size_t nonce_size = std::tuple_size_v<SecretNonce>;
constexpr std::size_t tag_size = 16;
constexpr std::size_t text_begin = nonce_size + tag_size;

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

unsigned char* octets(std::string& text, std::size_t at) {
  return reinterpret_cast<unsigned char*>(text.data()) + at;
}
const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void require(bool success) {
  if (!success) throw std::runtime_error("OpenSSL: a secret cannot be sealed");
}

}  // namespace

std::string seal_secret(const SecretKey& key, const SecretNonce& nonce, std::string_view secret) {
  std::string sealed(text_begin + secret.size(), '\0');
  std::copy(nonce.begin(), nonce.end(), sealed.begin());
  const Context context(EVP_CIPHER_CTX_new());
  int size = 0;
  require(context &&
          EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce.data()) ==
              1 &&
          EVP_EncryptUpdate(context.get(), octets(sealed, text_begin), &size, octets(secret),
                            static_cast<int>(secret.size())) == 1 &&
          EVP_EncryptFinal_ex(context.get(), octets(sealed, sealed.size()), &size) == 1 &&
          EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_size,
                              octets(sealed, nonce_size)) == 1);
  return message::encode_base64(sealed);
}

std::optional<std::string> open_secret(const SecretKey& key, std::string_view sealed) {
  std::string given = message::decode_base64(sealed);
  if (given.size() < text_begin) return std::nullopt;
  std::string secret(given.size() - text_begin, '\0');
  const Context context(EVP_CIPHER_CTX_new());
  int size = 0;
  require(context &&
          EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(),
                             octets(given, 0)) == 1 &&
          EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_size,
                              octets(given, nonce_size)) == 1 &&
          EVP_DecryptUpdate(context.get(), octets(secret, 0), &size,
                            octets(std::string_view(given)) + text_begin,
                            static_cast<int>(secret.size())) == 1);
  if (EVP_DecryptFinal_ex(context.get(), octets(secret, secret.size()), &size) != 1)
    return std::nullopt;
  return secret;
}

}  // namespace sealgate::tls
