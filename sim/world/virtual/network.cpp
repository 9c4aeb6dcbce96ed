#include "sim/world/virtual/network.hpp"

#include <boost/asio/error.hpp>
#include <boost/assert.hpp>

#include "sim/world/virtual/sockets.hpp"
#include "sim/world/virtual/tcp_connection.hpp"

namespace sealcheck::world {

namespace asio = boost::asio;
using host::Endpoint;
using host::ErrorCode;

// A SYN on its way. Exactly one of answer, refusal and deadline completes it.
struct Network::PendingConnect {
  std::uint64_t id;
  TcpConnection::Peer client;
  Endpoint remote;
  ConnectCompletion done;
  Scheduler::TimerKey deadline;

  void complete(Network& network, ErrorCode error, std::unique_ptr<host::Stream> stream = nullptr) {
    network.scheduler_.cancel_timer(deadline);
    network.connecting_.erase(id);
    if (done) done(error, std::move(stream));
  }
};

Network::Network(Scheduler& scheduler, trace::Trace& trace) : scheduler_(scheduler), trace_(trace) {
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

void Network::connect(Node& node, const host::Address& source, Endpoint remote,
                      asio::any_io_executor executor, host::MonoTime deadline,
                      ConnectCompletion done) {
  auto pending = std::make_shared<PendingConnect>();
  pending->id = next_connection_++;
  pending->client = {&node, {source, ephemeral_port(node)}, std::move(executor)};
  pending->remote = remote;
  pending->done = std::move(done);
  pending->deadline = scheduler_.add_timer(
      deadline.time_since_epoch().count(), host::TimerKind::activity, wire_,
      make_task([this, pending] {
        trace_.record(
            pending->client.node->name, "tcp.unanswered",
            {{"connection", std::to_string(pending->id)}, {"to", pending->remote.to_string()}});
        pending->complete(*this, host::Error::timed_out);
      }));
  connecting_.emplace(pending->id, pending);
  scheduler_.add_timer(scheduler_.now() + link_.latency.count(), host::TimerKind::activity, wire_,
                       make_task([this, pending] { on_syn(pending); }));
}

void Network::on_syn(const std::shared_ptr<PendingConnect>& pending) {
  Node* target = holder(pending->remote.address);
  if (!target || !target->alive || !pending->done) return;  // nobody answers: the deadline decides
  const std::int64_t answer_at = scheduler_.now() + link_.latency.count();
  const auto listener = acceptors_.find(pending->remote);
  std::vector<trace::Field> fields{{"connection", std::to_string(pending->id)},
                                   {"from", pending->client.endpoint.to_string()},
                                   {"to", pending->remote.to_string()},
                                   {"peer", target->name}};
  if (listener == acceptors_.end()) {
    trace_.record(pending->client.node->name, "tcp.refused", std::move(fields));
    scheduler_.add_timer(answer_at, host::TimerKind::activity, wire_, make_task([this, pending] {
                           pending->complete(*this, asio::error::connection_refused);
                         }));
    return;
  }
  trace_.record(pending->client.node->name, "tcp.open", std::move(fields));
  VirtualAcceptor& acceptor = *listener->second;
  auto connection = std::make_shared<TcpConnection>(
      *this, pending->id, pending->client,
      TcpConnection::Peer{target, pending->remote, acceptor.executor()});
  connections_[pending->id] = connection;
  acceptor.push(make_stream(connection, TcpConnection::server));
  scheduler_.add_timer(
      answer_at, host::TimerKind::activity, wire_, make_task([this, pending, connection] {
        if (!pending->done) return;
        pending->complete(*this, {}, make_stream(connection, TcpConnection::client));
      }));
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
  scheduler_.add_timer(scheduler_.now() + link_.latency.count(), host::TimerKind::activity, wire_,
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
