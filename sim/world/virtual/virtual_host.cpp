#include "sim/world/virtual/virtual_host.hpp"

#include <boost/asio/error.hpp>
#include <boost/assert.hpp>

#include "reference/host/initiate.hpp"
#include "sim/world/virtual/world.hpp"

namespace sealcheck::world {

namespace asio = boost::asio;

namespace {

// A pending wait owns its waiter; the timer itself only knows under which key to find it.
class VirtualTimer final : public host::Timer {
 public:
  VirtualTimer(Scheduler& scheduler, Node& node, host::TimerKind kind,
               asio::any_io_executor executor)
      : scheduler_(scheduler), node_(node), kind_(kind), executor_(std::move(executor)) {}
  ~VirtualTimer() override {
    if (pending_) scheduler_.cancel_timer(pending_->key);
  }

  asio::any_io_executor executor() override { return executor_; }

  void start_wait(host::MonoTime due, WaitCompletion done) override {
    cancel();
    auto wait = std::make_shared<Wait>();
    wait->done = std::move(done);
    // The scheduler owns the wait; this timer only looks.
    wait->key =
        scheduler_.add_timer(due.time_since_epoch().count(), kind_, node_, make_task([wait] {
                               wait->fired = true;
                               wait->done({});
                             }));
    pending_ = std::make_unique<Handle>(Handle{wait->key, wait});
  }

  void cancel() override {
    const auto pending = std::move(pending_);
    if (!pending) return;
    const auto wait = pending->wait.lock();
    if (!wait || wait->fired) return;
    wait->fired = true;
    auto done = std::move(wait->done);
    scheduler_.cancel_timer(pending->key);
    done(asio::error::operation_aborted);
  }

 private:
  struct Wait {
    Scheduler::TimerKey key;
    WaitCompletion done;
    bool fired = false;
  };
  struct Handle {
    Scheduler::TimerKey key;
    std::weak_ptr<Wait> wait;
  };

  Scheduler& scheduler_;
  Node& node_;
  host::TimerKind kind_;
  asio::any_io_executor executor_;
  std::unique_ptr<Handle> pending_;
};

const char* name_of(host::Severity severity) {
  switch (severity) {
    case host::Severity::debug:
      return "debug";
    case host::Severity::info:
      return "info";
    case host::Severity::warning:
      return "warning";
    case host::Severity::error:
      return "error";
  }
  return "?";
}

}  // namespace

VirtualHost::VirtualHost(World& world, std::uint32_t id, std::string name,
                         std::vector<host::Address> addresses)
    : world_(world), addresses_(std::move(addresses)) {
  BOOST_ASSERT(!addresses_.empty());
  node_.id = id;
  node_.name = std::move(name);
  executor_ = Executor(world.scheduler(), node_);
  storage_ = std::make_unique<VirtualStorage>(
      world.scheduler(), world.trace(), node_, random_value(world.seed(), "disk", {id}), executor_,
      [this] { return wall_now().time_since_epoch().count(); });
  for (const host::Address& address : addresses_) world.network().attach(node_, address);
  disk().on_operation([this](Side side) { note(DiskMoment::Unit::operation, side); });
  storage_->on_commit([this](Side side) { note(DiskMoment::Unit::commit, side); });
}

VirtualHost::~VirtualHost() = default;

void VirtualHost::record_writes() {
  disk().on_write([this](const std::string& file, std::uint64_t offset, std::string_view bytes) {
    world_.trace().record(node_.name, "disk.written",
                          {{"file", file}, {"offset", std::to_string(offset)}}, std::string(bytes));
  });
}

host::WallTime VirtualHost::wall_now() {
  return world_.wall_epoch() + host::Duration(world_.scheduler().now()) + node_.wall_offset;
}

host::MonoTime VirtualHost::mono_now() {
  return world_.scheduler().mono_now();
}

std::unique_ptr<host::Timer> VirtualHost::make_timer(host::TimerKind kind,
                                                     asio::any_io_executor executor) {
  return std::make_unique<VirtualTimer>(world_.scheduler(), node_, kind, std::move(executor));
}

asio::awaitable<host::Result<std::unique_ptr<host::Stream>>> VirtualHost::connect(
    host::Endpoint remote, host::MonoTime deadline) {
  auto start = [this, remote, deadline](ConnectCompletion done) {
    world_.network().connect(node_, address(), remote, executor_, deadline, std::move(done));
  };
  auto [error, stream] = co_await host::initiate<host::ErrorCode, std::unique_ptr<host::Stream>>(
      executor_, std::move(start));
  if (error) co_return error;
  co_return std::move(stream);
}

host::Result<std::unique_ptr<host::Acceptor>> VirtualHost::listen(host::Endpoint local,
                                                                  asio::any_io_executor executor) {
  return world_.network().listen(node_, local, std::move(executor));
}

host::Result<std::unique_ptr<host::DatagramSocket>> VirtualHost::bind_datagram(
    host::Endpoint local, asio::any_io_executor executor) {
  if (local.address.is_unspecified()) local.address = address();
  if (local.port != 0) return world_.network().bind(node_, local, std::move(executor));
  for (;;) {
    std::uint16_t draw = 0;
    fill_random(std::as_writable_bytes(std::span(&draw, 1)));
    local.port = static_cast<std::uint16_t>(1024 + draw % (65536 - 1024));
    auto socket = world_.network().bind(node_, local, executor);
    if (socket || socket.error() != asio::error::address_in_use) return socket;
  }
}

void VirtualHost::fill_random(std::span<std::byte> bytes) {
  world_.entropy().fill(node_, bytes);
}

void VirtualHost::log(host::Severity severity, std::string_view component, std::string_view text) {
  if (!node_.alive) return;
  world_.trace().record(node_.name, "host.log",
                        {{"severity", name_of(severity)},
                         {"component", std::string(component)},
                         {"text", std::string(text)}});
}

bool VirtualHost::wants_tls_secrets() const {
  return world_.keeps_tls_secrets();
}

void VirtualHost::on_tls_secret(std::string_view key_log_line) {
  world_.keep_tls_secret(key_log_line);
}

}  // namespace sealcheck::world
