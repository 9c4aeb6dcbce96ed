// host::Acceptor over a listening TCP socket. Its calls are safe from any thread: who stops a
// program closes it from another executor than the one that accepts.
#pragma once

#include <functional>
#include <memory>

#include "reference/host/stream.hpp"

namespace host {

/// `stream_executor` names the executor of the next stream.
Result<std::unique_ptr<Acceptor>> listen_on_tcp(
    Endpoint local, boost::asio::any_io_executor executor,
    std::function<boost::asio::any_io_executor()> stream_executor);

}  // namespace host
