// One simulated machine: host::Host on the world's scheduler, network and a disk of its own.
#pragma once

#include <memory>
#include <vector>

#include "reference/host/host.hpp"
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
  void on_tls_secret(std::string_view key_log_line) override;

  /// The program dies, the machine lives on: its sockets close, the page cache survives.
  void kill();
  /// The machine dies: silence on the wire; the disk keeps what a power loss leaves.
  void lose_power();
  /// A new incarnation on the same disk and addresses. Requires: dead.
  void restart();

 private:
  void die();

  World& world_;
  Node node_;
  std::vector<host::Address> addresses_;
  boost::asio::any_io_executor executor_;
  std::unique_ptr<VirtualStorage> storage_;
};

}  // namespace sealcheck::world
