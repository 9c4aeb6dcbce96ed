// host::DatagramSocket over a bound UDP socket. All calls on its executor; destroying it aborts a
// pending receive.
#pragma once

#include <memory>

#include "reference/host/datagram.hpp"

namespace host {

/// Binds `local`, whose port is not 0.
Result<std::unique_ptr<DatagramSocket>> bind_udp(Endpoint local,
                                                 boost::asio::any_io_executor executor);

}  // namespace host
