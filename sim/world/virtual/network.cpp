#include "sim/world/virtual/network.hpp"

#include <boost/asio/error.hpp>
#include <boost/assert.hpp>

#include "sim/world/virtual/pending_connect.hpp"
#include "sim/world/virtual/sockets.hpp"
#include "sim/world/virtual/tcp_connection.hpp"

namespace sealcheck::world {

namespace asio = boost::asio;
using host::Endpoint;
using host::ErrorCode;

Network::Network(Scheduler& scheduler, trace::Trace& trace, std::uint64_t seed)
    : scheduler_(scheduler), trace_(trace), paths_(scheduler, trace, seed) {
  wire_.name = "wire";
}

Network::~Network() = default;

void Network::attach(Node& node, const host::Address& address) {
  const bool fresh = holders_.emplace(address, &node).second;
  BOOST_ASSERT_MSG(fresh, "two hosts hold one address");
}

Node* Network::holder(const host::Address& address) const {
  const auto found = holders_.find(address);
  return found == holders_.end() ? nullptr : found->second;
}

std::uint16_t Network::ephemeral_port(const Node& node) {
  std::uint16_t& port = next_port_.try_emplace(node.id, std::uint16_t{40000}).first->second;
  if (port == 65535) port = 40000;
  return port++;
}

void Network::remember(const std::shared_ptr<TcpConnection>& connection) {
  connections_[connection->id()] = connection;
  if (connections_.size() < sweep_at_) return;
  std::erase_if(connections_, [](const auto& entry) { return entry.second.expired(); });
  sweep_at_ = 2 * connections_.size() + 64;
}

void Network::set_link(const Node& from, const Node& to, LinkParameters parameters) {
  paths_.set(from, to, std::move(parameters));
  for (const auto& entry : std::map(connections_))
    if (const auto connection = entry.second.lock()) connection->on_link_change(from, to);
}

host::Result<std::unique_ptr<host::Acceptor>> Network::listen(Node& node, Endpoint local,
                                                              asio::any_io_executor executor) {
  if (holder(local.address) != &node) return ErrorCode(asio::error::invalid_argument);
  if (acceptors_.contains(local)) return ErrorCode(asio::error::address_in_use);
  auto acceptor = std::make_unique<VirtualAcceptor>(*this, node, local, std::move(executor));
  acceptors_[local] = acceptor.get();
  return std::unique_ptr<host::Acceptor>(std::move(acceptor));
}

host::Result<std::unique_ptr<host::DatagramSocket>> Network::bind(Node& node, Endpoint local,
                                                                  asio::any_io_executor executor) {
  if (holder(local.address) != &node) return ErrorCode(asio::error::invalid_argument);
  if (sockets_.contains(local)) return ErrorCode(asio::error::address_in_use);
  auto socket = std::make_unique<VirtualDatagramSocket>(*this, node, local, std::move(executor));
  sockets_[local] = socket.get();
  return std::unique_ptr<host::DatagramSocket>(std::move(socket));
}

void Network::send_datagram(const Node& from, const Endpoint& source, const Endpoint& target,
                            std::string payload) {
  if (!from.alive) return;
  const Node* receiver = holder(target.address);
  trace_.record(from.name, "udp.datagram",
                {{"from", source.to_string()},
                 {"to", target.to_string()},
                 {"peer", receiver ? receiver->name : "nobody"}},
                payload);
  Link& link = paths_.at(from, receiver);
  const std::uint64_t number = link.datagrams;
  const bool lost = paths_.loses_datagram(link);
  if (lost || link.parameters.swallows) {
    std::vector<trace::Field> fields{{"from", source.to_string()},
                                     {"to", target.to_string()},
                                     {"peer", receiver ? receiver->name : "nobody"},
                                     {"sender", from.name}};
    return paths_.record(lost ? "path.lost" : "path.swallowed", std::move(fields));
  }
  const std::int64_t due = paths_.arrival_time(link, payload.size(), 0, number);
  scheduler_.add_timer(due, host::TimerKind::activity, wire_,
                       make_task([this, source, target, payload = std::move(payload)]() mutable {
                         const auto socket = sockets_.find(target);
                         if (socket != sockets_.end())
                           socket->second->push({source, std::move(payload)});
                       }));
}

void Network::forget(VirtualAcceptor& acceptor) {
  acceptors_.erase(acceptor.local());
}
void Network::forget(VirtualDatagramSocket& socket) {
  sockets_.erase(socket.local());
}

void Network::drop(const Node& node) {
  // Completions own coroutines, and those own sockets: each is taken out before it is destroyed.
  std::vector<ConnectCompletion> doomed;
  for (auto& entry : connecting_)
    if (const auto pending = entry.second.lock(); pending && pending->client.node == &node)
      doomed.push_back(std::exchange(pending->done, {}));
  std::vector<VirtualAcceptor*> acceptors;
  for (const auto& entry : acceptors_)
    if (&entry.second->node() == &node) acceptors.push_back(entry.second);
  for (VirtualAcceptor* acceptor : acceptors) {
    acceptors_.erase(acceptor->local());
    acceptor->drop();
  }
  std::vector<VirtualDatagramSocket*> sockets;
  for (const auto& entry : sockets_)
    if (&entry.second->node() == &node) sockets.push_back(entry.second);
  for (VirtualDatagramSocket* socket : sockets) {
    sockets_.erase(socket->local());
    socket->drop();
  }
  std::erase_if(connections_, [](const auto& entry) { return entry.second.expired(); });
  for (const auto& entry : std::map(connections_))
    if (const auto connection = entry.second.lock()) connection->drop(node);
}

void Network::close_all(const Node& node) {
  for (const auto& entry : std::map(connections_))
    if (const auto connection = entry.second.lock()) connection->close_if_owned(node);
}

}  // namespace sealcheck::world
