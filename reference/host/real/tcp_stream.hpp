// host::Stream over a connected TCP socket. All calls on its executor.
//
// It waits for readiness and then reads or writes itself, instead of leaving that to Asio: a
// cancelled operation has transferred nothing then, so no byte is lost to a deadline, and bytes
// written right before close() are with the kernel, which delivers them.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "reference/host/stream.hpp"

namespace host {

/// `socket` is connected to `remote`; its executor becomes the stream's.
std::unique_ptr<Stream> make_tcp_stream(boost::asio::ip::tcp::socket socket, Endpoint remote);

template <class AsioEndpoint>
Endpoint to_endpoint(const AsioEndpoint& endpoint) {
  return {endpoint.address(), endpoint.port()};
}

}  // namespace host
