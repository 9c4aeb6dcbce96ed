#include "fakes/dns/dns_server.hpp"

#include <utility>

#include "fakes/dns/responder.hpp"

namespace fakes {

/// Held by the server and by its pending receives, which may be the last to go.
struct DnsServer::Shared {
  Shared(host::Host& a_host, Observer& an_observer, DnsConfig a_config)
      : host(a_host), observer(an_observer), config(std::move(a_config)), responder(config.zones) {}

  host::Host& host;
  Observer& observer;
  DnsConfig config;
  Responder responder;
  std::vector<std::unique_ptr<host::DatagramSocket>> sockets;
  bool stopped = false;

  // Waits without a deadline, and hence without a timer that would keep a simulated world busy.
  static void receive(std::shared_ptr<Shared> self, std::size_t index) {
    host::DatagramSocket& socket = *self->sockets[index];
    const auto executor = socket.executor();
    auto handler = [self, index](host::ErrorCode error, host::Datagram datagram) {
      if (self->stopped || error == boost::system::errc::operation_canceled) return;
      if (!error) self->answer(*self->sockets[index], datagram);
      receive(self, index);
    };
    socket.start_receive(host::DatagramSocket::ReceiveCompletion(executor, std::move(handler)));
  }

  void answer(host::DatagramSocket& socket, const host::Datagram& query) {
    const DnsResponse response = responder.respond(query.payload);
    const std::string peer = query.peer.to_string();
    if (!response.is_query) {
      observer.observe({config.name, "dns.garbage", {{"peer", peer}, {"bytes", query.payload}}});
      return;
    }
    observer.observe({config.name,
                      "dns.query",
                      {{"peer", peer},
                       {"name", response.name},
                       {"type", response.type},
                       {"answer", response.answer}}});
    if (!response.bytes.empty()) socket.send(query.peer, response.bytes);
  }
};

DnsServer::DnsServer(host::Host& host, Observer& observer, DnsConfig config)
    : shared_(std::make_shared<Shared>(host, observer, std::move(config))) {}

DnsServer::~DnsServer() {
  stop();
}

host::Result<void> DnsServer::start() {
  const auto executor = shared_->host.session_executor();
  for (const host::Address& address : shared_->config.addresses) {
    auto socket = shared_->host.bind_datagram({address, shared_->config.port}, executor);
    if (!socket) {
      shared_->sockets.clear();
      return socket.error();
    }
    shared_->sockets.push_back(std::move(*socket));
  }
  for (std::size_t index = 0; index < shared_->sockets.size(); ++index) {
    Shared::receive(shared_, index);
  }
  return {};
}

void DnsServer::apply(const Zones& zones) {
  shared_->responder = Responder(zones);
}

void DnsServer::stop() {
  if (std::exchange(shared_->stopped, true)) return;
  for (const auto& socket : shared_->sockets) socket->cancel();
}

}  // namespace fakes
