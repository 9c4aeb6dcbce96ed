// What the parts of a running gateway have in common. Internal to this folder.
//
// Every coroutine of the gateway holds the Core by shared_ptr, so that none of them dangles. The
// queue and the delivery's Wake are used on the queue executor only; the configuration is an
// immutable value that is exchanged as a whole; the rest is safe from any executor.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>

#include "reference/gateway/decisions.hpp"
#include "reference/gateway/open_streams.hpp"
#include "reference/gateway/wake.hpp"
#include "reference/host/host.hpp"
#include "reference/queue/queue.hpp"
#include "reference/routing/resolver.hpp"
#include "reference/settings/settings.hpp"
#include "reference/tls/context.hpp"

namespace sealgate::gateway {

/// Settings with what is made from them. A connection keeps the one it began with.
struct Configuration {
  Configuration(host::Host& host, settings::Settings settings_now,
                const tls::Credentials& credentials);

  const settings::Settings settings;
  const tls::Context tls_client;
  const tls::Context tls_server;
  routing::Resolver resolver;
};
using ConfigurationPtr = std::shared_ptr<Configuration>;

struct Core : std::enable_shared_from_this<Core> {
  Core(host::Host& host, const Decisions& decisions, tls::Credentials credentials,
       std::unique_ptr<queue::Queue> queue);

  host::Host& host;
  const Decisions& decisions;
  const tls::Credentials credentials;
  const std::unique_ptr<queue::Queue> queue;
  std::atomic<ConfigurationPtr> configuration;
  std::atomic<std::shared_ptr<const policy::Engine>> policies;  ///< as they were deployed

  Wake delivery_wake;
  Wake stop_wake;
  OpenStreams streams;
  std::atomic<bool> stopping = false;
  std::atomic<int> tasks = 0;  ///< started and not finished

  /// Starts a coroutine that stop() waits for.
  void run(const boost::asio::any_io_executor& executor, std::string_view component,
           boost::asio::awaitable<void> work);

  /// From any executor: something in the queue may be due.
  void wake_delivery();
};
using CorePtr = std::shared_ptr<Core>;

/// Runs `work` on another executor and comes back with its result.
template <class T>
boost::asio::awaitable<T> on_executor(boost::asio::any_io_executor executor,
                                      boost::asio::awaitable<T> work) {
  co_return co_await boost::asio::co_spawn(executor, std::move(work), boost::asio::use_awaitable);
}

}  // namespace sealgate::gateway
