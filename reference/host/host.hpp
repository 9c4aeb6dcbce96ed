// Everything that a program may ask of the machine it runs on: the one edge that the gateway and
// the simulated peers share. The gateway never learns which world it is in.
//
// Two executors: session_executor() for connections (many threads in the daemon: each session stays
// on a strand of its own), queue_executor() for the one owner of the queue. Components post to each
// other and share nothing. A simulated world maps both to one.
//
// Lifetime: the host outlives every object obtained from it. None of these calls blocks.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "reference/host/datagram.hpp"
#include "reference/host/endpoint.hpp"
#include "reference/host/result.hpp"
#include "reference/host/storage.hpp"
#include "reference/host/stream.hpp"
#include "reference/host/time.hpp"
#include "reference/host/timer.hpp"

namespace host {

enum class Severity { debug, info, warning, error };

class Host {
 public:
  virtual ~Host() = default;

  virtual boost::asio::any_io_executor session_executor() = 0;
  virtual boost::asio::any_io_executor queue_executor() = 0;

  virtual WallTime wall_now() = 0;
  virtual MonoTime mono_now() = 0;
  virtual std::unique_ptr<Timer> make_timer(TimerKind kind,
                                            boost::asio::any_io_executor executor) = 0;

  /// Opens a TCP connection; fails with connection_refused, host_unreachable or Error::timed_out.
  virtual boost::asio::awaitable<Result<std::unique_ptr<Stream>>> connect(Endpoint remote,
                                                                          MonoTime deadline) = 0;
  /// Fails with address_in_use, address_not_available or permission_denied.
  virtual Result<std::unique_ptr<Acceptor>> listen(Endpoint local,
                                                   boost::asio::any_io_executor executor) = 0;
  /// Port 0 takes a free one, chosen by the host's entropy (RFC 5452 section 9.2).
  virtual Result<std::unique_ptr<DatagramSocket>> bind_datagram(
      Endpoint local, boost::asio::any_io_executor executor) = 0;

  virtual Storage& storage() = 0;

  /// Fills `bytes` with unpredictable bytes (in a simulated world: seeded ones).
  virtual void fill_random(std::span<std::byte> bytes) = 0;

  /// One line for the operator. Never a password, a key or a message's content.
  virtual void log(Severity severity, std::string_view component, std::string_view text) = 0;

  /// Whether somebody asked for the TLS secrets made on this host: on a real one its operator, for
  /// a key log; on a simulated one who wants a packet capture.
  virtual bool wants_tls_secrets() const = 0;
  /// One line in NSS key log format for each of them. Requires: wants_tls_secrets().
  virtual void on_tls_secret(std::string_view key_log_line) = 0;
};

}  // namespace host
