#include "reference/encryption/decryption.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/encryption/encrypted_content.hpp"
#include "reference/encryption/third_party.hpp"
#include "reference/encryption/x_header_fields.hpp"
#include "reference/message/mime_parameters.hpp"

namespace sealgate::encryption {
namespace {

using settings::DecryptionResults;
using settings::XHeader;

std::string in_words(const std::string& who, ReturnStatus status) {
  switch (status) {
    case ReturnStatus::encrypted:  // the success header
      return "decrypted by " + who;
    case ReturnStatus::failed:
      return who + " could not decrypt it";
    case ReturnStatus::unmarked:
      break;
  }
  return who + " says nothing of decryption";
}

/// By its Content-Type, whether or not what follows is sound: that is for whoever decrypts to say.
bool says_encrypted(std::string_view message) {
  const auto header = message::scan_header(message);
  const auto* field = header.find("Content-Type");
  if (!field) return false;
  const auto type = message::parse_parameters(field->value);
  if (type.word == "multipart/encrypted") return true;
  if (type.word != "application/pkcs7-mime" && type.word != "application/x-pkcs7-mime")
    return false;
  auto kind = type.get("smime-type");  // RFC 8551 section 3.2.2; RFC 2311 had none
  for (char& c : kind) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return kind.empty() || kind == "enveloped-data" || kind == "authenveloped-data";
}

class Reader {
 public:
  Reader(const settings::Settings& settings, const host::Address& client)
      : settings_(settings), client_(client) {}

  /// True when the client's word counts for that way.
  bool read(const std::string& who, const DecryptionResults& results,
            const message::Header& header) {
    const bool trusted = settings_.is_in_group(results.group, client_);
    for (const auto* one : {&results.success, &results.failure})
      (trusted ? theirs_ : forged_).push_back(*one);
    if (!trusted) return false;
    const auto said = in_words(who, return_status(header, results.success, results.failure));
    said_ += (said_.empty() ? "" : "; ") + said;
    return true;
  }

  /// The names that count from nobody at this address; two ways may share one.
  std::vector<XHeader> forged() const {
    auto names = forged_;
    std::erase_if(names, [&](const XHeader& name) {
      return std::any_of(theirs_.begin(), theirs_.end(), [&](const XHeader& theirs) {
        return settings::same_field_name(theirs.name, name.name);
      });
    });
    return names;
  }

  std::string said() const { return said_; }

 private:
  const settings::Settings& settings_;
  const host::Address& client_;
  std::vector<XHeader> theirs_;
  std::vector<XHeader> forged_;
  std::string said_;
};

}  // namespace

DecryptionFindings read_decryption(const settings::Settings& settings, const host::Address& client,
                                   std::string& message) {
  const auto& [gateway, service] = settings.decryption;
  if (!gateway && !service) return {};
  const auto header = message::scan_header(message);
  Reader reader(settings, client);
  DecryptionFindings found;
  if (gateway) found.returned = reader.read("the encryption gateway", gateway->results, header);
  if (service) reader.read("the hybrid service", *service, header);
  found.said = reader.said();
  for (const auto& field : strip(message, reader.forged()).fields)
    found.forged.push_back(field.substr(0, field.find(':')));
  return found;
}

bool needs_decryption(const settings::Decryption& decryption, const DecryptionFindings& findings,
                      std::string_view message) {
  return decryption.gateway && !findings.returned &&
         (says_encrypted(message) || cover_of(message) != Cover::none);
}

LegOrUnavailable decryption_leg(const settings::Settings& settings) {
  const auto& gateway = settings.decryption.gateway;
  if (!gateway || (gateway->servers.empty() && !settings.third_party))
    return Unavailable{"decryption-unavailable", "no encryption gateway decrypts inbound mail"};
  Leg leg{
      .method = Demand::decryption, .tls = Demand::opportunistic_tls, .servers = gateway->servers};
  if (gateway->servers.empty()) {
    leg.servers = servers_of(*settings.third_party);
    leg.login = settings.third_party->login;
  }
  return leg;
}

}  // namespace sealgate::encryption
