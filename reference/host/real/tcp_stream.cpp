#include "reference/host/real/tcp_stream.hpp"

#include <boost/asio/error.hpp>

namespace host {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// A read or write that waits. The handler of Asio's wait owns it, and with it the coroutine that
// waits; the connection only looks. So a context that is destroyed takes the coroutine along, which
// in its turn owns the stream.
template <class Buffer>
struct Pending {
  Buffer buffer;
  IoCompletion done;
};
using Read = Pending<asio::mutable_buffer>;
using Write = Pending<asio::const_buffer>;

template <class Buffer>
void abort(const std::shared_ptr<Pending<Buffer>>& pending) {
  if (!pending || !pending->done) return;
  auto done = std::exchange(pending->done, {});
  done(asio::error::operation_aborted, 0);
}

// Shared with the handlers of pending waits, which may run when the stream is gone.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, const Endpoint& remote)
      : socket_(std::move(socket)), remote_(remote) {
    ErrorCode ignored;  // the peer may have reset it already: the first operation tells
    socket_.non_blocking(true, ignored);
    // SMTP is a dialogue of small writes; Nagle would hold each back for the other's ACK.
    socket_.set_option(tcp::no_delay(true), ignored);
    local_ = to_endpoint(socket_.local_endpoint(ignored));
  }

  asio::any_io_executor executor() { return socket_.get_executor(); }
  const Endpoint& local() const { return local_; }
  const Endpoint& remote() const { return remote_; }

  void start_read(asio::mutable_buffer buffer, IoCompletion done) {
    if (closed_) return done(asio::error::operation_aborted, 0);
    if (buffer.size() == 0) return done({}, 0);
    const auto read = std::make_shared<Read>(Read{buffer, std::move(done)});
    reader_ = read;
    serve(read);
  }

  void start_write(asio::const_buffer buffer, IoCompletion done) {
    if (closed_) return done(asio::error::operation_aborted, 0);
    const auto write = std::make_shared<Write>(Write{buffer, std::move(done)});
    writer_ = write;
    serve(write);
  }

  void shutdown_send() {
    ErrorCode ignored;
    send_ended_ = true;
    if (!closed_) socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }

  void close() {
    if (closed_) return;
    cancel();
    ErrorCode ignored;
    closed_ = true;
    socket_.close(ignored);
  }

  void reset() {
    if (closed_) return;
    ErrorCode ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    close();
  }

  void cancel() {
    const auto reader = reader_.lock();
    const auto writer = writer_.lock();
    ErrorCode ignored;
    if (!closed_) socket_.cancel(ignored);
    abort(reader);
    abort(writer);
  }

 private:
  void serve(const std::shared_ptr<Read>& read) {
    ErrorCode error;
    const std::size_t count = socket_.read_some(read->buffer, error);
    if (error == asio::error::would_block) return wait(read, tcp::socket::wait_read);
    if (error == asio::error::eof) {
      error = broken_ ? broken_ : make_error_code(Error::end_of_stream);
    } else if (error) {
      error = broken_ = by_peer(error);
    }
    auto done = std::exchange(read->done, {});
    done(error, count);
  }

  void serve(const std::shared_ptr<Write>& write) {
    ErrorCode error = broken_;
    std::size_t count = 0;
    if (!error) count = socket_.write_some(write->buffer, error);
    if (error == asio::error::would_block) return wait(write, tcp::socket::wait_write);
    if (error && !(send_ended_ && error == asio::error::broken_pipe)) {
      error = broken_ = by_peer(error);
    }
    auto done = std::exchange(write->done, {});
    done(error, count);
  }

  // The kernel says connection_reset once, to whichever direction asks first, and pretends
  // afterwards that the stream ended or the pipe is broken: `broken_` remembers.
  static ErrorCode by_peer(ErrorCode error) {
    return error == asio::error::broken_pipe ? ErrorCode(asio::error::connection_reset) : error;
  }

  template <class Operation>
  void wait(const std::shared_ptr<Operation>& operation, tcp::socket::wait_type type) {
    // Whatever ended the wait: one that was cancelled has been completed.
    socket_.async_wait(type, [self = shared_from_this(), operation](ErrorCode) {
      if (operation->done) self->serve(operation);
    });
  }

  tcp::socket socket_;
  Endpoint local_;
  Endpoint remote_;
  ErrorCode broken_;
  bool closed_ = false;
  bool send_ended_ = false;
  std::weak_ptr<Read> reader_;
  std::weak_ptr<Write> writer_;
};

class TcpStream final : public Stream {
 public:
  explicit TcpStream(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}
  ~TcpStream() override { connection_->close(); }

  asio::any_io_executor executor() override { return connection_->executor(); }
  void start_read(asio::mutable_buffer buffer, IoCompletion done) override {
    connection_->start_read(buffer, std::move(done));
  }
  void start_write(asio::const_buffer buffer, IoCompletion done) override {
    connection_->start_write(buffer, std::move(done));
  }
  void shutdown_send() override { connection_->shutdown_send(); }
  void close() override { connection_->close(); }
  void reset() override { connection_->reset(); }
  void cancel() override { connection_->cancel(); }
  Endpoint local() const override { return connection_->local(); }
  Endpoint remote() const override { return connection_->remote(); }

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace

std::unique_ptr<Stream> make_tcp_stream(tcp::socket socket, Endpoint remote) {
  return std::make_unique<TcpStream>(std::make_shared<Connection>(std::move(socket), remote));
}

}  // namespace host
