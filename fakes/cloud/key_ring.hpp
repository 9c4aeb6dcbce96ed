// The keys that a lab gives out by name, and what a sender on the internet makes with one: an
// S/MIME message or an envelope (decryption.hpp). Whoever has a key of that name opens it.
//
// Certificates are made when first asked for, from the entropy of the host that asks; the keys of
// envelopes follow from their names alone. Single-threaded.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "fakes/cloud/decryption.hpp"
#include "reference/host/host.hpp"

namespace fakes {

class KeyRing {
 public:
  std::shared_ptr<const Certificate> certificate(host::Host& host, const std::string& name);
  static EnvelopeKey envelope_key(const std::string& name);

  /// The message's content and what describes it are inside, its other fields as they were.
  std::string encrypt_smime(host::Host& host, const std::string& name, const std::string& message);
  /// The whole message is inside; outside are its addresses and its Message-ID.
  static std::string encrypt_envelope(host::Host& host, const std::string& name,
                                      const std::string& sender, const std::string& recipient,
                                      const std::string& message);

 private:
  std::map<std::string, std::shared_ptr<const Certificate>> certificates_;
};

}  // namespace fakes
