#include "fakes/xheader/smime.hpp"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cctype>
#include <stdexcept>

#include "fakes/core/base64.hpp"
#include "fakes/core/header_fields.hpp"

namespace fakes::xheader {
namespace {

template <auto free>
struct Free {
  template <class T>
  void operator()(T* value) const {
    free(value);
  }
};

// The stack's elements are borrowed.
void free_stack(STACK_OF(X509) * stack) {
  sk_X509_free(stack);
}

void require(bool success, const char* what) {
  if (!success) throw std::runtime_error(std::string("OpenSSL failed to ") + what);
}

std::string enveloped(const std::string& entity,
                      const std::vector<std::shared_ptr<const Certificate>>& recipients) {
  const std::unique_ptr<STACK_OF(X509), Free<free_stack>> to(sk_X509_new_null());
  require(to != nullptr, "make a list");
  for (const auto& one : recipients)
    require(sk_X509_push(to.get(), one->x509()) > 0, "add a recipient");
  const std::unique_ptr<BIO, Free<BIO_free>> in(
      BIO_new_mem_buf(entity.data(), static_cast<int>(entity.size())));
  const std::unique_ptr<BIO, Free<BIO_free>> out(BIO_new(BIO_s_mem()));
  require(in && out, "make a buffer");
  const std::unique_ptr<CMS_ContentInfo, Free<CMS_ContentInfo_free>> cms(
      CMS_encrypt(to.get(), in.get(), EVP_aes_256_cbc(), CMS_BINARY));
  require(cms && i2d_CMS_bio(out.get(), cms.get()) == 1, "encrypt a message");
  char* octets = nullptr;
  const long size = BIO_get_mem_data(out.get(), &octets);
  return std::string(octets, static_cast<std::size_t>(size));
}

}  // namespace

bool describes_content(const HeaderLine& line) {
  constexpr std::string_view beginning = "Content-";
  return same_name(line.name, "MIME-Version") ||
         same_name(std::string_view(line.name).substr(0, beginning.size()), beginning);
}

bool is_smime(const SplitMessage& message) {
  for (const HeaderLine& line : message.header) {
    if (!same_name(line.name, "Content-Type")) continue;
    std::string value = line.value;
    for (char& c : value) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return value.find("pkcs7-mime") != value.npos && value.find("signed-data") == value.npos;
  }
  return false;
}

std::string encrypt_smime(const std::string& message,
                          const std::vector<std::shared_ptr<const Certificate>>& recipients) {
  SplitMessage outside = split_message(message);
  SplitMessage inside;
  inside.body = std::move(outside.body);
  std::vector<HeaderLine> kept;
  for (HeaderLine& line : outside.header) {
    (describes_content(line) ? inside.header : kept).push_back(std::move(line));
  }
  outside.header = std::move(kept);
  outside.body = base64_lines(enveloped(inside.text(), recipients));
  outside.add_first("Content-Disposition", "attachment; filename=\"smime.p7m\"");
  outside.add_first("Content-Transfer-Encoding", "base64");
  outside.add_first("Content-Type",
                    "application/pkcs7-mime; smime-type=enveloped-data; name=\"smime.p7m\"");
  outside.add_first("MIME-Version", "1.0");
  return outside.text();
}

std::optional<std::string> decrypt_smime(std::string_view message, const Certificate& recipient) {
  const SplitMessage parts = split_message(message);
  const std::string octets = from_base64(parts.body).value_or("");
  const std::unique_ptr<BIO, Free<BIO_free>> in(
      BIO_new_mem_buf(octets.data(), static_cast<int>(octets.size())));
  const std::unique_ptr<BIO, Free<BIO_free>> out(BIO_new(BIO_s_mem()));
  require(in && out, "make a buffer");
  const std::unique_ptr<CMS_ContentInfo, Free<CMS_ContentInfo_free>> cms(
      d2i_CMS_bio(in.get(), nullptr));
  const bool opened = cms && CMS_decrypt(cms.get(), recipient.key(), recipient.x509(), nullptr,
                                         out.get(), CMS_BINARY) == 1;
  ERR_clear_error();  // what was not for us is no failure of the next call
  if (!opened) return std::nullopt;
  char* inside = nullptr;
  const long size = BIO_get_mem_data(out.get(), &inside);
  return std::string(inside, static_cast<std::size_t>(size));
}

}  // namespace fakes::xheader
