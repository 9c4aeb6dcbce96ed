#include "reference/host/tls_stream.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>

#include "reference/host/io.hpp"

namespace host {
namespace {

namespace asio = boost::asio;

constexpr std::size_t read_chunk = 16 * 1024 + 512;  // a TLS record with its overhead

struct SslDeleter {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using SslHandle = std::unique_ptr<SSL, SslDeleter>;

// OpenSSL reports the alert it received as a reason code at this offset (openssl/ssl.h).
int received_alert(unsigned long error) {
  const int reason = ERR_GET_REASON(error);
  return ERR_GET_LIB(error) == ERR_LIB_SSL && reason >= SSL_AD_REASON_OFFSET
             ? reason - SSL_AD_REASON_OFFSET
             : -1;
}

// Session and transport together. Shared with the handlers of pending transport operations, which
// may run after the stream is gone: they find `transport` empty then. A handler carries the user's
// completion itself, so that dropping the transport drops the waiting coroutine too.
struct Core {
  Core() {}  // without zeros in `input`

  SslHandle ssl;
  std::unique_ptr<Stream> transport;
  std::array<char, read_chunk> input;
  std::string output;  // ciphertext on its way out; stable while flushing
  bool flushing = false;
  bool close_notify_sent = false;

  // What OpenSSL has produced since the last call.
  std::string take_output() {
    std::string bytes(BIO_ctrl_pending(SSL_get_wbio(ssl.get())), '\0');
    if (!bytes.empty())
      BIO_read(SSL_get_wbio(ssl.get()), bytes.data(), static_cast<int>(bytes.size()));
    return bytes;
  }

  void feed(const char* data, std::size_t size) {
    BIO_write(SSL_get_rbio(ssl.get()), data, static_cast<int>(size));
  }
};
using CorePtr = std::shared_ptr<Core>;

void flush(const CorePtr& core, std::size_t written, IoCompletion done) {
  core->flushing = true;
  const asio::const_buffer buffer(core->output.data(), core->output.size());
  auto executor = core->transport->executor();
  auto handler = [core, written, done = std::move(done)](ErrorCode error,
                                                         std::size_t count) mutable {
    if (!core->transport) return;
    core->output.erase(0, count);
    if (!error && !core->output.empty()) return flush(core, written, std::move(done));
    core->flushing = false;
    if (done) done(error, error ? 0 : written);
  };
  core->transport->start_write(buffer, IoCompletion(executor, std::move(handler)));
}

// A fatal error of SSL_read, after the handshake.
ErrorCode classify_read_failure(int ssl_error, bool transport_ended) {
  const unsigned long queued = ERR_peek_error();
  if (ssl_error == SSL_ERROR_ZERO_RETURN) return Error::end_of_stream;
  if (received_alert(queued) >= 0) return Error::tls_alert;
  if (queued != 0) return Error::tls_bad_record;
  return transport_ended ? Error::tls_truncated : Error::tls_bad_record;
}

void read(const CorePtr& core, asio::mutable_buffer buffer, IoCompletion done) {
  ERR_clear_error();
  const int count = SSL_read(core->ssl.get(), buffer.data(), static_cast<int>(buffer.size()));
  const int ssl_error = count > 0 ? SSL_ERROR_NONE : SSL_get_error(core->ssl.get(), count);
  // A read may owe the peer bytes: a key update's answer, an alert.
  core->output += core->take_output();
  if (!core->output.empty() && !core->flushing) flush(core, 0, {});
  if (count > 0) return done({}, static_cast<std::size_t>(count));
  if (ssl_error != SSL_ERROR_WANT_READ) return done(classify_read_failure(ssl_error, false), 0);

  auto executor = core->transport->executor();
  auto handler = [core, buffer, done = std::move(done)](ErrorCode error,
                                                        std::size_t received) mutable {
    if (!core->transport) return;
    if (error == Error::end_of_stream) return done(Error::tls_truncated, 0);
    if (error) return done(error, 0);
    core->feed(core->input.data(), received);
    read(core, buffer, std::move(done));
  };
  core->transport->start_read(asio::buffer(core->input),
                              IoCompletion(executor, std::move(handler)));
}

class TlsStream final : public Stream {
 public:
  explicit TlsStream(CorePtr core) : core_(std::move(core)) {}

  // The transport goes first: it drops the pending handlers, and with them their share of the core.
  ~TlsStream() override { auto transport = std::move(core_->transport); }

  asio::any_io_executor executor() override { return core_->transport->executor(); }

  void start_read(asio::mutable_buffer buffer, IoCompletion done) override {
    read(core_, buffer, std::move(done));
  }

  void start_write(asio::const_buffer buffer, IoCompletion done) override {
    ERR_clear_error();
    const int count = SSL_write(core_->ssl.get(), buffer.data(), static_cast<int>(buffer.size()));
    if (count <= 0) return done(Error::tls_bad_record, 0);
    core_->output += core_->take_output();
    if (core_->flushing)
      return done({}, static_cast<std::size_t>(count));  // goes out with the rest
    flush(core_, static_cast<std::size_t>(count), std::move(done));
  }

  void shutdown_send() override {
    send_close_notify();
    core_->transport->shutdown_send();
  }
  void close() override {
    send_close_notify();
    core_->transport->close();
  }
  void reset() override { core_->transport->reset(); }
  void cancel() override { core_->transport->cancel(); }

  Endpoint local() const override { return core_->transport->local(); }
  Endpoint remote() const override { return core_->transport->remote(); }
  SSL* tls() const override { return core_->ssl.get(); }

 private:
  // Sent and not awaited: RFC 8446 section 6.1 lets the closer go once it has sent its own.
  void send_close_notify() {
    if (std::exchange(core_->close_notify_sent, true) || core_->flushing) return;
    ERR_clear_error();
    SSL_shutdown(core_->ssl.get());
    core_->output += core_->take_output();
    if (!core_->output.empty()) flush(core_, 0, {});
  }

  CorePtr core_;
};

int host_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

void forward_secret(const SSL* ssl, const char* line) {
  auto* host = static_cast<Host*>(SSL_get_ex_data(ssl, host_index()));
  if (host) host->on_tls_secret(line);
}

TlsFailure openssl_failure() {
  const unsigned long error = ERR_peek_error();
  const char* reason = ERR_reason_error_string(error);
  return {received_alert(error) >= 0 ? Error::tls_alert : Error::tls_bad_record,
          reason ? reason : "TLS protocol error", received_alert(error),
          ERR_GET_LIB(error) == ERR_LIB_SSL && ERR_GET_REASON(error) == SSL_R_UNSUPPORTED_PROTOCOL};
}

CorePtr make_core(Host& host, std::unique_ptr<Stream> transport, SSL_CTX* context, TlsRole role,
                  const TlsSetup& setup) {
  SSL_CTX_set_keylog_callback(context, host.wants_tls_secrets() ? forward_secret : nullptr);
  auto core = std::make_shared<Core>();
  core->ssl.reset(SSL_new(context));
  SSL* ssl = core->ssl.get();
  if (!ssl) throw std::runtime_error("OpenSSL could not create a session");
  SSL_set_ex_data(ssl, host_index(), &host);
  SSL_set_bio(ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  SSL_set_mode(ssl, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  if (role == TlsRole::client) SSL_set_connect_state(ssl);
  if (role == TlsRole::server) SSL_set_accept_state(ssl);
  if (setup) setup(ssl);
  core->transport = std::move(transport);
  return core;
}

}  // namespace

asio::awaitable<TlsResult> tls_handshake(Host& host, std::unique_ptr<Stream> transport,
                                         SSL_CTX* context, TlsRole role, TlsSetup setup,
                                         MonoTime deadline) {
  auto core = make_core(host, std::move(transport), context, role, setup);
  std::string input;
  for (;;) {
    ERR_clear_error();
    const int done = SSL_do_handshake(core->ssl.get());
    const bool want_read = SSL_get_error(core->ssl.get(), done) == SSL_ERROR_WANT_READ;
    TlsResult result;
    if (done != 1 && !want_read) result.failure = openssl_failure();

    // On failure too: the alert tells the peer why.
    const std::string output = core->take_output();
    const ErrorCode write_error = co_await write_all(host, *core->transport, output, deadline);
    if (done == 1 && !write_error) {
      result.stream = std::make_unique<TlsStream>(std::move(core));
      co_return result;
    }
    if (result.failure.error) {
      core->transport->close();
      co_return result;
    }
    ErrorCode error = write_error;
    input.clear();
    if (!error) error = co_await read_some(host, *core->transport, input, deadline);
    if (error) {
      result.failure = {error, error.message(), -1};
      core->transport->close();
      co_return result;
    }
    core->feed(input.data(), input.size());
  }
}

}  // namespace host
