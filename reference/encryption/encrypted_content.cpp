#include "reference/encryption/encrypted_content.hpp"

#include <openssl/cms.h>
#include <openssl/err.h>

#include <algorithm>
#include <memory>
#include <string>

#include "reference/message/mime.hpp"

namespace sealgate::encryption {
namespace {

using message::MimePart;

constexpr std::size_t cover_octets_max = 2048;  // "Open the attachment to read this message."
constexpr std::size_t sealed_octets_min = 48;   // a nonce, a tag and a little

struct FreeCms {
  void operator()(CMS_ContentInfo* content) const { CMS_ContentInfo_free(content); }
};

std::string decoded(const MimePart& part) {
  return message::decode(part.encoding, part.body);
}

bool is_enveloped(const std::string& der) {
  const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
  const std::unique_ptr<CMS_ContentInfo, FreeCms> content(
      d2i_CMS_ContentInfo(nullptr, &begin, static_cast<long>(der.size())));
  ERR_clear_error();
  if (!content) return false;
  const int type = OBJ_obj2nid(CMS_get0_type(content.get()));
  return type == NID_pkcs7_enveloped || type == NID_id_smime_ct_authEnvelopedData;
}

bool is_smime(const MimePart& part) {
  return (part.media_type == "application/pkcs7-mime" ||
          part.media_type == "application/x-pkcs7-mime") &&
         is_enveloped(decoded(part));
}

bool is_base64(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/' || c == '=' || c == '\r' || c == '\n';
}

/// Of random octets one in nine is a control character; of a text in any charset that mail uses,
/// next to none.
bool is_unreadable(const std::string& octets) {
  if (octets.size() < sealed_octets_min) return false;
  const auto controls = std::count_if(octets.begin(), octets.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet < 0x20 && c != '\t' && c != '\r' && c != '\n';
  });
  return static_cast<std::size_t>(controls) * 30 > octets.size();
}

/// The longest run of base64 in a page, and the page without it.
struct Page {
  std::string_view block;
  std::size_t rest_octets = 0;
};

Page taken_apart(std::string_view html) {
  Page page;
  for (std::size_t at = 0; at < html.size();) {
    std::size_t end = at;
    while (end < html.size() && is_base64(html[end])) ++end;
    if (end - at > page.block.size()) page.block = html.substr(at, end - at);
    at = std::max(end, at + 1);
  }
  page.rest_octets = html.size() - page.block.size();
  return page;
}

bool is_page(const MimePart& part) {
  if (part.media_type != "text/html") return false;
  const std::string html = decoded(part);
  const Page page = taken_apart(html);
  return page.rest_octets <= 4 * cover_octets_max &&
         is_unreadable(message::decode_base64(page.block));
}

bool is_small_text(const MimePart& part) {
  return part.kind == MimePart::Kind::multipart ||
         (part.is_text() && part.body.size() <= cover_octets_max);
}

bool is_pgp(const message::Mime& mime) {
  const auto& parts = mime.parts;
  if (parts.size() != 3 || parts[0].media_type != "multipart/encrypted") return false;
  if (parts[1].media_type != "application/pgp-encrypted") return false;
  return decoded(parts[2]).starts_with("-----BEGIN PGP MESSAGE-----");
}

}  // namespace

std::string_view to_word(Cover cover) {
  switch (cover) {
    case Cover::none:
      return "none";
    case Cover::smime:
      return "smime";
    case Cover::pgp:
      return "pgp";
    case Cover::envelope:
      return "envelope";
  }
  return "?";
}

Cover cover_of(std::string_view message) {
  const message::Mime mime = message::parse_mime(message);
  if (mime.exception || mime.parts.empty()) return Cover::none;
  if (mime.parts.size() == 1 && is_smime(mime.parts[0])) return Cover::smime;
  if (is_pgp(mime)) return Cover::pgp;
  const auto pages = std::count_if(mime.parts.begin(), mime.parts.end(), is_page);
  const bool rest_is_small =
      std::all_of(mime.parts.begin(), mime.parts.end(),
                  [](const MimePart& part) { return is_page(part) || is_small_text(part); });
  return pages == 1 && rest_is_small ? Cover::envelope : Cover::none;
}

}  // namespace sealgate::encryption
