#include "fakes/dns/dns_server.hpp"

#include <utility>

#include "fakes/dns/responder.hpp"
#include "reference/host/io.hpp"

namespace fakes {

namespace asio = boost::asio;

namespace {

constexpr host::Duration tcp_idle_limit = std::chrono::seconds(30);

}  // namespace

/// Held by the server and by its pending receives and connections, which may be the last to go.
struct DnsServer::Shared {
  Shared(host::Host& a_host, Observer& an_observer, DnsConfig a_config)
      : host(a_host), observer(an_observer), config(std::move(a_config)), responder(config.zones) {}

  host::Host& host;
  Observer& observer;
  DnsConfig config;
  Responder responder;
  std::vector<std::unique_ptr<host::DatagramSocket>> sockets;
  std::vector<std::unique_ptr<host::Acceptor>> acceptors;
  std::unique_ptr<host::DatagramSocket> elsewhere;  ///< where lies come from; made for the first
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
    const DnsResponse response = respond(query.payload, query.peer, false);
    if (!response.forged.empty()) {
      observer.observe({config.name, "dns.forged", {{"peer", query.peer.to_string()},
                                                    {"bytes", response.forged}}});
      forge(socket, query.peer, response);
    }
    if (!response.bytes.empty()) socket.send(query.peer, response.bytes);
  }

  void forge(host::DatagramSocket& socket, const host::Endpoint& peer,
             const DnsResponse& response) {
    if (!response.forged_elsewhere) return socket.send(peer, response.forged);
    if (!elsewhere) {
      auto bound = host.bind_datagram({config.addresses.front(), 0}, socket.executor());
      if (!bound) return host.log(host::Severity::error, config.name, bound.error().message());
      elsewhere = std::move(*bound);
    }
    elsewhere->send(peer, response.forged);
  }

  DnsResponse respond(std::string_view query, const host::Endpoint& from, bool over_tcp) {
    DnsResponse response = responder.respond(query, over_tcp);
    const std::string peer = from.to_string();
    if (!response.is_query) {
      observer.observe(
          {config.name, "dns.garbage", {{"peer", peer}, {"bytes", std::string(query)}}});
      return response;
    }
    observer.observe({config.name,
                      "dns.query",
                      {{"peer", peer},
                       {"name", response.name},
                       {"type", response.type},
                       {"answer", response.answer},
                       {"transport", over_tcp ? "tcp" : "udp"}}});
    return response;
  }

  static asio::awaitable<void> accept_loop(std::shared_ptr<Shared> self, std::size_t index) {
    while (!self->stopped) {
      host::Acceptor& acceptor = *self->acceptors[index];
      host::Result<std::unique_ptr<host::Stream>> stream = co_await host::accept(acceptor);
      if (self->stopped) co_return;
      if (!stream) {
        if (stream.error() == boost::system::errc::connection_aborted) continue;
        co_return;
      }
      auto work = serve(self, std::move(*stream));
      host::spawn(self->host, acceptor.executor(), self->config.name, std::move(work));
    }
  }

  // RFC 1035 section 4.2.2: two octets of length before each message.
  static asio::awaitable<void> serve(std::shared_ptr<Shared> self,
                                     std::unique_ptr<host::Stream> stream) {
    std::string input;
    while (!self->stopped && self->config.serves_tcp) {
      const std::size_t size =
          input.size() < 2 ? 0 : static_cast<unsigned char>(input[0]) * 256u +
                                     static_cast<unsigned char>(input[1]);
      const host::MonoTime deadline = self->host.mono_now() + tcp_idle_limit;
      if (input.size() < 2 || input.size() < 2 + size) {
        const host::ErrorCode error =
            co_await host::read_some(self->host, *stream, input, deadline);
        if (error) break;
        continue;
      }
      const std::string query = input.substr(2, size);
      input.erase(0, 2 + size);
      const DnsResponse response = self->respond(query, stream->remote(), true);
      if (response.bytes.empty()) continue;
      std::string framed{static_cast<char>(response.bytes.size() >> 8),
                         static_cast<char>(response.bytes.size() & 0xff)};
      framed += response.bytes;
      const host::ErrorCode error =
          co_await host::write_all(self->host, *stream, framed, deadline);
      if (error) break;
    }
    stream->close();
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
    const host::Endpoint endpoint{address, shared_->config.port};
    auto socket = shared_->host.bind_datagram(endpoint, executor);
    auto acceptor = shared_->host.listen(endpoint, executor);
    if (!socket || !acceptor) {
      shared_->sockets.clear();
      shared_->acceptors.clear();
      return socket ? acceptor.error() : socket.error();
    }
    shared_->sockets.push_back(std::move(*socket));
    shared_->acceptors.push_back(std::move(*acceptor));
  }
  for (std::size_t index = 0; index < shared_->sockets.size(); ++index) {
    Shared::receive(shared_, index);
    auto work = Shared::accept_loop(shared_, index);
    host::spawn(shared_->host, executor, shared_->config.name, std::move(work));
  }
  return {};
}

void DnsServer::apply(const Zones& zones) {
  shared_->responder = Responder(zones);
}

void DnsServer::serve_tcp(bool serves) {
  shared_->config.serves_tcp = serves;
}

void DnsServer::stop() {
  if (std::exchange(shared_->stopped, true)) return;
  for (const auto& socket : shared_->sockets) socket->cancel();
  for (const auto& acceptor : shared_->acceptors) acceptor->close();
}

}  // namespace fakes
