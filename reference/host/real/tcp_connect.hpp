// Opens a TCP connection with a deadline.
#pragma once

#include <memory>

#include "reference/host/stream.hpp"
#include "reference/host/time.hpp"

namespace host {

using ConnectCompletion = Completion<ErrorCode, std::unique_ptr<Stream>>;

/// Completes with a stream on `executor`, with Error::timed_out at the deadline (or when the kernel
/// gives up before it), or with the system's error: connection_refused, host_unreachable.
void start_tcp_connect(boost::asio::any_io_executor executor, Endpoint remote, MonoTime deadline,
                       ConnectCompletion done);

}  // namespace host
