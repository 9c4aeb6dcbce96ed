// For the tests of this folder: a client that says to the gateway whatever bytes a test wants.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "reference/host/io.hpp"
#include "sim/adapters/sealgate/gateway_fixture.hpp"

namespace sealcheck::test {

/// One connection, and what was heard and said on it. It must outlive the world's run.
struct RawClient {
  RawClient(Lab& in_lab, world::VirtualHost& on_machine, bool listens = true)
      : lab(in_lab), machine(on_machine) {
    host::spawn(machine, machine.session_executor(), "client", open(listens));
    lab.world.run(INT64_MAX, true, [this] { return stream != nullptr; });
  }
  ~RawClient() {
    stream->close();  // ends what still waits on it
    lab.quiesce();
  }

  /// Lets time pass, and no more: what waits for this client goes on waiting.
  void wait(host::Duration time) {
    lab.world.run(lab.world.scheduler().now() + time.count(), false);
  }

  /// Writes at the client's own pace and returns; wait() to see it happen.
  void say(std::string bytes) {
    said.push_back(std::move(bytes));
    host::spawn(machine, machine.session_executor(), "client", write(said.back()));
  }

  boost::asio::awaitable<void> open(bool listens) {
    auto connected = co_await machine.connect({lab.gw.address(), 25}, machine.mono_now() + 10s);
    BOOST_REQUIRE(connected.has_value());
    stream = std::move(connected).value();
    if (!listens) co_return;
    while (!closed) {
      const auto error =
          co_await host::read_some(machine, *stream, heard, machine.mono_now() + 24h);
      closed = static_cast<bool>(error);
    }
  }

  boost::asio::awaitable<void> write(const std::string& bytes) {
    const auto error = co_await host::write_all(machine, *stream, bytes, machine.mono_now() + 24h);
    if (error) refused = true;
  }

  /// So often this reply came.
  int replies(std::string_view code) const {
    int count = heard.starts_with(code) ? 1 : 0;
    for (std::size_t at = heard.find("\r\n"); at != heard.npos; at = heard.find("\r\n", at + 2)) {
      count += heard.compare(at + 2, code.size(), code) == 0 ? 1 : 0;
    }
    return count;
  }

  Lab& lab;
  world::VirtualHost& machine;
  std::unique_ptr<host::Stream> stream;
  std::string heard;
  std::deque<std::string> said;
  bool closed = false;
  bool refused = false;
};

}  // namespace sealcheck::test
