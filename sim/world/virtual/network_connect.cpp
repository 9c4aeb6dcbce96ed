// How a connection comes about: the SYN, what answers it, and the deadline.
#include <boost/asio/error.hpp>

#include "sim/world/virtual/pending_connect.hpp"
#include "sim/world/virtual/sockets.hpp"

namespace sealcheck::world {

namespace asio = boost::asio;
using host::Endpoint;

namespace {

// Of what has no offset in a stream, for the jitter.
constexpr std::uint64_t syn_key = UINT64_MAX;

}  // namespace

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
  send_syn(pending);
}

void Network::send_syn(const std::shared_ptr<PendingConnect>& pending) {
  const Node* target = holder(pending->remote.address);
  Link& link = paths_.at(*pending->client.node, target);
  const bool way_back_swallows =
      target && paths_.at(*target, pending->client.node).parameters.swallows;
  if (link.parameters.swallows || way_back_swallows) {
    auto fields = Paths::fields(pending->id, pending->client.endpoint, pending->remote,
                                target ? target->name : "nobody");
    fields.emplace_back("sender", pending->client.node->name);
    return paths_.record("path.swallowed", std::move(fields));
  }
  scheduler_.add_timer(paths_.arrival_time(link, 0, pending->id, syn_key),
                       host::TimerKind::activity, wire_,
                       make_task([this, pending] { on_syn(pending); }));
}

void Network::on_syn(const std::shared_ptr<PendingConnect>& pending) {
  Node* target = holder(pending->remote.address);
  if (!target || !pending->done) return;  // nobody answers: the deadline decides
  const Node& source = *pending->client.node;
  const bool path_refuses = paths_.at(source, target).parameters.refuses;
  if (!target->alive && !path_refuses) return;
  const std::int64_t answer_at =
      paths_.arrival_time(paths_.at(*target, &source), 0, pending->id, syn_key);
  const auto listener = acceptors_.find(pending->remote);
  auto fields = Paths::fields(pending->id, pending->client.endpoint, pending->remote, target->name);
  if (path_refuses) {
    auto deed = fields;
    deed.emplace_back("sender", source.name);
    paths_.record("path.refused", std::move(deed));
  }
  if (path_refuses || listener == acceptors_.end()) {
    trace_.record(source.name, "tcp.refused", std::move(fields));
    scheduler_.add_timer(answer_at, host::TimerKind::activity, wire_, make_task([this, pending] {
                           pending->complete(*this, asio::error::connection_refused);
                         }));
    return;
  }
  trace_.record(source.name, "tcp.open", std::move(fields));
  VirtualAcceptor& acceptor = *listener->second;
  auto connection = std::make_shared<TcpConnection>(
      *this, pending->id, pending->client,
      TcpConnection::Peer{target, pending->remote, acceptor.executor()});
  remember(connection);
  acceptor.push(make_stream(connection, TcpConnection::server));
  scheduler_.add_timer(
      answer_at, host::TimerKind::activity, wire_,
      make_task([this, pending, connection] { on_syn_answer(*pending, connection); }));
}

void Network::on_syn_answer(PendingConnect& pending,
                            const std::shared_ptr<TcpConnection>& connection) {
  // Given up meanwhile, or another incarnation: nobody here knows the connection.
  if (!pending.done) return connection->reset(TcpConnection::client);
  pending.complete(*this, {}, make_stream(connection, TcpConnection::client));
}

}  // namespace sealcheck::world
