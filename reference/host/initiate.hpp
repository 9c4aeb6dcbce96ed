// Turns the host's completion-style operations into awaitables. Internal to reference/host and to
// the implementations of Host: it pulls in Asio's coroutine headers.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "reference/host/completion.hpp"

namespace host {

/// Awaits an operation started by `start(Completion<Args...>)`; yields a tuple of Args.
template <class... Args, class Start>
auto initiate(const boost::asio::any_io_executor& executor, Start start) {
  constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
  return boost::asio::async_initiate<decltype(token), void(Args...)>(
      [executor, start = std::move(start)](auto handler) mutable {
        start(Completion<Args...>(executor, std::move(handler)));
      },
      token);
}

}  // namespace host
