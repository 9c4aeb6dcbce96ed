#include "fakes/cloud/smime_reader.hpp"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>

#include <cctype>
#include <memory>
#include <string_view>

#include "fakes/cloud/mime_part.hpp"

namespace fakes {
namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(CMS_ContentInfo* cms) const { CMS_ContentInfo_free(cms); }
};

std::unique_ptr<CMS_ContentInfo, Free> parsed(const std::string& octets) {
  const std::unique_ptr<BIO, Free> in(
      BIO_new_mem_buf(octets.data(), static_cast<int>(octets.size())));
  return std::unique_ptr<CMS_ContentInfo, Free>(in ? d2i_CMS_bio(in.get(), nullptr) : nullptr);
}

/// A wrong key may yield octets at random (RFC 3218: nobody shall learn that it was wrong).
bool begins_like_an_entity(std::string_view text) {
  if (text.starts_with("\r\n")) return true;
  for (const char c : text.substr(0, text.find('\n'))) {
    if (c == ':') return true;
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '_') return false;
  }
  return false;
}

}  // namespace

std::optional<std::string> smime_content(std::string_view message) {
  const MimePart part = read_part(message);
  if (part.type != "application/pkcs7-mime" && part.type != "application/x-pkcs7-mime")
    return std::nullopt;
  std::string octets = decode(part);
  const auto cms = parsed(octets);
  ERR_clear_error();
  // What says that it is signed or compressed, and is, was not encrypted.
  const int type = cms ? OBJ_obj2nid(CMS_get0_type(cms.get())) : NID_undef;
  const bool open = type == NID_pkcs7_signed || type == NID_id_smime_ct_compressedData;
  if (open || part.smime_type == "signed-data" || part.smime_type == "certs-only")
    return std::nullopt;
  return octets;
}

std::optional<std::string> open_smime(const std::string& octets, const Certificate& certificate) {
  const auto cms = parsed(octets);
  const std::unique_ptr<BIO, Free> out(BIO_new(BIO_s_mem()));
  const bool opened =
      cms && out &&
      CMS_decrypt(cms.get(), certificate.key(), certificate.x509(), nullptr, out.get(), 0) == 1;
  ERR_clear_error();
  if (!opened) return std::nullopt;
  char* octet = nullptr;
  const long size = BIO_get_mem_data(out.get(), &octet);
  std::string entity(octet, static_cast<std::size_t>(size));
  if (!begins_like_an_entity(entity)) return std::nullopt;
  return entity;
}

}  // namespace fakes
