#include "fakes/xheader/seal_work.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>
#include <utility>

#include "fakes/core/header_fields.hpp"
#include "fakes/xheader/smime.hpp"

namespace fakes::xheader {
namespace {

constexpr std::array<std::pair<ReturnFault, std::string_view>, 11> names = {
    {{ReturnFault::none, "none"},
     {ReturnFault::wrong_name, "wrong-name"},
     {ReturnFault::other_case, "other-case"},
     {ReturnFault::other_space, "other-space"},
     {ReturnFault::both_headers, "both-headers"},
     {ReturnFault::no_header, "no-header"},
     {ReturnFault::unencrypted, "unencrypted"},
     {ReturnFault::twice, "twice"},
     {ReturnFault::never, "never"},
     {ReturnFault::strips_fields, "strips-fields"},
     {ReturnFault::cannot_encrypt, "cannot-encrypt"}}};

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string other_case(std::string text) {
  for (char& c : text) {
    const auto octet = static_cast<unsigned char>(c);
    c = static_cast<char>(std::islower(octet) ? std::toupper(octet) : std::tolower(octet));
  }
  return text;
}

class Sealer {
 public:
  Sealer(const SealConfig& config, const std::vector<std::string>& recipients,
         const std::string& content)
      : config_(config), recipients_(recipients), message_(split_message(content)) {}

  std::vector<Sealed> work() {
    const bool triggered =
        std::any_of(message_.header.begin(), message_.header.end(), [&](const HeaderLine& line) {
          return same_name(line.name, config_.trigger.name) && line.value == config_.trigger.value;
        });
    if (!triggered && config_.decryption && is_smime(message_)) return {decrypted()};
    if (!triggered) return {{recipients_, message_.text(), "passed"}};
    message_.remove(config_.trigger.name);
    if (config_.fault == ReturnFault::never) return {};
    if (config_.fault == ReturnFault::strips_fields)
      std::erase_if(message_.header,
                    [](const HeaderLine& line) { return lower(line.name).starts_with("x-"); });
    if (config_.fault == ReturnFault::cannot_encrypt) return {failed()};
    if (config_.fault == ReturnFault::unencrypted)
      return {{recipients_, with_status(message_.text()), "plain"}};
    try {
      encrypt();
    } catch (const std::runtime_error&) {  // a certificate that OpenSSL cannot encrypt to
      return {failed()};
    }
    if (config_.fault == ReturnFault::twice) {
      const auto once = sealed_;
      sealed_.insert(sealed_.end(), once.begin(), once.end());
    }
    return std::move(sealed_);
  }

 private:
  void encrypt() {
    std::vector<std::shared_ptr<const Certificate>> certificates;
    Sealed smime{{}, {}, "smime"};
    Sealed envelope{{}, {}, "envelope"};
    for (const std::string& recipient : recipients_) {
      const auto found = config_.certificates.find(lower(recipient));
      const bool known = found != config_.certificates.end();
      (known ? smime : envelope).recipients.push_back(recipient);
      if (known) certificates.push_back(found->second);
    }
    const std::string original = message_.text();
    if (!smime.recipients.empty()) {
      smime.content = with_status(encrypt_smime(original, certificates));
      sealed_.push_back(std::move(smime));
    }
    if (!envelope.recipients.empty()) {
      envelope.content = with_status(seal_envelope(original, config_.viewer_login));
      sealed_.push_back(std::move(envelope));
    }
  }

  // What it says of its content inside takes the place of what the envelope said of itself.
  Sealed decrypted() {
    const Decryption& decryption = *config_.decryption;
    message_.remove(decryption.header);
    const std::string closed = message_.text();
    for (const auto& key : decryption.keys) {
      const auto opened = decrypt_smime(closed, *key);
      if (!opened) continue;
      SplitMessage inside = split_message(*opened);
      std::erase_if(message_.header, describes_content);
      message_.header.insert(message_.header.end(), inside.header.begin(), inside.header.end());
      message_.body = std::move(inside.body);
      message_.add_first(decryption.header, decryption.success);
      return {recipients_, message_.text(), "decrypted"};
    }
    message_.add_first(decryption.header, decryption.failure);
    return {recipients_, message_.text(), "closed"};
  }

  Sealed failed() const {
    SplitMessage message = message_;
    message.add_first(config_.failure.name, config_.failure.value);
    return {recipients_, message.text(), "failed"};
  }

  std::string with_status(const std::string& content) const {
    SplitMessage message = split_message(content);
    Header header = config_.success;
    switch (config_.fault) {
      case ReturnFault::no_header:
        return content;
      case ReturnFault::wrong_name:
        header.name += "-Result";
        break;
      case ReturnFault::other_case:
        header.value = other_case(header.value);
        break;
      case ReturnFault::other_space:
        header.value.insert(header.value.size() / 2, " ");
        break;
      case ReturnFault::both_headers:
        message.add_first(config_.failure.name, config_.failure.value);
        break;
      default:
        break;
    }
    message.add_first(header.name, header.value);
    return message.text();
  }

  const SealConfig& config_;
  const std::vector<std::string>& recipients_;
  SplitMessage message_;
  std::vector<Sealed> sealed_;
};

}  // namespace

std::string_view to_string(ReturnFault fault) {
  const auto* found = std::find_if(names.begin(), names.end(),
                                   [&](const auto& each) { return each.first == fault; });
  return found->second;
}

std::optional<ReturnFault> return_fault_from_name(std::string_view name) {
  for (const auto& [fault, text] : names) {
    if (text == name) return fault;
  }
  return std::nullopt;
}

std::vector<Sealed> seal(const SealConfig& config, const std::vector<std::string>& recipients,
                         const std::string& content) {
  return Sealer(config, recipients, content).work();
}

}  // namespace fakes::xheader
