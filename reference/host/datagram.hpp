// An unconnected UDP socket. Datagrams may be lost, never split or joined.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <string>

#include "reference/host/completion.hpp"
#include "reference/host/endpoint.hpp"
#include "reference/host/result.hpp"

namespace host {

struct Datagram {
  Endpoint peer;
  std::string payload;
};

class DatagramSocket {
 public:
  using ReceiveCompletion = Completion<ErrorCode, Datagram>;

  virtual ~DatagramSocket() = default;
  virtual boost::asio::any_io_executor executor() = 0;
  /// Fire and forget, as UDP is; an oversized or unroutable datagram is silently dropped.
  virtual void send(const Endpoint& to, std::string_view payload) = 0;
  virtual void start_receive(ReceiveCompletion done) = 0;
  /// A pending receive completes with operation_aborted.
  virtual void cancel() = 0;
  virtual Endpoint local() const = 0;
};

}  // namespace host
