// The queue's part in mail that comes back from an encryption server: what is known of it, what
// follows (returned_mail.hpp), one commit. Internal to this folder. On the queue executor.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>

#include "reference/gateway/core.hpp"
#include "reference/gateway/reception.hpp"

namespace sealgate::gateway {

/// The reply to the final dot: 250 once everything is on the disk, 451 where it is not. Two returns
/// of one hand-over are decided one after the other. `beside` is for the recipients of
/// the same transaction who are not outbound; it is queued in the same commit.
boost::asio::awaitable<smtp::Reply> take_back(CorePtr core, ConfigurationPtr configuration,
                                              smtp::Transaction transaction, Reception reception,
                                              std::optional<Received> beside);

/// As Queue::insert(), of a message that was handed over and came in again from elsewhere.
boost::asio::awaitable<host::ErrorCode> insert_again(CorePtr core, queue::NewMessage message,
                                                     std::string handover, host::WallTime now);

}  // namespace sealgate::gateway
