#include "reference/gateway/attempt_tally.hpp"

#include <fmt/format.h>

#include <cassert>

namespace sealgate::gateway {
namespace {

using encryption::Failure;
using smtp::Disposition;

bool is_unreached(Failure failure) {
  return failure == Failure::connection_refused || failure == Failure::connection_timed_out ||
         failure == Failure::host_unreachable;
}

/// What keeps every message from a server, whatever it replied with.
bool is_of_the_session(Failure failure) {
  return encryption::is_tls_failure(failure) || failure == Failure::session_refused ||
         failure == Failure::authentication_in_clear ||
         failure == Failure::authentication_not_offered ||
         failure == Failure::authentication_refused;
}

/// The word for one recipient: the session's failure, or the reply to it.
Failure reason_of(const smtp::RecipientResult& result, const std::optional<Failure>& session) {
  if (result.unknown) return Failure::reply_lost;
  // It comes before any reply to this recipient: what reply there is refused STARTTLS, or AUTH.
  if (session && (is_of_the_session(*session) || !result.reply.received())) return *session;
  return result.disposition == Disposition::permanent ? Failure::permanent_reply
                                                      : Failure::temporary_reply;
}

void note(encryption::FirstMethod& method, bool unreached, Failure reason) {
  if (unreached)
    method.unreached = true;
  else if (encryption::is_tls_failure(reason))
    method.tls_failed = true;
  else
    method.otherwise = true;
}

}  // namespace

AttemptTally::AttemptTally(std::vector<int> recipients) : open_(std::move(recipients)) {
  for (const int n : open_) {
    verdicts_[n];
    reached_[n] = false;
    first_method_[n];
  }
}

void AttemptTally::add(const ConnectionResult& result, const std::string& host,
                       std::optional<host::Duration> return_within) {
  assert(result.outcome.recipients.size() == open_.size());
  const bool unreached = result.failure && is_unreached(*result.failure) && result.tls.empty() &&
                         !result.outcome.failure;
  std::vector<int> still_open;
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const int n = open_[i];
    const auto& one = result.outcome.recipients[i];
    const auto reason = reason_of(one, result.failure);
    const bool refused_session = result.outcome.failure &&
                                 one.disposition == Disposition::permanent &&
                                 result.failure == Failure::permanent_reply;
    const bool decided = one.disposition == Disposition::delivered || one.unknown ||
                         (one.disposition == Disposition::permanent && !refused_session) ||
                         reason == Failure::tampered;
    if (!decided) still_open.push_back(n);
    note(first_method_[n], unreached, reason);
    if (unreached && reached_[n]) continue;
    reached_[n] = !unreached;
    auto reply = one.reply.received() ? to_text(one.reply) : result.detail;
    const bool delivered = one.disposition == Disposition::delivered;
    verdicts_[n] = {one.disposition,
                    delivered ? "" : in_order(n, std::string(to_word(reason))),
                    std::move(reply),
                    result.tls,
                    host,
                    one.dsn_offered,
                    delivered ? return_within : std::nullopt};
  }
  open_ = std::move(still_open);
}

std::string AttemptTally::in_order(int n, std::string reason) const {
  const auto before = before_.find(n);
  return before == before_.end() ? reason : before->second + reason;
}

void AttemptTally::fail(int n, Disposition disposition, std::string reason, std::string detail) {
  verdicts_[n] = {disposition, in_order(n, std::move(reason)), std::move(detail), "", "", false,
                  {}};
}

void AttemptTally::add(const routing::LookupFailure& failure) {
  const auto disposition = failure.permanent ? Disposition::permanent : Disposition::temporary;
  for (const int n : open_) fail(n, disposition, failure.reason, failure.text);
  open_.clear();
}

void AttemptTally::add(const encryption::Unavailable& method) {
  const auto disposition = method.permanent ? Disposition::permanent : Disposition::temporary;
  for (const int n : open_) fail(n, disposition, method.reason, method.text);
  open_.clear();
}

void AttemptTally::reopen(std::vector<int> recipients) {
  open_ = std::move(recipients);
  for (const int n : open_) reached_[n] = false;
}

void AttemptTally::reopen_for_second(std::vector<int> recipients, std::string_view first,
                                     std::string_view second) {
  for (const int n : recipients)
    before_[n] = fmt::format("{}: {}; {}: ", first, verdicts_.at(n).reason, second);
  reopen(std::move(recipients));
}

Verdicts AttemptTally::take(int n) {
  Verdicts taken;
  taken.insert(verdicts_.extract(n));
  return taken;
}

}  // namespace sealgate::gateway
