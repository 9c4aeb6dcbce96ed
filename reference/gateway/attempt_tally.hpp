// Sums up one delivery attempt over several mail hosts and connections: what became of each
// recipient, and the reason to record. Pure. Internal to this folder.
//
// What decides a recipient: a 2yz to the final dot, and a 5yz to MAIL, RCPT, DATA or the final dot.
// All else leaves it to the next mail host (RFC 5321 section 5.1), except a reply to the final dot
// that was lost and a channel that was tampered with: both wait for the next attempt.
//
// Which reason is recorded when several hosts failed: the last one, but a host that could not be
// reached does not hide what a host that was reached said or did.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/encryption/leg.hpp"
#include "reference/encryption/tls_failure.hpp"
#include "reference/gateway/client_connection.hpp"
#include "reference/routing/mx_lookup.hpp"
#include "reference/smtp/outcome.hpp"

namespace sealgate::gateway {

struct RecipientVerdict {
  smtp::Disposition disposition = smtp::Disposition::temporary;
  std::string reason;  ///< empty when delivered
  std::string reply;
  std::string tls;
  std::string host;          ///< the mail host that decided
  bool dsn_offered = false;  ///< it took over what was asked for about reports
  /// Delivered to an encryption server, which is to hand it back within this time.
  std::optional<host::Duration> return_within = {};
};

/// By the recipient's number in the queue's message.
using Verdicts = std::map<int, RecipientVerdict>;

class AttemptTally {
 public:
  /// Recipients by their number in the queue's message.
  explicit AttemptTally(std::vector<int> recipients);

  /// Those that the next connection is to carry, in order.
  const std::vector<int>& open() const { return open_; }

  /// The result of a connection that carried open(). `host` names it, for the log; what it took
  /// comes back within `return_within`.
  void add(const ConnectionResult& result, const std::string& host,
           std::optional<host::Duration> return_within = {});
  /// No host could be looked up: nothing is open any more.
  void add(const routing::LookupFailure& failure);
  /// The method cannot be used: nothing is open any more.
  void add(const encryption::Unavailable& method);

  /// Since the beginning, whatever is open now.
  const encryption::FirstMethod& first_method(int n) const { return first_method_.at(n); }
  /// For one of them at a time: what failed before hides nothing from here on.
  void reopen(std::vector<int> recipients);
  /// The same for another method. Why it fails is told together with why the first one did:
  /// "mandatory-tls: starttls-not-offered; hybrid: connection-refused" (RUL-05).
  void reopen_for_second(std::vector<int> recipients, std::string_view first,
                         std::string_view second);

  const Verdicts& verdicts() const { return verdicts_; }
  /// Takes out the one that is not to be decided any more.
  Verdicts take(int n);

 private:
  std::string in_order(int n, std::string reason) const;
  void fail(int n, smtp::Disposition disposition, std::string reason, std::string detail);

  std::vector<int> open_;
  Verdicts verdicts_;
  std::map<int, bool> reached_;  ///< a host was reached when the verdict's reason came up
  std::map<int, encryption::FirstMethod> first_method_;
  std::map<int, std::string> before_;  ///< what stands in front of a reason
};

}  // namespace sealgate::gateway
