// Decryption of inbound mail, by one of two ways or both (RUL-24). Data only; read_decryption.cpp
// says what is consistent.
//
// Whoever decrypts says by an x-header of its own whether it succeeded (HYB-30, HYB-31). Names and
// values are settings (RUL-14); they count from the addresses of the way's IP group and from no
// other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reference/routing/route_table.hpp"
#include "reference/settings/x_header.hpp"

namespace sealgate::settings {

struct DecryptionResults {
  std::string group;  ///< an IP group: whose word counts
  XHeader success;
  XHeader failure;
};

/// The gateway forwards what comes in encrypted, and gets it back from the group (HYB-23).
struct DecryptionGateway {
  DecryptionResults results;
  std::vector<routing::Server> servers;  ///< asked in turn; none: those of the third party
};

struct Decryption {
  std::optional<DecryptionGateway> gateway;
  /// The hybrid service stands in front and has tried already (HYB-29).
  std::optional<DecryptionResults> service;
};

}  // namespace sealgate::settings
