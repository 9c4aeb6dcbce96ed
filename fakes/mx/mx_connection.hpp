// One connection of a fake mail exchanger: performs what its MxSession decides, and observes it.
//
// serve() keeps the connection alive by itself; host and observer must outlive it. It ends with one
// smtp.closed, whatever happens: the client goes, a deadline passes, or drop() is called.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "fakes/core/observation.hpp"
#include "fakes/mx/mx_phase.hpp"
#include "fakes/mx/mx_session.hpp"
#include "reference/host/host.hpp"

namespace fakes {

class MxConnection {
 public:
  MxConnection(host::Host& host, Observer& observer, std::shared_ptr<MxPhase> phase,
               std::unique_ptr<host::Stream> stream, std::uint64_t number);

  static boost::asio::awaitable<void> serve(std::shared_ptr<MxConnection> self);

  /// Aborts the connection; `how` is what smtp.closed will say: dropped or stopped.
  void drop(std::string how);

 private:
  boost::asio::awaitable<void> perform(MxActions actions);
  boost::asio::awaitable<void> send(std::string bytes);
  void hand_on(TakenMail mail);
  void start_hand_back(TakenMail message);
  boost::asio::awaitable<void> admit(std::string name);
  boost::asio::awaitable<void> take(TakenMail mail);
  boost::asio::awaitable<void> wait(host::Duration duration);
  boost::asio::awaitable<void> upgrade();
  boost::asio::awaitable<void> shake_hands();
  boost::asio::awaitable<void> read_client_hello();
  boost::asio::awaitable<void> answer_with(std::string bytes);
  boost::asio::awaitable<void> stall();
  boost::asio::awaitable<void> be_deaf();
  boost::asio::awaitable<void> flood(std::string bytes);
  boost::asio::awaitable<void> time_out();
  boost::asio::awaitable<void> close_gently(std::string how);

  void fail(host::ErrorCode error);
  void closed(std::string how, std::string reason = {});
  host::MonoTime idle_deadline() const;

  host::Host& host_;
  Observer& observer_;
  std::shared_ptr<MxPhase> phase_;
  host::Address client_;
  std::unique_ptr<host::Stream> stream_;  ///< null during a TLS handshake and after a failed one
  std::unique_ptr<host::Timer> timer_;
  std::unique_ptr<host::Timer> deaf_timer_;  ///< set while nothing is read
  MxSession session_;
  std::string dropped_;  ///< drop()'s argument; empty: not dropped
  bool open_ = true;     ///< until smtp.closed
};

}  // namespace fakes
