#include "sim/adapters/sealgate/host_wrapper.hpp"

namespace sealcheck::adapters {

boost::asio::awaitable<host::Result<std::unique_ptr<host::Stream>>> HostWrapper::connect(
    host::Endpoint remote, host::MonoTime deadline) {
  auto connecting = inner_.connect(remote, deadline);
  auto result = co_await std::move(connecting);
  if (!result) co_return result.error();
  StreamPtr stream = connected(std::move(result).value());
  co_return std::move(stream);
}

host::Result<std::unique_ptr<host::Acceptor>> HostWrapper::listen(
    host::Endpoint local, boost::asio::any_io_executor executor) {
  auto acceptor = inner_.listen(local, std::move(executor));
  if (!acceptor) return acceptor.error();
  auto wrap = [this](StreamPtr stream) { return accepted(std::move(stream)); };
  return std::make_unique<AcceptorWrapper>(std::move(acceptor).value(), std::move(wrap));
}

}  // namespace sealcheck::adapters
