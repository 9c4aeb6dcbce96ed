// From an attempt's verdicts to the queue's rows: delivered, delayed until the next attempt, failed
// for good, or expired because the retry period is over. Pure. Internal to this folder.
//
// Who is told about the last two, and what becomes of them when nobody can be, is notices.hpp's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reference/gateway/attempt_tally.hpp"
#include "reference/gateway/decisions.hpp"
#include "reference/queue/message.hpp"

namespace sealgate::gateway {

inline constexpr std::string_view delayed_queue = "delayed";
inline constexpr std::string_view undeliverable_queue = "undeliverable";
/// Came back from an encryption server unencrypted, or did not come back (RUL-11, RUL-29).
inline constexpr std::string_view encryption_failed_queue = "encryption-failed";

queue::RecipientUpdate make_update(const Decisions& decisions, const queue::RetryPolicy& policy,
                                   const queue::StoredMessage& message, int n,
                                   const RecipientVerdict& verdict, host::WallTime now);

/// The copy of what an encryption server was to hand back, and has not.
queue::RecipientUpdate make_overdue(int n, host::WallTime now);

/// "7Z…: #0 at partner.test delayed: handshake-failed, next attempt 2026-…". Domains, but no local
/// part.
std::string log_line(const queue::StoredMessage& message, const queue::RecipientUpdate& update,
                     const RecipientVerdict& verdict);
/// "7Z…: report 9Q… to the sender at corp.test".
std::string log_line(const queue::StoredMessage& message, const queue::NewMessage& notice);

}  // namespace sealgate::gateway
