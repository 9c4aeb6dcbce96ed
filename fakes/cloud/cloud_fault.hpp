// What the hybrid service does wrong, so that it can be seen whether the lab notices.
#pragma once

#include <optional>
#include <string_view>

namespace fakes {

enum class CloudFault {
  none,
  seals_nothing,        ///< hands the message over as it came
  keeps_clear_copies,   ///< writes each message to its disk
  keeps_sealed_copies,  ///< writes what it sealed to its disk
  answers_early,        ///< 250 before the exchanger has said so, and no second attempt
  trusts_names,         ///< of a root, whatever its key
  looks_up_nothing,     ///< neither A nor PTR
  analyses_nothing,     ///< spam and viruses are sealed as all else
};

/// "none", "seals-nothing", …
std::optional<CloudFault> cloud_fault_from_name(std::string_view name);

}  // namespace fakes
