#include "fakes/cloud/cloud_fault.hpp"

#include <array>
#include <utility>

namespace fakes {

bool ignores(CloudFault fault, const host::Result<Analysis>& analysis) {
  return fault == CloudFault::analyses_nothing ||
         (fault == CloudFault::passes_without_a_verdict && !analysis);
}

std::optional<CloudFault> cloud_fault_from_name(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, CloudFault>, 14> faults{{
      {"none", CloudFault::none},
      {"seals-nothing", CloudFault::seals_nothing},
      {"keeps-clear-copies", CloudFault::keeps_clear_copies},
      {"keeps-sealed-copies", CloudFault::keeps_sealed_copies},
      {"answers-early", CloudFault::answers_early},
      {"trusts-names", CloudFault::trusts_names},
      {"looks-up-nothing", CloudFault::looks_up_nothing},
      {"analyses-nothing", CloudFault::analyses_nothing},
      {"passes-without-a-verdict", CloudFault::passes_without_a_verdict},
      {"quotes-in-receipts", CloudFault::quotes_in_receipts},
      {"believes-senders", CloudFault::believes_senders},
      {"opens-for-anybody", CloudFault::opens_for_anybody},
      {"asks-no-password", CloudFault::asks_no_password},
      {"counts-no-guesses", CloudFault::counts_no_guesses},
  }};
  for (const auto& [known, fault] : faults)
    if (known == name) return fault;
  return std::nullopt;
}

}  // namespace fakes
