// A machine that looks at the web pages of whomever it hands mail to, as scanners of links do.
#include <openssl/ssl.h>

#include "reference/host/io.hpp"
#include "reference/host/tls_stream.hpp"
#include "sim/adapters/sealgate/broken_machines.hpp"
#include "sim/adapters/sealgate/host_wrapper.hpp"

namespace sealcheck::adapters {
namespace {

constexpr std::uint16_t smtp_port = 25;
constexpr std::uint16_t https_port = 443;
constexpr std::string_view request = "GET /confirm HTTP/1.1\r\nHost: portal.hybrid.test\r\n\r\n";

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};

class VisitingNetwork final : public HostWrapper {
 public:
  using HostWrapper::HostWrapper;

  boost::asio::awaitable<host::Result<StreamPtr>> connect(host::Endpoint remote,
                                                          host::MonoTime deadline) override {
    if (remote.port == smtp_port && !visited_) {
      visited_ = true;
      auto visiting = visit({remote.address, https_port}, deadline);
      co_await std::move(visiting);
    }
    auto connecting = HostWrapper::connect(remote, deadline);
    co_return co_await std::move(connecting);
  }

 private:
  boost::asio::awaitable<void> visit(host::Endpoint server, host::MonoTime deadline) {
    auto connecting = HostWrapper::connect(server, deadline);
    host::Result<StreamPtr> transport = co_await std::move(connecting);
    if (!transport) co_return;
    const std::unique_ptr<SSL_CTX, FreeContext> context(SSL_CTX_new(TLS_client_method()));
    auto shaking = host::tls_handshake(*this, std::move(*transport), context.get(),
                                       host::TlsRole::client, {}, deadline);
    host::TlsResult result = co_await std::move(shaking);
    if (!result.stream) co_return;
    host::ErrorCode error = co_await host::write_all(*this, *result.stream, request, deadline);
    std::string page;
    while (!error) error = co_await host::read_some(*this, *result.stream, page, deadline);
    result.stream->close();
  }

  bool visited_ = false;
};

}  // namespace

std::unique_ptr<host::Host> visits_to_the_portal(host::Host& machine) {
  return std::make_unique<VisitingNetwork>(machine);
}

}  // namespace sealcheck::adapters
