// A SYN on its way. Exactly one of answer, refusal and deadline completes it. Internal to the
// network's sources.
#pragma once

#include "sim/world/virtual/tcp_connection.hpp"

namespace sealcheck::world {

struct Network::PendingConnect {
  std::uint64_t id = 0;
  TcpConnection::Peer client;
  host::Endpoint remote;
  ConnectCompletion done;
  Scheduler::TimerKey deadline;

  void complete(Network& network, host::ErrorCode error,
                std::unique_ptr<host::Stream> stream = nullptr) {
    network.scheduler_.cancel_timer(deadline);
    network.connecting_.erase(id);
    if (done) done(error, std::move(stream));
  }
};

}  // namespace sealcheck::world
