#include <sqlite3.h>

#include "sim/adapters/sealgate/broken_machines.hpp"
#include "sim/adapters/sealgate/host_wrapper.hpp"

namespace sealcheck::adapters {
namespace {

using boost::asio::awaitable;

template <class Machine>
std::unique_ptr<host::Host> make(host::Host& machine) {
  return std::make_unique<Machine>(machine);
}

// Acknowledges and drops: each transaction ends with the loss of all that waits for its first
// attempt.
class LosingDatabase final : public DatabaseWrapper {
 public:
  using DatabaseWrapper::DatabaseWrapper;

  awaitable<host::ErrorCode> commit(Work work) override {
    return DatabaseWrapper::commit([work = std::move(work)](sqlite3* database) {
      const host::ErrorCode error = work(database);
      sqlite3_exec(database, "DELETE FROM recipients WHERE state = 'queued'", nullptr, nullptr,
                   nullptr);
      return error;
    });
  }
};

class LosingDisk final : public HostWrapper {
 public:
  using HostWrapper::HostWrapper;

 private:
  DatabasePtr opened(DatabasePtr database) override {
    return std::make_unique<LosingDatabase>(std::move(database));
  }
};

// What is to wait in the queue `delayed` is found in another.
class MisplacingDatabase final : public DatabaseWrapper {
 public:
  using DatabaseWrapper::DatabaseWrapper;

  awaitable<host::ErrorCode> commit(Work work) override {
    return DatabaseWrapper::commit([work = std::move(work)](sqlite3* database) {
      const host::ErrorCode error = work(database);
      sqlite3_exec(database, "UPDATE recipients SET queue_name = 'spam' WHERE state = 'delayed'",
                   nullptr, nullptr, nullptr);
      return error;
    });
  }
};

class MisplacingDisk final : public HostWrapper {
 public:
  using HostWrapper::HostWrapper;

 private:
  DatabasePtr opened(DatabasePtr database) override {
    return std::make_unique<MisplacingDatabase>(std::move(database));
  }
};

// Says that something is durable as soon as it is written, and never sees to it that it will be.
// What it does before it takes mail is sound, so that there is a queue to come back to.
class LyingDatabase final : public DatabaseWrapper {
 public:
  LyingDatabase(std::unique_ptr<host::Database> inner, const bool& takes_mail)
      : DatabaseWrapper(std::move(inner)), takes_mail_(takes_mail) {}

  awaitable<host::ErrorCode> commit(Work work) override {
    if (!takes_mail_) return DatabaseWrapper::commit(std::move(work));
    return read([work = std::move(work)](sqlite3* database) {
      sqlite3_exec(database, "PRAGMA synchronous = OFF; BEGIN", nullptr, nullptr, nullptr);
      const host::ErrorCode error = work(database);
      sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
      return error;
    });
  }

 private:
  const bool& takes_mail_;
};

class LyingDisk final : public HostWrapper {
 public:
  using HostWrapper::HostWrapper;

  host::Result<std::unique_ptr<host::Acceptor>> listen(
      host::Endpoint local, boost::asio::any_io_executor executor) override {
    takes_mail_ = true;
    return HostWrapper::listen(local, std::move(executor));
  }

 private:
  DatabasePtr opened(DatabasePtr database) override {
    return std::make_unique<LyingDatabase>(std::move(database), takes_mail_);
  }

  bool takes_mail_ = false;
};

// A timer that is due as soon as it is set, and may have something to say about it.
class TimerAtZero final : public TimerWrapper {
 public:
  TimerAtZero(std::unique_ptr<host::Timer> inner, host::Host& machine, bool chatters)
      : TimerWrapper(std::move(inner)), machine_(machine), chatters_(chatters) {}

  void start_wait(host::MonoTime, WaitCompletion done) override {
    if (chatters_)
      machine_.log(host::Severity::debug, "timer",
                   "due, and here is why: " + std::string(4000, '.'));
    TimerWrapper::start_wait(machine_.mono_now(), std::move(done));
  }

 private:
  host::Host& machine_;
  bool chatters_;
};

template <bool Chatters>
class TimersAtZero final : public HostWrapper {
 public:
  using HostWrapper::HostWrapper;

  std::unique_ptr<host::Timer> make_timer(host::TimerKind kind,
                                          boost::asio::any_io_executor executor) override {
    auto timer = HostWrapper::make_timer(kind, std::move(executor));
    if (kind != host::TimerKind::schedule) return timer;
    return std::make_unique<TimerAtZero>(std::move(timer), *this, Chatters);
  }
};

// Looks into its queue now and then, as if there were work in progress, for ever.
class RestlessTimers final : public HostWrapper {
 public:
  using HostWrapper::HostWrapper;

  std::unique_ptr<host::Timer> make_timer(host::TimerKind,
                                          boost::asio::any_io_executor executor) override {
    return HostWrapper::make_timer(host::TimerKind::activity, std::move(executor));
  }
};

// Stirs the address of something on the stack into what the machine gives: nothing that a seed
// decides.
class UnseededEntropy final : public HostWrapper {
 public:
  using HostWrapper::HostWrapper;

  void fill_random(std::span<std::byte> bytes) override {
    HostWrapper::fill_random(bytes);
    const volatile char here = 0;
    auto address = reinterpret_cast<std::uintptr_t>(&here) >> 4;
    for (std::byte& byte : bytes) {
      byte ^= static_cast<std::byte>(address & 0xff);
      address >>= 8;
    }
  }
};

// The certificate is the new one until the next start.
class CertificateForgettingDisk final : public HostWrapper {
 public:
  using HostWrapper::HostWrapper;

 private:
  bool keeps(std::string_view file) override { return file != "certificate.pem" || !used_++; }

  int used_ = 0;  // the first is the installation's
};

}  // namespace

std::unique_ptr<host::Host> certificate_forgetting_disk(host::Host& machine) {
  return make<CertificateForgettingDisk>(machine);
}
std::unique_ptr<host::Host> losing_disk(host::Host& machine) {
  return make<LosingDisk>(machine);
}
std::unique_ptr<host::Host> lying_disk(host::Host& machine) {
  return make<LyingDisk>(machine);
}
std::unique_ptr<host::Host> misplacing_disk(host::Host& machine) {
  return make<MisplacingDisk>(machine);
}
std::unique_ptr<host::Host> timers_at_zero(host::Host& machine) {
  return make<TimersAtZero<false>>(machine);
}
std::unique_ptr<host::Host> chattering_timers(host::Host& machine) {
  return make<TimersAtZero<true>>(machine);
}
std::unique_ptr<host::Host> restless_timers(host::Host& machine) {
  return make<RestlessTimers>(machine);
}
std::unique_ptr<host::Host> unseeded_entropy(host::Host& machine) {
  return make<UnseededEntropy>(machine);
}

}  // namespace sealcheck::adapters
