// How the hybrid service behaves until it is changed: replaced as a whole by a `change`. Plain
// data; what the words mean is said in fakes/cloud.
#pragma once

#include <string>
#include <vector>

#include "sim/plan/mx_phase.hpp"

namespace sealcheck::plan {

/// How it analyses what it takes, beside the test patterns that every engine knows.
struct CloudAnalysis {
  struct Signature {
    std::string verdict;  ///< "spam" or "virus"
    std::string name;
    std::string octets;
  };
  std::vector<Signature> signatures;
  std::string fault;  ///< "fails", "hangs", "reaches-its-limit", or empty
};

/// Its other front: for the rest of the world it is the exchanger of these domains.
struct CloudInbound {
  std::vector<std::string> domains;  ///< empty: it does not stand there
  std::vector<std::string> keys;     ///< by name (fakes/cloud/key_ring.hpp); none: no attempt
  std::string header = "X-Hybrid-Decryption";
  std::string success = "success";
  std::string failure = "failed";
};

struct CloudPhase {
  MxPhase front;  ///< of its SMTP front
  bool account_enabled = true;
  CloudAnalysis analysis = {};
  CloudInbound inbound = {};
  std::string fault = "none";  ///< see fakes/cloud/cloud_fault.hpp
};

}  // namespace sealcheck::plan
