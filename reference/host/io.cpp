#include "reference/host/io.hpp"

#include <boost/asio/co_spawn.hpp>

#include "reference/host/deadline.hpp"
#include "reference/host/initiate.hpp"

namespace host {

namespace asio = boost::asio;

asio::awaitable<ErrorCode> read_some(Host& host, Stream& stream, std::string& into,
                                     MonoTime deadline, std::size_t limit) {
  // Not in `into` itself: growing it by `limit` would write zeros to where mostly little is read.
  const auto bytes = std::make_unique_for_overwrite<char[]>(limit);
  Deadline guard(host, stream.executor(), deadline, [&stream] { stream.cancel(); });
  const asio::mutable_buffer buffer(bytes.get(), limit);
  const auto executor = stream.executor();
  auto start = [&stream, buffer](IoCompletion done) { stream.start_read(buffer, std::move(done)); };
  const auto [error, count] = co_await initiate<ErrorCode, std::size_t>(executor, std::move(start));
  into.append(bytes.get(), count);
  co_return guard.result(error);
}

asio::awaitable<ErrorCode> write_all(Host& host, Stream& stream, std::string_view bytes,
                                     MonoTime deadline) {
  Deadline guard(host, stream.executor(), deadline, [&stream] { stream.cancel(); });
  const auto executor = stream.executor();
  while (!bytes.empty()) {
    const asio::const_buffer buffer(bytes.data(), bytes.size());
    auto start = [&stream, buffer](IoCompletion done) {
      stream.start_write(buffer, std::move(done));
    };
    const auto [error, count] =
        co_await initiate<ErrorCode, std::size_t>(executor, std::move(start));
    if (error) co_return guard.result(error);
    bytes.remove_prefix(count);
  }
  co_return ErrorCode{};
}

asio::awaitable<Result<std::unique_ptr<Stream>>> accept(Acceptor& acceptor) {
  const auto executor = acceptor.executor();
  auto start = [&acceptor](Acceptor::AcceptCompletion done) {
    acceptor.start_accept(std::move(done));
  };
  auto [error, stream] =
      co_await initiate<ErrorCode, std::unique_ptr<Stream>>(executor, std::move(start));
  if (error) co_return error;
  co_return std::move(stream);
}

asio::awaitable<Result<Datagram>> receive(Host& host, DatagramSocket& socket, MonoTime deadline) {
  const auto executor = socket.executor();
  Deadline guard(host, executor, deadline, [&socket] { socket.cancel(); });
  auto start = [&socket](DatagramSocket::ReceiveCompletion done) {
    socket.start_receive(std::move(done));
  };
  auto [error, datagram] = co_await initiate<ErrorCode, Datagram>(executor, std::move(start));
  if (error) co_return guard.result(error);
  co_return std::move(datagram);
}

asio::awaitable<ErrorCode> wait_until(Timer& timer, MonoTime due) {
  const auto executor = timer.executor();
  auto start = [&timer, due](Timer::WaitCompletion done) {
    timer.start_wait(due, std::move(done));
  };
  const auto [error] = co_await initiate<ErrorCode>(executor, std::move(start));
  co_return error;
}

void spawn(Host& host, const asio::any_io_executor& executor, std::string_view component,
           asio::awaitable<void> work) {
  asio::co_spawn(executor, std::move(work),
                 [&host, component = std::string(component)](std::exception_ptr failure) {
                   if (!failure) return;
                   try {
                     std::rethrow_exception(failure);
                   } catch (const std::exception& error) {
                     host.log(Severity::error, component, error.what());
                   }
                 });
}

}  // namespace host
