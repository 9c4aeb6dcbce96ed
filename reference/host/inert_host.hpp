// For tests: a Host of which each test overrides what its subject may use. Any other call aborts,
// so that a subject which asks its machine for more than it should is noticed.
#pragma once

#include <cstdlib>

#include "reference/host/host.hpp"

namespace host {

class InertHost : public Host {
 public:
  boost::asio::any_io_executor session_executor() override { std::abort(); }
  boost::asio::any_io_executor queue_executor() override { std::abort(); }
  WallTime wall_now() override { std::abort(); }
  MonoTime mono_now() override { std::abort(); }
  std::unique_ptr<Timer> make_timer(TimerKind, boost::asio::any_io_executor) override {
    std::abort();
  }
  boost::asio::awaitable<Result<std::unique_ptr<Stream>>> connect(Endpoint, MonoTime) override {
    std::abort();
  }
  Result<std::unique_ptr<Acceptor>> listen(Endpoint, boost::asio::any_io_executor) override {
    std::abort();
  }
  Result<std::unique_ptr<DatagramSocket>> bind_datagram(Endpoint,
                                                        boost::asio::any_io_executor) override {
    std::abort();
  }
  Storage& storage() override { std::abort(); }
  void fill_random(std::span<std::byte>) override { std::abort(); }
  void log(Severity, std::string_view, std::string_view) override {}
  bool wants_tls_secrets() const override { return false; }
  void on_tls_secret(std::string_view) override {}
};

}  // namespace host
