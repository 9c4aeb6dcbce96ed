// The hybrid service: takes a message over TLS from a gateway whose certificate it knows, looks
// through it, seals it for its recipient and hands it to the recipient's mail exchanger. It stores
// nothing: the gateway's answer is the exchanger's (RUL-22).
//
// What it sees on its front is observed as by a mail exchanger, under the front's name; beside that
// (fakes/core/observation.hpp) whom it admits and what it handed over.
//
// The portal (portal.hpp) is on the same machine, under a name of its own.
//
// apply() is atomic: connections accepted later see the new config. Lifetime: host and observer
// outlive the Cloud. Destroying it stops it. Single-threaded: all calls on the host's session
// executor.
#pragma once

#include <memory>

#include "fakes/cloud/cloud_config.hpp"
#include "fakes/core/observation.hpp"
#include "reference/host/host.hpp"

namespace fakes {

class Cloud {
 public:
  Cloud(host::Host& host, Observer& observer, CloudConfig config);
  Cloud(const Cloud&) = delete;
  Cloud& operator=(const Cloud&) = delete;
  ~Cloud();

  /// Listens on every address of the front, by SMTP and by HTTPS. Fails as Host::listen does.
  host::Result<void> start();
  /// Throws std::runtime_error for TLS options that OpenSSL refuses; the old config stays then.
  void apply(CloudConfig config);
  void drop_connections();
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace fakes
