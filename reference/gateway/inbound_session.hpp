// One client's connection: performs what smtp::ServerSession asks for. Internal to this folder.
//
// STARTTLS is offered to everyone (TLS-04) and required of some (530). 250 to a message follows its
// durable insertion and nothing else; the text of that reply names the queue id. A client that lets
// five minutes pass without a whole command, or within a message without a byte, gets 421 (RFC 5321
// section 4.5.3.2.7), and so does one whose message takes an hour: who sends a byte now and then
// holds no session for ever. Beyond sessions_max a client gets 421 at once.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "reference/gateway/core.hpp"
#include "reference/host/stream.hpp"

namespace sealgate::gateway {

inline constexpr int sessions_max = 1000;  ///< at once, of one acceptor

/// Accepts until the acceptor is closed by stop() and starts a session for each connection.
boost::asio::awaitable<void> accept_clients(CorePtr core, std::shared_ptr<host::Acceptor> acceptor);

}  // namespace sealgate::gateway
