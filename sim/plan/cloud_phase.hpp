// How the hybrid service behaves until it is changed: replaced as a whole by a `change`. Plain
// data; what the words mean is said in fakes/cloud.
#pragma once

#include <string>

#include "sim/plan/mx_phase.hpp"

namespace sealcheck::plan {

struct CloudPhase {
  MxPhase front;  ///< of its SMTP front
  bool account_enabled = true;
  std::string fault = "none";  ///< see fakes/cloud/cloud_fault.hpp
};

}  // namespace sealcheck::plan
