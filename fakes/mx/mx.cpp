#include "fakes/mx/mx.hpp"

#include <map>
#include <utility>
#include <vector>

#include "fakes/mx/mx_connection.hpp"
#include "reference/host/io.hpp"

namespace fakes {

namespace asio = boost::asio;

/// Held by the Mx and by its coroutines, which may be the last to go.
struct Mx::Shared {
  Shared(host::Host& a_host, Observer& an_observer, MailSink* a_sink)
      : host(a_host), observer(an_observer), sink(a_sink) {}

  host::Host& host;
  Observer& observer;
  MailSink* sink;
  std::shared_ptr<MxPhase> phase;
  std::vector<std::unique_ptr<host::Acceptor>> acceptors;
  std::map<std::uint64_t, std::shared_ptr<MxConnection>> connections;
  std::uint64_t accepted = 0;
  bool stopped = false;

  static asio::awaitable<void> accept_loop(std::shared_ptr<Shared> self, std::size_t index);
  static asio::awaitable<void> serve(std::shared_ptr<Shared> self, std::uint64_t number);
};

namespace {

std::shared_ptr<MxPhase> make_phase(MxConfig config, const MxPhase* previous, MailSink* sink) {
  auto phase = std::make_shared<MxPhase>();
  if (config.hands_on) phase->sink = sink;
  auto certificate = std::make_shared<LazyCertificate>(config);
  const bool same = previous && previous->certificate->same_as(*certificate);
  phase->certificate = same ? previous->certificate : std::move(certificate);
  // Now, so that what OpenSSL refuses is told at once; but a context costs a tenth of a handshake.
  if (config.starttls.behaviour == StartTlsBehaviour::works)
    phase->tls.emplace(TlsContext::server(config.tls));
  phase->config = std::move(config);
  return phase;
}

}  // namespace

asio::awaitable<void> Mx::Shared::accept_loop(std::shared_ptr<Shared> self, std::size_t index) {
  while (!self->stopped) {
    host::Acceptor& acceptor = *self->acceptors[index];
    host::Result<std::unique_ptr<host::Stream>> stream = co_await host::accept(acceptor);
    if (self->stopped) co_return;
    if (!stream) {
      // A client that gave up while it waited is its own affair; anything else ends the loop.
      if (stream.error() == boost::system::errc::connection_aborted) continue;
      self->host.log(host::Severity::error, self->phase->config.name, stream.error().message());
      co_return;
    }
    const std::uint64_t number = ++self->accepted;
    self->connections[number] = std::make_shared<MxConnection>(
        self->host, self->observer, self->phase, std::move(*stream), number);
    auto work = serve(self, number);
    host::spawn(self->host, acceptor.executor(), self->phase->config.name, std::move(work));
  }
}

asio::awaitable<void> Mx::Shared::serve(std::shared_ptr<Shared> self, std::uint64_t number) {
  std::shared_ptr<MxConnection> connection = self->connections.at(number);
  co_await MxConnection::serve(connection);
  self->connections.erase(number);
}

Mx::Mx(host::Host& host, Observer& observer, MxConfig config, MailSink* sink)
    : shared_(std::make_shared<Shared>(host, observer, sink)) {
  shared_->phase = make_phase(std::move(config), nullptr, sink);
}

Mx::~Mx() {
  stop();
}

host::Result<void> Mx::start() {
  const MxConfig& config = shared_->phase->config;
  const asio::any_io_executor executor = shared_->host.session_executor();
  for (const host::Address& address : config.addresses) {
    auto acceptor = shared_->host.listen({address, config.port}, executor);
    if (!acceptor) {
      shared_->acceptors.clear();
      return acceptor.error();
    }
    shared_->acceptors.push_back(std::move(*acceptor));
  }
  for (std::size_t index = 0; index < shared_->acceptors.size(); ++index) {
    auto work = Shared::accept_loop(shared_, index);
    host::spawn(shared_->host, executor, config.name, std::move(work));
  }
  return {};
}

void Mx::apply(MxConfig config) {
  shared_->phase = make_phase(std::move(config), shared_->phase.get(), shared_->sink);
}

void Mx::drop_connections() {
  for (const auto& [number, connection] : shared_->connections) connection->drop("dropped");
}

void Mx::stop() {
  if (std::exchange(shared_->stopped, true)) return;
  for (const auto& acceptor : shared_->acceptors) acceptor->close();
  for (const auto& [number, connection] : shared_->connections) connection->drop("stopped");
}

std::size_t Mx::open_connections() const {
  return shared_->connections.size();
}

}  // namespace fakes
