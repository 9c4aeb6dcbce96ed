// What the parts of a running gateway have in common. Internal to this folder.
//
// Every coroutine of the gateway holds the Core by shared_ptr, so that none of them dangles. The
// queue and the delivery's Wake are used on the queue executor only; the configuration is an
// immutable value that is exchanged as a whole; the rest is safe from any executor.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "reference/encryption/server_health.hpp"
#include "reference/gateway/decisions.hpp"
#include "reference/gateway/open_streams.hpp"
#include "reference/gateway/wake.hpp"
#include "reference/host/host.hpp"
#include "reference/host/io.hpp"
#include "reference/queue/queue.hpp"
#include "reference/routing/resolver.hpp"
#include "reference/routing/turns.hpp"
#include "reference/settings/settings.hpp"
#include "reference/tls/context.hpp"

namespace sealgate::gateway {

/// Settings with what is made from them. A connection keeps the one it began with.
struct Configuration {
  /// Throws std::runtime_error: a trusted CA that cannot be read.
  Configuration(host::Host& host, settings::Settings settings_now,
                const tls::Credentials& credentials, const Decisions& decisions);

  const settings::Settings settings;
  const tls::Context tls_client;
  const std::optional<tls::Context> tls_client_identified;  ///< where the hybrid service is chosen
  const tls::Context tls_server;
  const bool self_signed;  ///< the certificate that is presented (CRT-06)
  routing::Resolver resolver;
  routing::Turns turns;
};
using ConfigurationPtr = std::shared_ptr<Configuration>;

struct Core : std::enable_shared_from_this<Core> {
  Core(host::Host& host, const Decisions& decisions, tls::Credentials credentials,
       std::unique_ptr<queue::Queue> queue);

  host::Host& host;
  const Decisions& decisions;
  tls::Credentials credentials;  ///< that new configurations present; on the queue executor
  const std::unique_ptr<queue::Queue> queue;
  std::atomic<ConfigurationPtr> configuration;
  std::atomic<std::shared_ptr<const policy::Engine>> policies;  ///< as they were deployed

  encryption::ServerHealth server_health;  ///< of the encryption servers
  std::set<std::string> returning;         ///< hand-overs; on the queue executor

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

/// Awaits `work` on the calling executor, or gives it up when the gateway stops: none. What was
/// given up goes on by itself, so it must not hold the Core; what comes of it is dropped.
template <class T>
boost::asio::awaitable<std::optional<T>> until_stop(CorePtr core, boost::asio::awaitable<T> work) {
  struct Race {
    std::unique_ptr<host::Timer> wait;
    std::optional<T> result;
    std::exception_ptr failure;
  };
  const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
  auto race = std::make_shared<Race>();
  race->wait = core->host.make_timer(host::TimerKind::activity, executor);
  const auto leash = core->streams.add(executor, [race] { race->wait->cancel(); });
  auto run = [](std::shared_ptr<Race> with,
                boost::asio::awaitable<T> of) -> boost::asio::awaitable<void> {
    try {
      with->result.emplace(co_await std::move(of));
    } catch (...) {
      with->failure = std::current_exception();
    }
    with->wait->cancel();
  };
  auto running = run(race, std::move(work));
  host::spawn(core->host, executor, "delivery", std::move(running));
  while (!race->result && !race->failure && !core->stopping) {
    const auto whenever = core->host.mono_now() + std::chrono::hours(1);
    auto waiting = host::wait_until(*race->wait, whenever);
    co_await std::move(waiting);
  }
  if (race->failure) std::rethrow_exception(race->failure);
  co_return std::move(race->result);
}

}  // namespace sealgate::gateway
