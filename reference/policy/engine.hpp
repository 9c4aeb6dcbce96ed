// The deployed policies, made ready to decide. A pure function in two steps: what a message is
// found to hold, once for all its recipients; then what that means for one of them.
//
// Phrases, dictionary words and patterns of all rules are looked for in one pass each, so that a
// thousand rules cost little more than one. Parts are decoded one after the other: memory beyond
// the message is that of its largest part. Immutable and safe from any thread; what examine()
// returns does not refer to the message.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "reference/message/mime.hpp"
#include "reference/policy/decision.hpp"

namespace sealgate::policy {

/// A rule whose conditions are met, whoever sends to whom.
struct MatchedRule {
  std::size_t policy = 0;  ///< places in the deployed set
  std::size_t rule = 0;
  std::string condition;
  std::string where;
};

struct Findings {
  std::vector<MatchedRule> rules;
  std::string exception;  ///< the bound that the message passes; rules are then not complete
};

class Engine {
 public:
  explicit Engine(PolicySet deployed, message::MimeLimits limits = {});
  ~Engine();

  const PolicySet& deployed() const { return deployed_; }

  /// `message`: header and body with CRLF line ends.
  Findings examine(std::string_view message) const;
  Decision decide(const Findings& findings, const Facts& facts) const;

 private:
  Incident incident(const MatchedRule& matched, bool enforced) const;

  const PolicySet deployed_;
  const message::MimeLimits limits_;
  std::unique_ptr<const struct Compiled> compiled_;
};

/// An archive that lists more files than this is an exception.
inline constexpr std::size_t listed_files_max = 1000;

}  // namespace sealgate::policy
