// What the gateway waits for on the network, so that stop() can end the wait. Internal to this
// folder.
//
// A wait is registered for as long as its Leash lives. The leash must be dropped, on the executor
// that it was given, before what it cancels goes away.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "reference/host/stream.hpp"

namespace sealgate::gateway {

class OpenStreams {
  struct Entry {
    boost::asio::any_io_executor executor;
    std::function<void()> cancel;  ///< null once the leash is gone; used on the executor only
  };
  struct Registry {
    std::mutex mutex;
    std::uint64_t next = 0;
    std::map<std::uint64_t, std::shared_ptr<Entry>> entries;
  };

 public:
  class Leash {
   public:
    Leash() = default;
    Leash(Leash&& other) noexcept = default;
    Leash& operator=(Leash&& other) noexcept;
    ~Leash();

   private:
    friend class OpenStreams;
    std::shared_ptr<Registry> registry_;
    std::uint64_t key_ = 0;
  };

  /// Call it on the executor.
  Leash add(boost::asio::any_io_executor executor, std::function<void()> cancel);
  /// Its pending operations are to be cancelled. The stream may be handed over to a TLS stream that
  /// owns it: as long as the leash is dropped before it is destroyed or in the same turn.
  Leash add(host::Stream& stream);
  /// Cancels what is registered, each on its own executor.
  void cancel_all();

 private:
  std::shared_ptr<Registry> registry_ = std::make_shared<Registry>();
};

}  // namespace sealgate::gateway
