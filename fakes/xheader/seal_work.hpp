// What the encryption server makes of one message that it was given: pure, message in, messages
// out. The x-headers are its own configuration; whether they are the gateway's too is not its
// business (TPA-07).
//
// A message without the trigger is passed on as it is, or decrypted where it decrypts mail and has
// a key for it: then a header of its own says how that went, and one that came along is taken out.
// One with it goes encrypted to whom there is a certificate for (S/MIME, one message for all of
// them) and in an HTML envelope to everybody else; the trigger is taken out and the success header
// put in. What cannot be encrypted goes on as it came with the failure header.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/core/certificate.hpp"
#include "fakes/xheader/html_envelope.hpp"

namespace fakes::xheader {

struct Header {
  std::string name;
  std::string value;
};

/// What the server gets wrong when it hands a message back.
enum class ReturnFault {
  none,
  wrong_name,      ///< the success header under another name
  other_case,      ///< its value in the other letter case
  other_space,     ///< a space in the middle of its value
  both_headers,    ///< success and failure
  no_header,       ///< neither
  unencrypted,     ///< success, on plain text
  twice,           ///< everything again
  never,           ///< accepted, and nothing comes back
  strips_fields,   ///< takes out every X- field that is not its own
  cannot_encrypt,  ///< honest: the failure header
};
std::string_view to_string(ReturnFault fault);
/// "wrong-name" and so on; nothing for an unknown name.
std::optional<ReturnFault> return_fault_from_name(std::string_view name);

/// For mail that comes in encrypted by S/MIME (HYB-23, RUL-24).
struct Decryption {
  std::vector<std::shared_ptr<const Certificate>> keys;
  std::string header;   ///< its name
  std::string success;  ///< its values
  std::string failure;
};

struct SealConfig {
  Header trigger;
  Header success;
  Header failure;
  /// By address, in lower case.
  std::map<std::string, std::shared_ptr<const Certificate>> certificates;
  std::optional<ViewerLogin> viewer_login;  ///< what an envelope asks for (TPA-14)
  std::optional<Decryption> decryption;
  ReturnFault fault = ReturnFault::none;
};

struct Sealed {
  std::vector<std::string> recipients;
  std::string content;
  std::string how;  ///< passed, smime, envelope, plain, failed, decrypted or closed
};

/// In the order in which they are to be sent.
std::vector<Sealed> seal(const SealConfig& config, const std::vector<std::string>& recipients,
                         const std::string& content);

}  // namespace fakes::xheader
