// The gateway's open connections, so that stop() can end their waits. Internal to this folder.
//
// A connection is registered for as long as its Leash lives. The leash must be dropped, on the
// stream's executor, before the stream is handed over (to a TLS handshake) or destroyed.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

#include "reference/host/stream.hpp"

namespace sealgate::gateway {

class OpenStreams {
  struct Entry {
    host::Stream* stream;  ///< null once the leash is gone; read and written on its executor
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

  /// Call it on the stream's executor.
  Leash add(host::Stream& stream);
  /// Cancels what is pending on every registered stream, each on its own executor.
  void cancel_all();

 private:
  std::shared_ptr<Registry> registry_ = std::make_shared<Registry>();
};

}  // namespace sealgate::gateway
