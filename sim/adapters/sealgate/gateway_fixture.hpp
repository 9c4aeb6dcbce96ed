// A small world around one gateway, for its end-to-end tests: two mail exchangers (of partner.test
// and of other.test, both of both.test), a name server, a client that the gateway trusts and one
// that it does not.
#pragma once

#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <vector>

#include "fakes/dns/dns_server.hpp"
#include "fakes/mx/mx.hpp"
#include "fakes/people/sender.hpp"
#include "reference/gateway/gateway.hpp"
#include "sim/world/virtual/world.hpp"

namespace sealcheck::test {

namespace gateway = sealgate::gateway;
namespace settings = sealgate::settings;
namespace queue = sealgate::queue;
using namespace std::chrono_literals;

inline host::Address address(const char* text) {
  return boost::asio::ip::make_address(text);
}

struct Lab : fakes::Observer {
  explicit Lab(const std::string& extra_settings = "");
  ~Lab() override;

  void observe(fakes::Observation observation) override;

  void start(const gateway::Decisions& decisions = gateway::reference_decisions());
  /// Hands a message to the gateway and lets the world run until it is quiet.
  fakes::SendResult send(std::vector<std::string> recipients, const std::string& subject,
                         world::VirtualHost* from = nullptr);
  /// The same, without running on after the reply.
  fakes::SendResult send_only(std::vector<std::string> recipients, const std::string& subject,
                              world::VirtualHost* from = nullptr);
  /// Any submission, by the client inside; runs until it is quiet.
  fakes::SendResult submit(fakes::Submission submission);
  void quiesce() { world.run(INT64_MAX, true); }
  void pass(host::Duration time);

  std::vector<queue::Entry> entries();
  /// An operation of the gateway, to its end and until it is quiet.
  host::ErrorCode run(boost::asio::awaitable<host::ErrorCode> operation);
  host::ErrorCode apply(const std::string& extra_settings);
  void stop();
  void change(fakes::Mx& which, fakes::MxConfig& config, fakes::StartTlsBehaviour behaviour);

  settings::Settings make_settings(const std::string& extra) const;

  /// Observations of that kind by that peer.
  std::vector<fakes::Observation> seen(std::string_view actor, std::string_view kind) const;
  /// Everything that the gateway sent to that machine over TCP, encrypted or not.
  std::string sent_by_gateway_to(std::string_view peer) const;

  trace::Trace trace;
  world::World world{11, trace};
  world::VirtualHost& gw = world.add_host("gw.corp.test", {address("192.0.2.1")});
  world::VirtualHost& mx_host = world.add_host("mx.partner.test", {address("192.0.2.20")});
  world::VirtualHost& mx2_host = world.add_host("mx.other.test", {address("192.0.2.30")});
  world::VirtualHost& dns_host = world.add_host("dns.test", {address("192.0.2.53")});
  world::VirtualHost& inside = world.add_host("mail.corp.test", {address("192.0.2.129")});
  world::VirtualHost& outside = world.add_host("elsewhere.test", {address("198.51.100.9")});

  std::vector<fakes::Observation> observations;
  fakes::MxConfig mx_config;
  fakes::MxConfig mx2_config;
  std::unique_ptr<fakes::Mx> mx;
  std::unique_ptr<fakes::Mx> mx2;
  std::unique_ptr<fakes::DnsServer> dns;
  std::string extra;
  std::unique_ptr<gateway::Gateway> gate;
};

}  // namespace sealcheck::test
