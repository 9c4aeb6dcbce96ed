// What the hybrid service does wrong, so that it can be seen whether the lab notices.
#pragma once

#include <optional>
#include <string_view>

#include "fakes/cloud/analysis_engine.hpp"

namespace fakes {

enum class CloudFault {
  none,
  seals_nothing,             ///< hands the message over as it came
  keeps_clear_copies,        ///< writes each message to its disk
  keeps_sealed_copies,       ///< writes what it sealed to its disk
  answers_early,             ///< 250 before the exchanger has said so, and no second attempt
  trusts_names,              ///< of a root, whatever its key
  looks_up_nothing,          ///< neither A nor PTR
  analyses_nothing,          ///< spam and viruses are sealed, or handed in, as all else
  passes_without_a_verdict,  ///< what could not be analysed is taken for clean
  quotes_in_receipts,        ///< the message, behind the receipt
  believes_senders,          ///< the results of decryption that they wrote stay
  opens_for_anybody,         ///< the portal, a message for whoever has an account of his own
  asks_no_password,          ///< that is right: the portal takes any
  counts_no_guesses,         ///< wrong passwords may be said without end
};

/// Whether it goes on as if the message were clean.
bool ignores(CloudFault fault, const host::Result<Analysis>& analysis);

/// "none", "seals-nothing", …
std::optional<CloudFault> cloud_fault_from_name(std::string_view name);

}  // namespace fakes
