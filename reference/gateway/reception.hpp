// What the gateway decides about mail that a client hands in: may it, where does each copy go, what
// do the policies say. Pure but for the queue id and the time, which the caller gives. Internal to
// this folder.
//
// Direction is per recipient (RUL-25); policy is decided once for each recipient.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "reference/gateway/decisions.hpp"
#include "reference/host/host.hpp"
#include "reference/queue/message.hpp"
#include "reference/settings/settings.hpp"
#include "reference/smtp/server_session.hpp"

namespace sealgate::gateway {

/// 250 2.1.5, or the refusal: 550 5.7.1 to outbound mail of a client that is not trusted.
smtp::Reply answer_recipient(const settings::Settings& settings, const host::Address& client,
                             const smtp::Path& sender, const smtp::Path& recipient);

struct Reception {
  host::Address client;
  std::string queue_id;
  host::WallTime now;
};

/// The message as it is to be queued, a Received field on top; or the refusal: 554 5.4.6 to a
/// message that has been through too many servers (RFC 5321 section 6.3).
std::variant<queue::NewMessage, smtp::Reply> receive(const settings::Settings& settings,
                                                     const Decisions& decisions,
                                                     smtp::Transaction transaction,
                                                     const Reception& reception);

/// More Received fields than this are a loop; RFC 5321 section 6.3 asks for at least 100.
inline constexpr std::size_t received_max = 100;

}  // namespace sealgate::gateway
