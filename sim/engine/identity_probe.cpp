// Prints the trace hash of one small run: TLS handshakes, SMTP dialogues, DNS over UDP, commits and
// a power loss, all from one seed. Built in every build type and executed afresh with differing
// environments, it must print the same line (identity_probe_test.py); three full trees would only
// cost more.
#include <sqlite3.h>

#include <cstdio>

#include "fakes/dns/dns_server.hpp"
#include "fakes/mx/mx.hpp"
#include "fakes/people/sender.hpp"
#include "reference/host/io.hpp"
#include "sim/world/virtual/world.hpp"

namespace {

using namespace sealcheck;
namespace asio = boost::asio;

struct IntoTrace final : fakes::Observer {
  explicit IntoTrace(trace::Trace& target) : trace(target) {}
  void observe(fakes::Observation observation) override {
    trace.record(std::move(observation.actor), std::move(observation.kind),
                 std::move(observation.fields));
  }
  trace::Trace& trace;
};

asio::awaitable<void> send(fakes::Sender& sender, host::Endpoint server, std::string text) {
  fakes::Submission submission;
  submission.helo = "people.test";
  submission.from = "alice@corp.test";
  submission.recipients = {"bob@partner.test"};
  submission.content = std::move(text);
  submission.use_tls = fakes::UseTls::required;
  co_await sender.send(server, std::move(submission));
}

asio::awaitable<void> write_rows(host::Host& machine) {
  const auto database = machine.storage().open_database("rows.db");
  for (int i = 0; i < 20; ++i) {
    auto work = [](sqlite3* connection) {
      sqlite3_exec(connection,
                   "CREATE TABLE IF NOT EXISTS t(x); INSERT INTO t VALUES(randomblob(2000))",
                   nullptr, nullptr, nullptr);
      return host::ErrorCode{};
    };
    co_await database->commit(work);
  }
}

asio::awaitable<void> ask(host::Host& machine, host::Endpoint server) {
  auto socket = machine.bind_datagram({}, machine.session_executor()).value();
  socket->send(server, std::string("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"
                                   "\x07partner\x04test\x00\x00\x0f\x00\x01",
                                   30));
  co_await host::receive(machine, *socket, machine.mono_now() + std::chrono::seconds(5));
}

}  // namespace

int main() {
  trace::Trace trace;
  world::World world(20261123, trace);
  IntoTrace observer(trace);
  const auto address = [](const char* text) { return asio::ip::make_address(text); };
  auto& people = world.add_host("people.test", {address("192.0.2.1")});
  auto& mx = world.add_host("mx.partner.test", {address("192.0.2.2")});
  auto& dns = world.add_host("dns.test", {address("192.0.2.3")});
  fakes::MxConfig mx_config;
  mx_config.name = "mx.partner.test";
  mx_config.domains = {"partner.test"};
  mx_config.addresses = {mx.address()};
  fakes::Mx exchanger(mx, observer, mx_config);
  fakes::DnsConfig dns_config;
  dns_config.name = "dns.test";
  dns_config.addresses = {dns.address()};
  dns_config.zones = {{{".", {{"partner.test", "MX", 300, "10 mx.partner.test"}}}}, {}};
  fakes::DnsServer names(dns, observer, dns_config);
  if (!exchanger.start() || !names.start()) return 3;

  fakes::Sender sender(people, observer, "people.test");
  for (const char* text : {"Subject: one\r\n\r\n1\r\n", "Subject: two\r\n\r\n2\r\n"})
    host::spawn(people, people.session_executor(), "probe", send(sender, {mx.address(), 25}, text));
  host::spawn(people, people.session_executor(), "probe", ask(people, {dns.address(), 53}));
  host::spawn(dns, dns.session_executor(), "probe", write_rows(dns));
  world.run(1'500'000, false);
  dns.lose_power();
  world.run(INT64_MAX, true);
  dns.restart();
  host::spawn(dns, dns.session_executor(), "probe", write_rows(dns));
  world.run(INT64_MAX, true);
  world.end();
  std::printf("%s %zu events\n", trace.hash().c_str(), trace.events().size());
  return 0;
}
