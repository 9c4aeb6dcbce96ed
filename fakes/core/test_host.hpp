// A host for tests of what needs a clock and entropy only. Everything else throws.
#pragma once

#include <algorithm>
#include <stdexcept>

#include "reference/host/host.hpp"

namespace fakes {

class TestHost final : public host::Host {
 public:
  host::WallTime now{std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)};
  std::byte next_random{1};

  boost::asio::any_io_executor session_executor() override { return {}; }
  boost::asio::any_io_executor queue_executor() override { return {}; }
  host::WallTime wall_now() override { return now; }
  host::MonoTime mono_now() override { return {}; }
  std::unique_ptr<host::Timer> make_timer(host::TimerKind, boost::asio::any_io_executor) override {
    throw std::logic_error("no timers here");
  }
  boost::asio::awaitable<host::Result<std::unique_ptr<host::Stream>>> connect(
      host::Endpoint, host::MonoTime) override {
    throw std::logic_error("no network here");
  }
  host::Result<std::unique_ptr<host::Acceptor>> listen(host::Endpoint,
                                                       boost::asio::any_io_executor) override {
    throw std::logic_error("no network here");
  }
  host::Result<std::unique_ptr<host::DatagramSocket>> bind_datagram(
      host::Endpoint, boost::asio::any_io_executor) override {
    throw std::logic_error("no network here");
  }
  host::Storage& storage() override { throw std::logic_error("no disk here"); }
  void fill_random(std::span<std::byte> bytes) override {
    std::fill(bytes.begin(), bytes.end(), next_random);
  }
  void log(host::Severity, std::string_view, std::string_view) override {}
  bool wants_tls_secrets() const override { return false; }
  void on_tls_secret(std::string_view) override {}
};

}  // namespace fakes
