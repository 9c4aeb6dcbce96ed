// Who takes part in a plan: the gateway under test, its peers and the people who send. Plain
// values, every name and address resolved.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/plan/cloud_phase.hpp"
#include "sim/plan/dns.hpp"
#include "sim/plan/encryption_work.hpp"
#include "sim/plan/mx_phase.hpp"

namespace sealcheck::plan {

/// A mail exchanger, or an encryption server: that is one with work of its own.
struct Mx {
  std::string name;
  std::string address;
  std::uint16_t port = 25;
  std::vector<std::string> domains;
  std::uint16_t preference = 10;
  MxPhase phase;                             ///< the first one
  std::optional<EncryptionWork> encryption;  ///< the first one
  std::string
      way_on_address;  ///< what an encryption server sends leaves from there; empty: its own

  /// The machine with that other address.
  std::string way_on_name() const { return "way-on." + name; }
};

/// The hybrid service, on a machine of its own.
struct Cloud {
  std::vector<std::string> public_networks;  ///< "192.0.2.0/24"; empty: every address is public
  std::string name;                          ///< of its SMTP front
  std::string portal_name;                   ///< "portal." in the front's domain
  std::string address;                       ///< of both
  std::string inbound_name;                  ///< of its front before the gateway: "mx." …
  std::string inbound_address;               ///< … and its own address
  CloudPhase phase;                          ///< the first one
};

/// A host from which people send. Internal ones are among the gateway's trusted clients.
struct Origin {
  std::string name;
  std::string address;
  bool internal = false;
};

/// Who opens files of the hybrid service, on a machine of his own.
struct Recipient {
  std::string name;     ///< his mail address
  std::string address;  ///< of the machine
};

/// Stands in a configuration for the root of the lab's CA, which is made by the run's seed.
constexpr std::string_view lab_root = "the root of the lab's CA";

/// A .pfx file in the administrator's hand, made by the lab's CA (fakes/core/certificate_file.hpp).
struct CertificateFile {
  std::string file;  ///< "gw.pfx"
  std::string host;
  std::string kind;     ///< "good", "expired", …
  std::string content;  ///< "everything", "no-key", …
  std::string password;
  std::string root = {};   ///< the label of the root that it is below; empty: the lab's CA
  std::string claim = {};  ///< "another", "bearing", or empty: genuine
};

/// A private key in a file of its own (RSA, 2048 bits), encrypted.
struct KeyFile {
  std::string file;
  std::string password;
};

struct Gateway {
  std::string name;
  std::string address;
  std::vector<std::string> protected_domains;
  std::string
      configuration;  ///< the text of sealgate.conf: the scenario's block and the world's facts
};

}  // namespace sealcheck::plan
