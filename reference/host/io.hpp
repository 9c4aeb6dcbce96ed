// Coroutine helpers over the host's primitive operations: the one place where waits get deadlines.
//
// Every function that waits takes a deadline on the host's monotonic clock. When it passes, the
// pending operation is cancelled and the result is Error::timed_out.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "reference/host/host.hpp"

namespace host {

/// Reads at least one byte, at most `limit`, and appends them to `into`.
boost::asio::awaitable<ErrorCode> read_some(Host& host, Stream& stream, std::string& into,
                                            MonoTime deadline, std::size_t limit = 16 * 1024);

/// Writes all of `bytes`, which must live until it completes.
boost::asio::awaitable<ErrorCode> write_all(Host& host, Stream& stream, std::string_view bytes,
                                            MonoTime deadline);

boost::asio::awaitable<Result<std::unique_ptr<Stream>>> accept(Acceptor& acceptor);

boost::asio::awaitable<Result<Datagram>> receive(Host& host, DatagramSocket& socket,
                                                 MonoTime deadline);

/// Sleeps on the calling coroutine's executor; operation_aborted when `timer` is cancelled.
boost::asio::awaitable<ErrorCode> wait_until(Timer& timer, MonoTime due);

/// Starts `work` on `executor`. An exception that leaves it is logged as an error of `component`; a
/// coroutine is never detached without a record.
void spawn(Host& host, const boost::asio::any_io_executor& executor, std::string_view component,
           boost::asio::awaitable<void> work);

}  // namespace host
