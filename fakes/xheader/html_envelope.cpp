#include "fakes/xheader/html_envelope.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "fakes/core/base64.hpp"
#include "fakes/core/header_fields.hpp"

namespace fakes::xheader {
namespace {

constexpr std::size_t salt_size = 16;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr int iterations = 10'000;  // some milliseconds: a lab's messages, not a vault's

constexpr std::string_view begin_mark = "<pre id=\"sealed\" hidden>\r\n";
constexpr std::string_view end_mark = "</pre>";
constexpr std::string_view form =
    "<form id=\"login\"><label>User name <input name=\"user\"></label>\r\n"
    "<label>Password <input name=\"password\" type=\"password\"></label>\r\n"
    "<button>Open</button></form>\r\n";

using Key = std::array<unsigned char, 32>;

unsigned char* octets(std::string& text, std::size_t at = 0) {
  return reinterpret_cast<unsigned char*>(text.data()) + at;
}
const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

void require(bool success, const char* what) {
  if (!success) throw std::runtime_error(std::string("OpenSSL failed to ") + what);
}

Key key_for(const std::optional<ViewerLogin>& login, std::string_view salt) {
  // A NUL between the two, so that neither can lend the other a letter.
  const std::string secret = login ? login->user + '\0' + login->password : std::string();
  Key key{};
  require(PKCS5_PBKDF2_HMAC(secret.data(), static_cast<int>(secret.size()), octets(salt),
                            static_cast<int>(salt.size()), iterations, EVP_sha256(),
                            static_cast<int>(key.size()), key.data()) == 1,
          "derive a key");
  return key;
}

/// Salt, nonce, tag, then the text.
std::string encrypt(const std::string& text, const std::optional<ViewerLogin>& login) {
  std::string sealed(salt_size + nonce_size + tag_size + text.size(), '\0');
  require(RAND_bytes(octets(sealed), salt_size + nonce_size) == 1, "find randomness");
  const Key key = key_for(login, std::string_view(sealed).substr(0, salt_size));
  const Context context(EVP_CIPHER_CTX_new());
  int size = 0;
  constexpr std::size_t begin = salt_size + nonce_size + tag_size;
  require(context &&
              EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(),
                                 octets(sealed, salt_size)) == 1 &&
              EVP_EncryptUpdate(context.get(), octets(sealed, begin), &size, octets(text),
                                static_cast<int>(text.size())) == 1 &&
              EVP_EncryptFinal_ex(context.get(), octets(sealed, sealed.size()), &size) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_size,
                                  octets(sealed, salt_size + nonce_size)) == 1,
          "encrypt an envelope");
  return sealed;
}

std::optional<std::string> decrypt(std::string sealed, const std::optional<ViewerLogin>& login) {
  constexpr std::size_t begin = salt_size + nonce_size + tag_size;
  if (sealed.size() < begin) return std::nullopt;
  const Key key = key_for(login, std::string_view(sealed).substr(0, salt_size));
  const Context context(EVP_CIPHER_CTX_new());
  std::string text(sealed.size() - begin, '\0');
  int size = 0;
  require(context &&
              EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(),
                                 octets(sealed, salt_size)) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_size,
                                  octets(sealed, salt_size + nonce_size)) == 1 &&
              EVP_DecryptUpdate(context.get(), octets(text), &size, octets(sealed, begin),
                                static_cast<int>(text.size())) == 1,
          "decrypt an envelope");
  if (EVP_DecryptFinal_ex(context.get(), octets(text, text.size()), &size) != 1)
    return std::nullopt;
  return text;
}

}  // namespace

std::string seal_envelope(const std::string& message, const std::optional<ViewerLogin>& login) {
  SplitMessage outside = split_message(message);
  for (const char* name : {"MIME-Version", "Content-Type", "Content-Transfer-Encoding",
                           "Content-Disposition", "Content-ID", "Content-Description"})
    outside.remove(name);
  outside.body = "<!DOCTYPE html>\r\n<title>Encrypted message</title>\r\n";
  outside.body += "<p>This message is encrypted.</p>\r\n";
  if (login) outside.body += form;
  outside.body += begin_mark;
  outside.body += base64_lines(encrypt(message, login));
  outside.body += end_mark;
  outside.body += "\r\n";
  outside.add_first("Content-Type", "text/html; charset=utf-8");
  outside.add_first("MIME-Version", "1.0");
  return outside.text();
}

std::optional<bool> asks_for_login(std::string_view envelope) {
  if (envelope.find(begin_mark) == envelope.npos) return std::nullopt;
  return envelope.find(form) != envelope.npos;
}

std::optional<std::string> open_envelope(std::string_view envelope,
                                         const std::optional<ViewerLogin>& login) {
  const std::size_t begin = envelope.find(begin_mark);
  if (begin == envelope.npos) return std::nullopt;
  envelope.remove_prefix(begin + begin_mark.size());
  const auto sealed = from_base64(envelope.substr(0, envelope.find(end_mark)));
  return sealed ? decrypt(*sealed, login) : std::nullopt;
}

}  // namespace fakes::xheader
