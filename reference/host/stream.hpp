// A connected, ordered byte stream and the acceptor that yields them: TCP, TLS over it, or
// simulated.
//
// Ownership: whoever holds the unique_ptr owns the connection. A pending operation refers to the
// stream and to the caller's buffer; both must live until it completes. At most one read and one
// write may be pending at a time. Destroying a stream closes it and drops what is pending.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <memory>

#include "reference/host/completion.hpp"
#include "reference/host/endpoint.hpp"
#include "reference/host/result.hpp"

typedef struct ssl_st SSL;

namespace host {

using IoCompletion = Completion<ErrorCode, std::size_t>;

class Stream {
 public:
  virtual ~Stream() = default;

  virtual boost::asio::any_io_executor executor() = 0;

  /// Completes with at least one byte, or with an error: Error::end_of_stream after the peer's FIN,
  /// connection_reset, operation_aborted after cancel() or close().
  virtual void start_read(boost::asio::mutable_buffer buffer, IoCompletion done) = 0;

  /// Completes when at least one byte was taken over (back-pressure), or with an error.
  virtual void start_write(boost::asio::const_buffer buffer, IoCompletion done) = 0;

  /// Ends our direction (FIN); reading goes on.
  virtual void shutdown_send() = 0;
  /// Ends both directions in order; what was written is still delivered.
  virtual void close() = 0;
  /// Aborts the connection (RST); what was written may be lost.
  virtual void reset() = 0;
  /// Pending operations complete with operation_aborted; the connection stays.
  virtual void cancel() = 0;

  virtual Endpoint local() const = 0;
  virtual Endpoint remote() const = 0;

  /// The TLS session of an encrypted stream, else null. For inspection only.
  virtual SSL* tls() const { return nullptr; }
};

class Acceptor {
 public:
  using AcceptCompletion = Completion<ErrorCode, std::unique_ptr<Stream>>;

  virtual ~Acceptor() = default;
  virtual boost::asio::any_io_executor executor() = 0;
  virtual void start_accept(AcceptCompletion done) = 0;
  virtual Endpoint local() const = 0;
  /// Stops listening: later connections are refused, a pending accept is aborted.
  virtual void close() = 0;
};

}  // namespace host
