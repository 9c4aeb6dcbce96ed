// For tests: two hosts, a connection between them, and programs that send and read on it.
#pragma once

#include <boost/asio/error.hpp>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <vector>

#include "reference/host/io.hpp"
#include "sim/world/virtual/world.hpp"

namespace sealcheck::world {

struct Heard {
  std::string bytes;
  std::vector<std::size_t> reads;  ///< their sizes
  std::vector<std::int64_t> times;
  host::ErrorCode end;
};

inline boost::asio::awaitable<void> connect_into(host::Host& host, host::Endpoint to,
                                                 std::unique_ptr<host::Stream>& stream,
                                                 host::ErrorCode& error, host::Duration patience) {
  auto connected = co_await host.connect(to, host.mono_now() + patience);
  if (connected)
    stream = std::move(connected).value();
  else
    error = connected.error();
}

inline boost::asio::awaitable<void> accept_into(host::Acceptor& acceptor,
                                                std::unique_ptr<host::Stream>& stream) {
  auto accepted = co_await host::accept(acceptor);
  if (accepted) stream = std::move(accepted).value();
}

inline boost::asio::awaitable<void> read_to_end(host::Host& host, host::Stream& stream,
                                                Heard& heard, host::Duration patience) {
  for (;;) {
    std::string piece;  // not heard.bytes: it is longer while a read is pending
    heard.end =
        co_await host::read_some(host, stream, piece, host.mono_now() + patience, 64 * 1024);
    if (heard.end) co_return;
    heard.bytes += piece;
    heard.reads.push_back(piece.size());
    heard.times.push_back(host.mono_now().time_since_epoch().count());
  }
}

inline boost::asio::awaitable<void> write_and_keep(host::Host& host, host::Stream& stream,
                                                   std::string bytes, host::ErrorCode& error,
                                                   host::Duration patience) {
  error = co_await host::write_all(host, stream, bytes, host.mono_now() + patience);
}

/// Hosts a and b; connect() opens a connection from a to port 25 of b.
struct TwoEnds {
  explicit TwoEnds(std::uint64_t seed = 7) : world(seed, trace) {}

  trace::Trace trace;
  World world;
  VirtualHost& a = world.add_host("a.test", {boost::asio::ip::make_address("192.0.2.1")});
  VirtualHost& b = world.add_host("b.test", {boost::asio::ip::make_address("192.0.2.2")});
  std::unique_ptr<host::Acceptor> acceptor =
      b.listen({b.address(), 25}, b.session_executor()).value();
  std::unique_ptr<host::Stream> at_a;
  std::unique_ptr<host::Stream> at_b;
  host::ErrorCode connect_error;

  ~TwoEnds() { world.end(); }

  void from_a(LinkParameters link) { world.network().set_link(a.node(), b.node(), link); }
  void from_b(LinkParameters link) { world.network().set_link(b.node(), a.node(), link); }
  void both_ways(const LinkParameters& link) {
    from_a(link);
    from_b(link);
  }

  void run() { world.run(INT64_MAX, true); }
  void run_for(host::Duration time) { world.run(world.scheduler().now() + time.count(), false); }

  void connect() {
    host::spawn(b, b.session_executor(), "accept", accept_into(*acceptor, at_b));
    host::spawn(a, a.session_executor(), "connect",
                connect_into(a, {b.address(), 25}, at_a, connect_error, std::chrono::seconds(30)));
    world.run(INT64_MAX, true, [this] { return at_a && at_b; });
  }

  void read(VirtualHost& host, host::Stream& stream, Heard& heard,
            host::Duration patience = std::chrono::hours(1)) {
    host::spawn(host, host.session_executor(), "reader",
                read_to_end(host, stream, heard, patience));
  }
  void write(VirtualHost& host, host::Stream& stream, std::string bytes, host::ErrorCode& error,
             host::Duration patience = std::chrono::hours(1)) {
    host::spawn(host, host.session_executor(), "writer",
                write_and_keep(host, stream, std::move(bytes), error, patience));
  }

  /// The bytes that a sent, b heard, and how it ended for a.
  Heard transfer(const std::string& bytes, host::ErrorCode& error) {
    Heard heard;
    connect();
    BOOST_REQUIRE(at_a && at_b);
    read(b, *at_b, heard);
    write(a, *at_a, bytes, error);
    run_for(std::chrono::minutes(10));
    at_a->shutdown_send();
    run_for(std::chrono::minutes(1));
    return heard;
  }

  std::vector<trace::Event> events(const std::string& kind) const {
    std::vector<trace::Event> found;
    for (const trace::Event& event : trace.events())
      if (event.kind == kind) found.push_back(event);
    return found;
  }
};

/// Bytes that tell every position apart, more or less.
inline std::string pattern(std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(i * 31 % 251);
  return bytes;
}

}  // namespace sealcheck::world
