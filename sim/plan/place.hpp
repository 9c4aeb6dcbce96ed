// Where a statement of a plan came from.
#pragma once

#include <string>

namespace sealcheck::plan {

/// Where a statement stands, for reports.
struct Place {
  std::string position;  ///< "scenarios/tls/x.scn:12:5"
  std::string source;    ///< the line, without leading blanks
};

}  // namespace sealcheck::plan
