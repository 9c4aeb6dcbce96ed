// One client's connection: performs what smtp::ServerSession asks for. Internal to this folder.
//
// STARTTLS is offered to everyone (TLS-04). 250 to a message follows its durable insertion and
// nothing else; the text of that reply names the queue id. A wait of five minutes for the client
// ends the session with 421 (RFC 5321 section 4.5.3.2.7).
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "reference/gateway/core.hpp"
#include "reference/host/stream.hpp"

namespace sealgate::gateway {

/// On the stream's executor.
boost::asio::awaitable<void> serve_client(CorePtr core, std::unique_ptr<host::Stream> stream);

/// Accepts until the acceptor is closed by stop() and starts a session for each connection.
boost::asio::awaitable<void> accept_clients(CorePtr core, std::shared_ptr<host::Acceptor> acceptor);

}  // namespace sealgate::gateway
