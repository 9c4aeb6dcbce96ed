#include "sim/world/virtual/sockets.hpp"

#include <boost/asio/error.hpp>

namespace sealcheck::world {

void VirtualAcceptor::start_accept(AcceptCompletion done) {
  if (!open_) return done(boost::asio::error::operation_aborted, nullptr);
  if (backlog_.empty()) {
    pending_ = std::move(done);
    return;
  }
  auto stream = std::move(backlog_.front());
  backlog_.pop_front();
  done({}, std::move(stream));
}

void VirtualAcceptor::close() {
  if (!std::exchange(open_, false)) return;
  network_.forget(*this);
  backlog_.clear();
  if (pending_) pending_(boost::asio::error::operation_aborted, nullptr);
}

void VirtualAcceptor::push(std::unique_ptr<host::Stream> stream) {
  if (pending_) return pending_({}, std::move(stream));
  backlog_.push_back(std::move(stream));
}

void VirtualAcceptor::drop() {
  open_ = false;
  const auto doomed = std::exchange(pending_, {});
}

VirtualDatagramSocket::~VirtualDatagramSocket() {
  if (open_) network_.forget(*this);
}

void VirtualDatagramSocket::send(const host::Endpoint& to, std::string_view payload) {
  if (open_ && node_.alive) network_.send_datagram(node_, local_, to, std::string(payload));
}

void VirtualDatagramSocket::start_receive(ReceiveCompletion done) {
  if (!open_) return done(boost::asio::error::operation_aborted, {});
  if (received_.empty()) {
    pending_ = std::move(done);
    return;
  }
  auto datagram = std::move(received_.front());
  received_.pop_front();
  done({}, std::move(datagram));
}

void VirtualDatagramSocket::cancel() {
  if (pending_) pending_(boost::asio::error::operation_aborted, {});
}

void VirtualDatagramSocket::push(host::Datagram datagram) {
  if (pending_) return pending_({}, std::move(datagram));
  received_.push_back(std::move(datagram));
}

void VirtualDatagramSocket::drop() {
  open_ = false;
  const auto doomed = std::exchange(pending_, {});
}

}  // namespace sealcheck::world
