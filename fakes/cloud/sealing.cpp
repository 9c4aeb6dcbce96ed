#include "fakes/cloud/sealing.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string_view>

namespace fakes {
namespace {

constexpr std::string_view version = "envelope 1";
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t step_bytes_max = 1 << 30;  // OpenSSL counts in int

struct Free {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("OpenSSL: ") + what);
}

unsigned char* octets(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// With its length in front, so that no two lists of fields are the same octets.
void append(std::string& to, std::string_view field) {
  for (int shift = 56; shift >= 0; shift -= 8)
    to += static_cast<char>(static_cast<std::uint64_t>(field.size()) >> shift);
  to += field;
}

std::string additional_data(const SealedFor& about) {
  std::string data;
  for (const std::string_view field :
       {version, std::string_view(about.key_id), std::string_view(about.recipient),
        std::string_view(about.sender), std::string_view(about.message_id)}) {
    append(data, field);
  }
  return data;
}

SealingKey wrapping_key(const WrappingRoot& root, const std::string& generation,
                        const SealedFor& about) {
  std::string info(version);
  append(info, about.recipient);
  append(info, generation);
  return root.derive(info);
}

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, Free>;

const EVP_CIPHER* aes_256_gcm() {
  static const std::unique_ptr<EVP_CIPHER, Free> cipher(
      EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
  return cipher.get();
}

Cipher begin(bool encrypts, const SealingKey& key, std::string_view nonce,
             const std::string& additional) {
  Cipher cipher(EVP_CIPHER_CTX_new());
  require(cipher != nullptr, "no cipher");
  const int way = encrypts ? 1 : 0;
  require(
      EVP_CipherInit_ex2(cipher.get(), aes_256_gcm(), key.data(), octets(nonce), way, nullptr) == 1,
      "AES-256-GCM");
  int length = 0;
  require(EVP_CipherUpdate(cipher.get(), nullptr, &length, octets(additional),
                           static_cast<int>(additional.size())) == 1,
          "additional data");
  return cipher;
}

/// The same number of octets comes out as goes in.
void run(EVP_CIPHER_CTX* cipher, std::string_view in, std::string& out) {
  for (std::size_t at = 0; at < in.size(); at += step_bytes_max) {
    const auto step = in.substr(at, step_bytes_max);
    int length = 0;
    require(EVP_CipherUpdate(cipher, octets(out) + at, &length, octets(step),
                             static_cast<int>(step.size())) == 1,
            "cipher");
  }
}

std::string encrypt(const SealingKey& key, std::string_view nonce, const std::string& additional,
                    std::string_view plaintext) {
  const auto cipher = begin(true, key, nonce, additional);
  std::string out(plaintext.size() + tag_bytes, '\0');
  run(cipher.get(), plaintext, out);
  int length = 0;
  require(EVP_CipherFinal_ex(cipher.get(), octets(out) + plaintext.size(), &length) == 1, "cipher");
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, tag_bytes,
                              octets(out) + plaintext.size()) == 1,
          "tag");
  return out;
}

std::optional<std::string> decrypt(const SealingKey& key, std::string_view nonce,
                                   const std::string& additional, std::string_view sealed) {
  if (nonce.size() != std::tuple_size_v<Nonce> || sealed.size() < tag_bytes) return std::nullopt;
  const auto cipher = begin(false, key, nonce, additional);
  const auto size = sealed.size() - tag_bytes;
  std::string out(size, '\0');
  run(cipher.get(), sealed.substr(0, size), out);
  std::string tag(sealed.substr(size));
  require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()) == 1,
          "tag");
  unsigned char rest[tag_bytes];
  int length = 0;
  if (EVP_CipherFinal_ex(cipher.get(), rest, &length) != 1) {
    OPENSSL_cleanse(out.data(), out.size());
    return std::nullopt;
  }
  return out;
}

template <std::size_t N>
std::string text(const std::array<unsigned char, N>& octets) {
  return {octets.begin(), octets.end()};
}

}  // namespace

Sealed seal(const WrappingRoot& root, const std::string& generation, const SealedFor& about,
            const std::string& plaintext, const Fresh& fresh) {
  if (about.key_id != root.key_id())
    throw std::invalid_argument("sealed under the key " + root.key_id() + " and not " +
                                about.key_id);
  const auto additional = additional_data(about);
  Sealed sealed;
  sealed.wrap_nonce = text(fresh.wrap_nonce);
  sealed.content_nonce = text(fresh.content_nonce);
  sealed.wrapped_key = encrypt(wrapping_key(root, generation, about), sealed.wrap_nonce, additional,
                               text(fresh.content_key));
  sealed.content = encrypt(fresh.content_key, sealed.content_nonce, additional, plaintext);
  return sealed;
}

std::optional<std::string> open(const WrappingRoot& root, const std::string& generation,
                                const SealedFor& about, const Sealed& sealed) {
  if (about.key_id != root.key_id()) return std::nullopt;
  const auto additional = additional_data(about);
  auto unwrapped = decrypt(wrapping_key(root, generation, about), sealed.wrap_nonce, additional,
                           sealed.wrapped_key);
  SealingKey key{};
  if (!unwrapped || unwrapped->size() != key.size()) return std::nullopt;
  std::copy(unwrapped->begin(), unwrapped->end(), key.begin());
  OPENSSL_cleanse(unwrapped->data(), unwrapped->size());
  return decrypt(key, sealed.content_nonce, additional, sealed.content);
}

}  // namespace fakes
