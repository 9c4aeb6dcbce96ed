// A host::Host that forwards everything to another: the seam for gateways that are broken not in a
// decision (gateway::Decisions) but in how they use their machine.
//
// A broken machine overrides one of the calls, or one of the hooks that see each stream and each
// database on its way to the gateway. The wrapped host must outlive the wrapper, and the wrapper
// whatever was obtained through it.
#pragma once

#include <utility>

#include "reference/host/host.hpp"
#include "sim/adapters/sealgate/stream_wrapper.hpp"

namespace sealcheck::adapters {

class DatabaseWrapper : public host::Database {
 public:
  explicit DatabaseWrapper(std::unique_ptr<host::Database> inner) : inner_(std::move(inner)) {}

  boost::asio::awaitable<host::ErrorCode> commit(Work work) override {
    return inner_->commit(std::move(work));
  }
  boost::asio::awaitable<host::ErrorCode> read(Work work) override {
    return inner_->read(std::move(work));
  }

 private:
  std::unique_ptr<host::Database> inner_;
};

class HostWrapper : public host::Host, private host::Storage {
 public:
  explicit HostWrapper(host::Host& inner) : inner_(inner) {}

  boost::asio::any_io_executor session_executor() override { return inner_.session_executor(); }
  boost::asio::any_io_executor queue_executor() override { return inner_.queue_executor(); }
  host::WallTime wall_now() override { return inner_.wall_now(); }
  host::MonoTime mono_now() override { return inner_.mono_now(); }
  std::unique_ptr<host::Timer> make_timer(host::TimerKind kind,
                                          boost::asio::any_io_executor executor) override {
    return inner_.make_timer(kind, std::move(executor));
  }
  boost::asio::awaitable<host::Result<std::unique_ptr<host::Stream>>> connect(
      host::Endpoint remote, host::MonoTime deadline) override;
  host::Result<std::unique_ptr<host::Acceptor>> listen(
      host::Endpoint local, boost::asio::any_io_executor executor) override;
  host::Result<std::unique_ptr<host::DatagramSocket>> bind_datagram(
      host::Endpoint local, boost::asio::any_io_executor executor) override {
    return inner_.bind_datagram(local, std::move(executor));
  }
  host::Storage& storage() override { return *this; }
  void fill_random(std::span<std::byte> bytes) override { inner_.fill_random(bytes); }
  void log(host::Severity severity, std::string_view component, std::string_view text) override {
    inner_.log(severity, component, text);
  }
  bool wants_tls_secrets() const override { return inner_.wants_tls_secrets(); }
  void on_tls_secret(std::string_view line) override { inner_.on_tls_secret(line); }

 protected:
  using StreamPtr = std::unique_ptr<host::Stream>;
  using DatabasePtr = std::unique_ptr<host::Database>;

  virtual StreamPtr connected(StreamPtr stream) { return stream; }
  virtual StreamPtr accepted(StreamPtr stream) { return stream; }
  virtual DatabasePtr opened(DatabasePtr database) { return database; }
  /// False: it is said to be written, and is not.
  virtual bool keeps(std::string_view /*file*/) { return true; }

 private:
  std::unique_ptr<host::Database> open_database(std::string_view name) override {
    return opened(inner_.storage().open_database(name));
  }
  bool has_file(std::string_view name) override { return inner_.storage().has_file(name); }
  host::Result<std::string> read_file(std::string_view name) override {
    return inner_.storage().read_file(name);
  }
  boost::asio::awaitable<host::ErrorCode> replace_file(std::string_view name,
                                                       std::string content) override {
    if (!keeps(name)) return nothing();
    return inner_.storage().replace_file(name, std::move(content));
  }

  static boost::asio::awaitable<host::ErrorCode> nothing() { co_return host::ErrorCode{}; }

  host::Host& inner_;
};

}  // namespace sealcheck::adapters
