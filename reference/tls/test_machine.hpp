// For the tests of this folder: a host with a clock that stands, a counter for entropy and files in
// memory; and two ends of TLS that talk through memory.
#pragma once

#include <openssl/ssl.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>

#include "reference/host/inert_host.hpp"
#include "reference/tls/context.hpp"

namespace sealgate::tls::test {

class TestMachine : public host::InertHost, private host::Storage {
 public:
  std::map<std::string, std::string, std::less<>> files;
  int replacements = 0;
  bool refuse_replacing = false;
  host::WallTime now = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2);

  boost::asio::any_io_executor session_executor() override { return context.get_executor(); }
  boost::asio::any_io_executor queue_executor() override { return context.get_executor(); }
  host::WallTime wall_now() override { return now; }
  host::Storage& storage() override { return *this; }
  void fill_random(std::span<std::byte> bytes) override {
    for (auto& byte : bytes) byte = static_cast<std::byte>(++random_);
  }

  std::unique_ptr<host::Database> open_database(std::string_view) override { std::abort(); }
  bool has_file(std::string_view name) override { return files.contains(name); }
  host::Result<std::string> read_file(std::string_view name) override {
    const auto found = files.find(name);
    if (found != files.end()) return found->second;
    return make_error_code(boost::system::errc::no_such_file_or_directory);
  }
  boost::asio::awaitable<host::ErrorCode> replace_file(std::string_view name,
                                                       std::string content) override {
    if (refuse_replacing) co_return make_error_code(host::Error::not_durable);
    ++replacements;
    files[std::string(name)] = std::move(content);
    co_return host::ErrorCode{};
  }

  /// Runs a coroutine to its end; what it throws comes out here.
  template <class T>
  T run(boost::asio::awaitable<T> work) {
    T result{};
    std::exception_ptr failure;
    boost::asio::co_spawn(context, std::move(work), [&](std::exception_ptr error, T value) {
      failure = error;
      result = std::move(value);
    });
    context.restart();
    context.run();
    if (failure) std::rethrow_exception(failure);
    return result;
  }

  boost::asio::io_context context;

 private:
  std::uint8_t random_ = 0;
};

struct FreeSsl {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using SslHandle = std::unique_ptr<SSL, FreeSsl>;

/// Both ends of one connection. handshake() is true when both completed.
struct Pair {
  SslHandle client;
  SslHandle server;

  Pair(SSL_CTX* client_context, SSL_CTX* server_context)
      : client(SSL_new(client_context)), server(SSL_new(server_context)) {
    BIO* near = nullptr;
    BIO* far = nullptr;
    BIO_new_bio_pair(&near, 0, &far, 0);
    SSL_set_bio(client.get(), near, near);
    SSL_set_bio(server.get(), far, far);
    SSL_set_connect_state(client.get());
    SSL_set_accept_state(server.get());
  }

  bool handshake() {
    bool done = false;
    for (int round = 0; round < 20 && !done; ++round) {
      const bool client_done = SSL_do_handshake(client.get()) == 1;
      done = (SSL_do_handshake(server.get()) == 1) && client_done;
    }
    return done;
  }
};

}  // namespace sealgate::tls::test
