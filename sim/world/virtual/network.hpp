// The simulated network: TCP and UDP between the hosts of a world.
//
// Every hop obeys its link (paths.hpp). A segment never overtakes an earlier one of its direction;
// a datagram may. What crosses a wire is recorded when it is sent, with its bytes (tcp.data,
// udp.datagram); what the path does to it, by the actor "path". An address that no host holds
// swallows packets; a host without a listener there answers with a reset. A SYN is sent once.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "reference/host/datagram.hpp"
#include "reference/host/stream.hpp"
#include "sim/trace/trace.hpp"
#include "sim/world/virtual/paths.hpp"
#include "sim/world/virtual/scheduler.hpp"

namespace sealcheck::world {

class TcpConnection;
class VirtualAcceptor;
class VirtualDatagramSocket;

using ConnectCompletion = host::Completion<host::ErrorCode, std::unique_ptr<host::Stream>>;

class Network {
 public:
  Network(Scheduler& scheduler, trace::Trace& trace, std::uint64_t seed);
  ~Network();

  /// Makes `node` the holder of `address`. Requires: the address is free.
  void attach(Node& node, const host::Address& address);

  void connect(Node& node, const host::Address& source, host::Endpoint remote,
               boost::asio::any_io_executor executor, host::MonoTime deadline,
               ConnectCompletion done);
  host::Result<std::unique_ptr<host::Acceptor>> listen(Node& node, host::Endpoint local,
                                                       boost::asio::any_io_executor executor);
  host::Result<std::unique_ptr<host::DatagramSocket>> bind(Node& node, host::Endpoint local,
                                                           boost::asio::any_io_executor executor);

  /// The machine is gone without a word (power loss): its pending operations are destroyed uncalled
  /// and its connections stay half-open at the other side.
  void drop(const Node& node);
  /// As drop(), but the kernel lives on and closes the sockets (kill).
  void close_all(const Node& node);

  /// One direction's behaviour from now on; what the old one kept back is sent again.
  void set_link(const Node& from, const Node& to, LinkParameters parameters);

  Scheduler& scheduler() { return scheduler_; }
  trace::Trace& trace() { return trace_; }
  Paths& paths() { return paths_; }
  /// Network events belong to no machine: they happen whatever dies.
  Node& wire() { return wire_; }

  // For the sockets of this folder.
  void send_datagram(const Node& from, const host::Endpoint& source, const host::Endpoint& target,
                     std::string payload);
  void forget(VirtualAcceptor& acceptor);
  void forget(VirtualDatagramSocket& socket);
  Node* holder(const host::Address& address) const;

 private:
  struct PendingConnect;

  void send_syn(const std::shared_ptr<PendingConnect>& pending);
  void on_syn(const std::shared_ptr<PendingConnect>& pending);
  void on_syn_answer(PendingConnect& pending, const std::shared_ptr<TcpConnection>& connection);
  void remember(const std::shared_ptr<TcpConnection>& connection);
  std::uint16_t ephemeral_port(const Node& node);

  Scheduler& scheduler_;
  trace::Trace& trace_;
  Paths paths_;
  Node wire_;
  std::uint64_t next_connection_ = 1;
  std::map<host::Address, Node*> holders_;
  std::map<std::uint32_t, std::uint16_t> next_port_;  // by node id
  std::map<host::Endpoint, VirtualAcceptor*> acceptors_;
  std::map<host::Endpoint, VirtualDatagramSocket*> sockets_;
  std::map<std::uint64_t, std::weak_ptr<TcpConnection>> connections_;
  std::size_t sweep_at_ = 64;  // connections_ is rid of dead ones when it grows beyond
  std::map<std::uint64_t, std::weak_ptr<PendingConnect>> connecting_;
};

}  // namespace sealcheck::world
