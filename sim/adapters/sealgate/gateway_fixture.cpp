#include "sim/adapters/sealgate/gateway_fixture.hpp"

#include "reference/host/io.hpp"
#include "reference/settings/read_settings.hpp"

namespace sealcheck::test {
namespace {

using boost::asio::awaitable;

awaitable<void> start_gateway(host::Host& host, settings::Settings settings,
                              const gateway::Decisions& decisions,
                              std::unique_ptr<gateway::Gateway>& into) {
  auto starting = gateway::Gateway::start(host, std::move(settings), decisions);
  into = co_await std::move(starting);
}

awaitable<void> send_message(fakes::Sender& sender, host::Endpoint server,
                             fakes::Submission submission, fakes::SendResult& result, bool& done) {
  result = co_await sender.send(server, std::move(submission));
  done = true;
}

awaitable<void> read_entries(gateway::Gateway& gate, std::vector<queue::Entry>& into) {
  auto reading = gate.queue();
  auto read = co_await std::move(reading);
  BOOST_REQUIRE(read.has_value());
  into = std::move(read).value();
}

awaitable<void> perform(awaitable<host::ErrorCode> operation, host::ErrorCode& result) {
  result = co_await std::move(operation);
}

awaitable<void> stop_gateway(gateway::Gateway& gate, bool& done) {
  auto stopping = gate.stop();
  co_await std::move(stopping);
  done = true;
}

}  // namespace

Lab::Lab(const std::string& extra_settings) : extra(extra_settings) {
  mx_config.name = "mx.partner.test";
  mx_config.domains = {"partner.test", "both.test"};
  mx_config.addresses = {mx_host.address()};
  mx2_config.name = "mx.other.test";
  mx2_config.domains = {"other.test", "corp.test", "both.test"};
  mx2_config.addresses = {mx2_host.address()};
  fakes::DnsConfig dns_config{.name = "dns.test", .addresses = {dns_host.address()}};
  fakes::Zone zone{.origin = ".", .records = {}};
  zone.records = {{"partner.test", "MX", 300, "10 mx.partner.test"},
                  {"mx.partner.test", "A", 300, "192.0.2.20"},
                  {"other.test", "MX", 300, "10 mx.other.test"},
                  {"corp.test", "MX", 300, "10 mx.other.test"},
                  {"both.test", "MX", 300, "10 mx.partner.test"},
                  {"both.test", "MX", 300, "20 mx.other.test"},
                  {"mx.other.test", "A", 300, "192.0.2.30"}};
  dns_config.zones.zones = {zone};
  mx = std::make_unique<fakes::Mx>(mx_host, *this, mx_config);
  mx2 = std::make_unique<fakes::Mx>(mx2_host, *this, mx2_config);
  dns = std::make_unique<fakes::DnsServer>(dns_host, *this, dns_config);
  BOOST_REQUIRE(mx->start().has_value());
  BOOST_REQUIRE(mx2->start().has_value());
  BOOST_REQUIRE(dns->start().has_value());
}

Lab::~Lab() {
  if (gate && gw.node().alive) gw.kill();
  gate.reset();
}

void Lab::observe(fakes::Observation observation) {
  observations.push_back(std::move(observation));
}

settings::Settings Lab::make_settings(const std::string& more) const {
  syntax::Diagnostics diagnostics;
  auto read = settings::parse_settings("sealgate.conf", R"(hostname gw.corp.test
protected-domain corp.test
trusted-clients 192.0.2.128/25
listen 192.0.2.1:25
dns-server 192.0.2.53:53
policy "Confidential" { when subject contains "confidential"; action encrypt; deployed }
)" + more,
                                       diagnostics);
  BOOST_TEST(diagnostics.render() == "");
  return read.value();
}

void Lab::start(const gateway::Decisions& decisions) {
  host::spawn(gw, gw.queue_executor(), "start",
              start_gateway(gw, make_settings(extra), decisions, gate));
  world.run(INT64_MAX, true, [this] { return gate != nullptr; });
  for (const auto& event : trace.events()) {
    if (!gate) BOOST_TEST_MESSAGE(canonical_text(event));
  }
  BOOST_REQUIRE(gate);
}

fakes::SendResult Lab::send_only(std::vector<std::string> recipients, const std::string& subject,
                                 world::VirtualHost* from) {
  auto& machine = from ? *from : inside;
  fakes::Sender sender(machine, *this, "sender");
  fakes::Submission submission;
  submission.helo = machine.name();
  submission.from = from ? "eve@elsewhere.test" : "alice@corp.test";
  submission.recipients = std::move(recipients);
  submission.content = "From: alice@corp.test\r\nSubject: " + subject +
                       "\r\nMessage-ID: <1@corp.test>\r\n\r\nthe-canary-in-the-body\r\n";
  fakes::SendResult result;
  bool done = false;
  host::spawn(machine, machine.session_executor(), "send",
              send_message(sender, {gw.address(), 25}, std::move(submission), result, done));
  world.run(INT64_MAX, true, [&] { return done; });
  BOOST_REQUIRE(done);
  return result;
}

fakes::SendResult Lab::submit(fakes::Submission submission) {
  fakes::Sender sender(inside, *this, "submitter");
  fakes::SendResult result;
  bool done = false;
  host::spawn(inside, inside.session_executor(), "send",
              send_message(sender, {gw.address(), 25}, std::move(submission), result, done));
  quiesce();
  BOOST_REQUIRE(done);
  return result;
}

fakes::SendResult Lab::send(std::vector<std::string> recipients, const std::string& subject,
                            world::VirtualHost* from) {
  auto result = send_only(std::move(recipients), subject, from);
  quiesce();
  return result;
}

void Lab::pass(host::Duration time) {
  world.run(world.scheduler().now() + time.count(), false);
  quiesce();
}

std::vector<queue::Entry> Lab::entries() {
  std::vector<queue::Entry> read;
  host::spawn(gw, gw.queue_executor(), "entries", read_entries(*gate, read));
  quiesce();
  return read;
}

host::ErrorCode Lab::run(awaitable<host::ErrorCode> operation) {
  host::ErrorCode result = make_error_code(host::Error::timed_out);
  host::spawn(gw, gw.queue_executor(), "operation", perform(std::move(operation), result));
  quiesce();
  return result;
}

host::ErrorCode Lab::apply(const std::string& more) {
  return run(gate->apply(make_settings(more)));
}

void Lab::stop() {
  bool done = false;
  host::spawn(gw, gw.queue_executor(), "stop", stop_gateway(*gate, done));
  world.run(INT64_MAX, true, [&] { return done; });
  BOOST_TEST(done);
}

void Lab::change(fakes::Mx& which, fakes::MxConfig& config, fakes::StartTlsBehaviour behaviour) {
  config.starttls.behaviour = behaviour;
  which.apply(config);
}

std::vector<fakes::Observation> Lab::seen(std::string_view actor, std::string_view kind) const {
  std::vector<fakes::Observation> found;
  for (const auto& observation : observations) {
    if (observation.actor == actor && observation.kind == kind) found.push_back(observation);
  }
  return found;
}

std::string Lab::sent_by_gateway_to(std::string_view peer) const {
  std::string bytes;
  for (const auto& event : trace.events()) {
    if (event.kind == "tcp.data" && event.actor == gw.name() && event.field("peer") == peer) {
      bytes += event.payload;
    }
  }
  return bytes;
}

}  // namespace sealcheck::test
