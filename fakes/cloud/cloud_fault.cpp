#include "fakes/cloud/cloud_fault.hpp"

#include <array>
#include <utility>

namespace fakes {

std::optional<CloudFault> cloud_fault_from_name(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, CloudFault>, 8> faults{{
      {"none", CloudFault::none},
      {"seals-nothing", CloudFault::seals_nothing},
      {"keeps-clear-copies", CloudFault::keeps_clear_copies},
      {"keeps-sealed-copies", CloudFault::keeps_sealed_copies},
      {"answers-early", CloudFault::answers_early},
      {"trusts-names", CloudFault::trusts_names},
      {"looks-up-nothing", CloudFault::looks_up_nothing},
      {"analyses-nothing", CloudFault::analyses_nothing},
  }};
  for (const auto& [known, fault] : faults)
    if (known == name) return fault;
  return std::nullopt;
}

}  // namespace fakes
