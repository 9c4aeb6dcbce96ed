// A fake mail exchanger: listens on its host, accepts mail for its domains, records everything.
//
// apply() is atomic: connections accepted later see the new config, open ones keep the one they
// were accepted under. The fault counter belongs to a config, so its n-th times count from apply().
// The certificate is made at the first handshake and kept for as long as its spec stays the same.
//
// Lifetime: host, observer and sink outlive the Mx. Destroying it stops it. Single-threaded: all
// calls on the host's session executor.
#pragma once

#include <cstddef>
#include <memory>

#include "fakes/core/observation.hpp"
#include "fakes/mx/mail_sink.hpp"
#include "fakes/mx/mx_config.hpp"
#include "reference/host/host.hpp"

namespace fakes {

class Mx {
 public:
  /// `sink`, which may be null, gets what is taken under a config that hands it on.
  Mx(host::Host& host, Observer& observer, MxConfig config, MailSink* sink = nullptr);
  Mx(const Mx&) = delete;
  Mx& operator=(const Mx&) = delete;
  ~Mx();

  /// Listens on every address of the config. Fails as Host::listen does, and then listens on none.
  host::Result<void> start();
  /// Throws std::runtime_error for TLS options that OpenSSL refuses; the old config stays then.
  void apply(MxConfig config);
  /// Resets every open connection (one in the middle of a TLS handshake: when that ends).
  void drop_connections();
  /// Stops listening and resets what is open.
  void stop();

  std::size_t open_connections() const;

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace fakes
