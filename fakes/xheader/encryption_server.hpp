// A fake encryption server, the application of TPA-01 to TPA-20: a mail exchanger that takes
// mail for any domain, makes of it what its SealWork says, and returns it to the gateway or
// delivers it itself.
//
// Two things can be changed on their own, each as a whole and for what is accepted from then on:
// how it speaks SMTP (an MxConfig) and what it does with a message (a ServerWork). Mail that is
// refused for now is tried again every retry_interval, attempts_max times in all; its queue lives
// in memory, so that a crash loses what it had taken.
//
// Lifetime: hosts and observer outlive it. Destroying it stops it, and what it still had to send is
// lost. Single-threaded: all calls on the host's session executor.
#pragma once

#include <memory>

#include "fakes/core/observation.hpp"
#include "fakes/mx/mx.hpp"
#include "fakes/people/submission.hpp"
#include "fakes/xheader/seal_work.hpp"
#include "reference/host/host.hpp"

namespace fakes::xheader {

enum class Onward {
  returns,   ///< to `gateway`
  delivers,  ///< by MX records that `name_server` tells
};

struct ServerWork {
  SealConfig seal;
  Onward onward = Onward::returns;
  host::Endpoint gateway;
  host::Endpoint name_server;
  UseTls use_tls = UseTls::if_offered;  ///< on the way on
  host::Duration takes{0};              ///< between taking a message and sending it on
};

class EncryptionServer final : private MailSink {
 public:
  static constexpr host::Duration retry_interval = std::chrono::minutes(1);
  static constexpr int attempts_max = 30;

  /// What it sends on leaves from `way_on`: a second machine where the address is another one than
  /// the listener's, as the receiver sees it; else `host` again.
  EncryptionServer(host::Host& host, host::Host& way_on, Observer& observer, MxConfig listener,
                   ServerWork work);
  ~EncryptionServer() override;

  host::Result<void> start();
  /// As Mx::apply; the listener's own nature (any domain, hands on) is set here.
  void apply(MxConfig listener);
  void apply(ServerWork work);
  void drop_connections();

 private:
  struct Shared;

  void take(TakenMail mail) override;

  std::shared_ptr<Shared> shared_;
  Mx listener_;
};

}  // namespace fakes::xheader
