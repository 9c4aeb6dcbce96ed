// For tests only: a host with a clock that jumps, and UDP to a scripted DNS server.
#pragma once

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reference/host/inert_host.hpp"
#include "reference/routing/test_dns_wire.hpp"

namespace sealgate::routing::test {

/// A query as the server sees it.
struct Query {
  host::Endpoint client;
  host::Endpoint server;
  std::uint16_t id = 0;
  std::string name;
  std::uint16_t type = 0;
  std::string wire;
  bool over_tcp = false;
};

struct Sent {
  host::Endpoint from;
  std::string payload;
};

/// What comes back for a query, in order. Nothing: silence.
using Script = std::function<std::vector<Sent>(const Query&)>;

class TestNetwork final : public host::InertHost {
 public:
  explicit TestNetwork(Script script) : script_(std::move(script)) {}

  std::vector<Query> queries;  ///< all that were sent, in order
  std::size_t tcp_piece = 0;   ///< octets a read gives over TCP; 0: nobody listens

  host::Duration elapsed() const { return now_.time_since_epoch(); }
  host::MonoTime in(host::Duration span) const { return now_ + span; }

  /// Runs `work` to its end: drains what is ready, then jumps to the earliest timer.
  template <class T>
  T run(boost::asio::awaitable<T> work) {
    std::optional<T> value;
    std::exception_ptr failure;
    boost::asio::co_spawn(context_, std::move(work), [&](std::exception_ptr error, T result) {
      failure = error;
      value.emplace(std::move(result));
    });
    while (!value) {
      context_.restart();
      if (context_.poll() > 0) continue;
      if (timers_.empty()) std::abort();  // it would wait for ever
      auto first = timers_.extract(timers_.begin());
      now_ = std::max(now_, first.key().first);
      first.mapped()(host::ErrorCode());
    }
    if (failure) std::rethrow_exception(failure);
    return std::move(value).value();
  }

  boost::asio::any_io_executor session_executor() override { return context_.get_executor(); }
  boost::asio::any_io_executor queue_executor() override { return context_.get_executor(); }
  host::MonoTime mono_now() override { return now_; }
  std::unique_ptr<host::Timer> make_timer(host::TimerKind, boost::asio::any_io_executor) override {
    return std::make_unique<TestTimer>(*this);
  }
  host::Result<std::unique_ptr<host::DatagramSocket>> bind_datagram(
      host::Endpoint, boost::asio::any_io_executor) override {
    return std::make_unique<TestSocket>(*this, next_port_++);
  }
  boost::asio::awaitable<host::Result<std::unique_ptr<host::Stream>>> connect(
      host::Endpoint remote, host::MonoTime) override {
    if (tcp_piece == 0) co_return boost::asio::error::connection_refused;
    co_return std::make_unique<TestStream>(*this, remote);
  }
  void fill_random(std::span<std::byte> bytes) override {
    for (auto& byte : bytes) {
      random_ = random_ * 6364136223846793005u + 1442695040888963407u;  // Knuth's MMIX
      byte = static_cast<std::byte>(random_ >> 56);
    }
  }

 private:
  using TimerKey = std::pair<host::MonoTime, std::uint64_t>;  ///< ties in the order of arming

  class TestTimer final : public host::Timer {
   public:
    explicit TestTimer(TestNetwork& network) : network_(network) {}
    ~TestTimer() override { network_.timers_.erase(key_); }
    boost::asio::any_io_executor executor() override { return network_.session_executor(); }
    void start_wait(host::MonoTime due, WaitCompletion done) override {
      cancel();
      key_ = {due, ++network_.armed_};
      network_.timers_.emplace(key_, std::move(done));
    }
    void cancel() override {
      auto pending = network_.timers_.extract(key_);
      if (pending) pending.mapped()(boost::asio::error::operation_aborted);
    }

   private:
    TestNetwork& network_;
    TimerKey key_;
  };

  class TestSocket final : public host::DatagramSocket {
   public:
    TestSocket(TestNetwork& network, std::uint16_t port)
        : network_(network), local_{boost::asio::ip::make_address("192.0.2.1"), port} {}
    boost::asio::any_io_executor executor() override { return network_.session_executor(); }
    void send(const host::Endpoint& to, std::string_view payload) override {
      network_.queries.push_back(parse(local_, to, payload));
      for (auto& sent : network_.script_(network_.queries.back())) {
        inbox_.push_back({sent.from, std::move(sent.payload)});
      }
      deliver();
    }
    void start_receive(ReceiveCompletion done) override {
      pending_ = std::move(done);
      deliver();
    }
    void cancel() override {
      if (!pending_) return;
      std::exchange(pending_, {})(boost::asio::error::operation_aborted, {});
    }
    host::Endpoint local() const override { return local_; }

   private:
    void deliver() {
      if (!pending_ || inbox_.empty()) return;
      auto first = std::move(inbox_.front());
      inbox_.erase(inbox_.begin());
      std::exchange(pending_, {})(host::ErrorCode(), std::move(first));
    }

    TestNetwork& network_;
    host::Endpoint local_;
    std::vector<host::Datagram> inbox_;
    ReceiveCompletion pending_;
  };

  /// One query, framed, and what the script says to it, framed too.
  class TestStream final : public host::Stream {
   public:
    TestStream(TestNetwork& network, host::Endpoint remote)
        : network_(network), remote_(std::move(remote)) {}
    boost::asio::any_io_executor executor() override { return network_.session_executor(); }
    void start_read(boost::asio::mutable_buffer buffer, host::IoCompletion done) override {
      pending_ = std::move(done);
      if (inbox_.empty()) return;  // silence, until cancel()
      const auto count = std::min({buffer.size(), inbox_.size(), network_.tcp_piece});
      std::copy_n(inbox_.begin(), count, static_cast<char*>(buffer.data()));
      inbox_.erase(0, count);
      std::exchange(pending_, {})(host::ErrorCode(), count);
    }
    void start_write(boost::asio::const_buffer buffer, host::IoCompletion done) override {
      const std::string_view framed(static_cast<const char*>(buffer.data()), buffer.size());
      auto query = parse(local(), remote_, framed.substr(2));
      query.over_tcp = true;
      network_.queries.push_back(std::move(query));
      for (const auto& sent : network_.script_(network_.queries.back()))
        inbox_ += u16(static_cast<unsigned>(sent.payload.size())) + sent.payload;
      done(host::ErrorCode(), buffer.size());
    }
    void shutdown_send() override {}
    void close() override {}
    void reset() override {}
    void cancel() override {
      if (pending_) std::exchange(pending_, {})(boost::asio::error::operation_aborted, 0);
    }
    host::Endpoint local() const override { return {}; }
    host::Endpoint remote() const override { return remote_; }

   private:
    TestNetwork& network_;
    host::Endpoint remote_;
    std::string inbox_;
    host::IoCompletion pending_;
  };

  static Query parse(host::Endpoint client, host::Endpoint server, std::string_view wire) {
    const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(wire.at(at)); };
    Query query{client, server, 0, "", 0, std::string(wire), false};
    query.id = static_cast<std::uint16_t>(byte(0) << 8 | byte(1));
    std::size_t at = 12;
    for (; byte(at) != 0; at += byte(at) + 1u) {
      query.name += (query.name.empty() ? "" : ".") + std::string(wire.substr(at + 1, byte(at)));
    }
    query.type = static_cast<std::uint16_t>(byte(at + 1) << 8 | byte(at + 2));
    return query;
  }

  Script script_;
  boost::asio::io_context context_;
  std::map<TimerKey, host::Timer::WaitCompletion> timers_;
  std::uint64_t armed_ = 0;
  std::uint16_t next_port_ = 40000;
  std::uint64_t random_ = 1;
  host::MonoTime now_{};
};

inline host::Endpoint dns_server(int n = 1) {
  return {boost::asio::ip::make_address("192.0.2." + std::to_string(52 + n)), 53};
}

inline std::vector<Sent> answer(const Query& query, const ReplyParts& parts) {
  return {{query.server, wire_reply(query.id, query.name, query.type, parts)}};
}

}  // namespace sealgate::routing::test
