// host::Stream, host::Acceptor and host::Timer that forward everything, to be overridden in the one
// point in which a deliberately broken gateway differs. See host_wrapper.hpp.
#pragma once

#include <functional>
#include <utility>

#include "reference/host/stream.hpp"
#include "reference/host/timer.hpp"

namespace sealcheck::adapters {

class StreamWrapper : public host::Stream {
 public:
  explicit StreamWrapper(std::unique_ptr<host::Stream> inner) : inner_(std::move(inner)) {}

  boost::asio::any_io_executor executor() override { return inner_->executor(); }
  void start_read(boost::asio::mutable_buffer buffer, host::IoCompletion done) override {
    inner_->start_read(buffer, std::move(done));
  }
  void start_write(boost::asio::const_buffer buffer, host::IoCompletion done) override {
    inner_->start_write(buffer, std::move(done));
  }
  void shutdown_send() override { inner_->shutdown_send(); }
  void close() override { inner_->close(); }
  void reset() override { inner_->reset(); }
  void cancel() override { inner_->cancel(); }
  host::Endpoint local() const override { return inner_->local(); }
  host::Endpoint remote() const override { return inner_->remote(); }
  SSL* tls() const override { return inner_->tls(); }

 private:
  std::unique_ptr<host::Stream> inner_;
};

/// Yields what `wrap` makes of each accepted stream.
class AcceptorWrapper final : public host::Acceptor {
 public:
  using Wrap = std::function<std::unique_ptr<host::Stream>(std::unique_ptr<host::Stream>)>;

  AcceptorWrapper(std::unique_ptr<host::Acceptor> inner, Wrap wrap)
      : inner_(std::move(inner)), wrap_(std::move(wrap)) {}

  boost::asio::any_io_executor executor() override { return inner_->executor(); }
  void start_accept(AcceptCompletion done) override {
    auto pass_on = [wrap = wrap_, done = std::move(done)](
                       host::ErrorCode error, std::unique_ptr<host::Stream> stream) mutable {
      if (stream) stream = wrap(std::move(stream));
      done(error, std::move(stream));
    };
    inner_->start_accept(AcceptCompletion(executor(), std::move(pass_on)));
  }
  host::Endpoint local() const override { return inner_->local(); }
  void close() override { inner_->close(); }

 private:
  std::unique_ptr<host::Acceptor> inner_;
  Wrap wrap_;
};

class TimerWrapper : public host::Timer {
 public:
  explicit TimerWrapper(std::unique_ptr<host::Timer> inner) : inner_(std::move(inner)) {}

  boost::asio::any_io_executor executor() override { return inner_->executor(); }
  void start_wait(host::MonoTime due, WaitCompletion done) override {
    inner_->start_wait(due, std::move(done));
  }
  void cancel() override { inner_->cancel(); }

 private:
  std::unique_ptr<host::Timer> inner_;
};

}  // namespace sealcheck::adapters
