// Listening and datagram sockets of simulated hosts.
#pragma once

#include <deque>

#include "sim/world/virtual/network.hpp"

namespace sealcheck::world {

class VirtualAcceptor final : public host::Acceptor {
 public:
  VirtualAcceptor(Network& network, Node& node, host::Endpoint local,
                  boost::asio::any_io_executor executor)
      : network_(network), node_(node), local_(local), executor_(std::move(executor)) {}
  ~VirtualAcceptor() override { close(); }

  boost::asio::any_io_executor executor() override { return executor_; }
  void start_accept(AcceptCompletion done) override;
  host::Endpoint local() const override { return local_; }
  void close() override;

  void push(std::unique_ptr<host::Stream> stream);
  Node& node() { return node_; }
  /// Forgets the network and destroys a pending accept uncalled.
  void drop();

 private:
  Network& network_;
  Node& node_;
  host::Endpoint local_;
  boost::asio::any_io_executor executor_;
  bool open_ = true;
  std::deque<std::unique_ptr<host::Stream>> backlog_;
  AcceptCompletion pending_;
};

class VirtualDatagramSocket final : public host::DatagramSocket {
 public:
  VirtualDatagramSocket(Network& network, Node& node, host::Endpoint local,
                        boost::asio::any_io_executor executor)
      : network_(network), node_(node), local_(local), executor_(std::move(executor)) {}
  ~VirtualDatagramSocket() override;

  boost::asio::any_io_executor executor() override { return executor_; }
  void send(const host::Endpoint& to, std::string_view payload) override;
  void start_receive(ReceiveCompletion done) override;
  void cancel() override;
  host::Endpoint local() const override { return local_; }

  void push(host::Datagram datagram);
  Node& node() { return node_; }
  void drop();

 private:
  Network& network_;
  Node& node_;
  host::Endpoint local_;
  boost::asio::any_io_executor executor_;
  bool open_ = true;
  std::deque<host::Datagram> received_;
  ReceiveCompletion pending_;
};

}  // namespace sealcheck::world
