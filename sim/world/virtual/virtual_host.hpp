// One simulated machine: host::Host on the world's scheduler, network and a disk of its own.
//
// It may die at any time, in the middle of one of its own tasks too (inside a SQLite commit, say).
// From that instant on nothing that it does has an effect; its coroutines are destroyed and the
// disk's outcome is decided at the scheduler's next safe point. What owns its programs (gateways,
// fakes) is destroyed by its owner, after that point and before restart().
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "reference/host/host.hpp"
#include "sim/world/virtual/death.hpp"
#include "sim/world/virtual/executor.hpp"
#include "sim/world/virtual/network.hpp"
#include "sim/world/virtual/virtual_storage.hpp"

namespace sealcheck::world {

class World;

class VirtualHost final : public host::Host {
 public:
  VirtualHost(World& world, std::uint32_t id, std::string name,
              std::vector<host::Address> addresses);
  ~VirtualHost() override;

  const std::string& name() const { return node_.name; }
  const host::Address& address() const { return addresses_.front(); }
  const std::vector<host::Address>& addresses() const { return addresses_; }
  Node& node() { return node_; }
  Disk& disk() { return storage_->disk(); }

  boost::asio::any_io_executor session_executor() override { return executor_; }
  boost::asio::any_io_executor queue_executor() override { return executor_; }
  host::WallTime wall_now() override;
  host::MonoTime mono_now() override;
  std::unique_ptr<host::Timer> make_timer(host::TimerKind kind,
                                          boost::asio::any_io_executor executor) override;
  boost::asio::awaitable<host::Result<std::unique_ptr<host::Stream>>> connect(
      host::Endpoint remote, host::MonoTime deadline) override;
  host::Result<std::unique_ptr<host::Acceptor>> listen(
      host::Endpoint local, boost::asio::any_io_executor executor) override;
  host::Result<std::unique_ptr<host::DatagramSocket>> bind_datagram(
      host::Endpoint local, boost::asio::any_io_executor executor) override;
  VirtualStorage& storage() override { return *storage_; }
  void fill_random(std::span<std::byte> bytes) override;
  void log(host::Severity severity, std::string_view component, std::string_view text) override;
  bool wants_tls_secrets() const override;
  void on_tls_secret(std::string_view key_log_line) override;

  /// From now on whatever it writes to its disk is an event: disk.written {file, offset}.
  void record_writes();

  bool alive() const { return node_.alive; }
  /// Counts restarts.
  std::uint32_t incarnation() const { return node_.incarnation; }

  /// The program dies, the machine lives on: its sockets close, the page cache survives, and the
  /// kernel writes it back 30 s later.
  void kill() { die(Death::kill); }
  /// The machine dies: silence on the wire; the disk keeps what a power loss leaves. It may come
  /// over a machine whose program was killed.
  void lose_power() { die(Death::power_loss); }
  void die(Death death);
  /// It will die when its disk gets there. Takes the place of an earlier order.
  void die_at(Death death, DiskMoment moment) { order_ = Order{death, moment, 0}; }
  /// A death asked for by die_at() has not come yet.
  bool death_is_ordered() const { return order_.has_value(); }
  /// How often the ordered moment's kind of thing has happened since.
  std::uint64_t moments_seen() const { return order_ ? order_->seen : 0; }
  /// Called after each death at the safe point, when no code of the machine will run any more: its
  /// programs may be destroyed now.
  void on_buried(std::function<void()> hook) { on_buried_ = std::move(hook); }
  /// A new incarnation on the same disk and addresses. Requires: dead, and no task of it running.
  void restart();

  /// The program stands still and finds everything that happened meanwhile when it goes on. Its
  /// kernel takes what the network brings, as far as the windows allow.
  void pause();
  /// Does nothing to a machine that is not paused.
  void resume();
  /// pause(), and resume() that much later. The world is not at rest before that.
  void pause_for(host::Duration duration);
  /// The wall clock jumps, forward or back; the monotonic one does not notice.
  void jump_clock(host::Duration by);

 private:
  struct Order {
    Death death;
    DiskMoment moment;
    std::uint64_t seen;
  };

  void bury(Death death);
  void write_back_later();
  void die_amid_commit();
  void note(DiskMoment::Unit unit, Side side);

  World& world_;
  Node node_;
  std::vector<host::Address> addresses_;
  boost::asio::any_io_executor executor_;
  std::unique_ptr<VirtualStorage> storage_;
  std::optional<Order> order_;
  std::function<void()> on_buried_;
};

}  // namespace sealcheck::world
