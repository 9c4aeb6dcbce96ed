// A fake name server on port 53 of its host, UDP and TCP (RFC 7766: one or more queries a
// connection). Answers from its zones and records each query.
//
// Lifetime: host and observer outlive it. Destroying it stops it. All calls on the session
// executor.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "fakes/core/observation.hpp"
#include "fakes/dns/zone.hpp"
#include "reference/host/host.hpp"

namespace fakes {

struct DnsConfig {
  std::string name;  ///< the actor in observations
  std::vector<host::Address> addresses;
  std::uint16_t port = 53;
  Zones zones = {};
  bool serves_tcp = true;
};

class DnsServer {
 public:
  /// Throws std::runtime_error for a record that cannot be read.
  DnsServer(host::Host& host, Observer& observer, DnsConfig config);
  DnsServer(const DnsServer&) = delete;
  DnsServer& operator=(const DnsServer&) = delete;
  ~DnsServer();

  /// Binds every address of the config; fails as Host::bind_datagram and Host::listen do.
  host::Result<void> start();
  /// From the next query on. Throws as the constructor; the old zones stay then.
  void apply(const Zones& zones);
  /// Without, a connection is closed as soon as it is there.
  void serve_tcp(bool serves);
  void stop();

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace fakes
