// An encryption server in a simulated world, between a sender and what stands for the gateway: what
// it sends on, from where, when, and how often.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <iterator>

#include "fakes/core/lab_ca.hpp"
#include "fakes/core/message_data.hpp"
#include "fakes/dns/dns_server.hpp"
#include "fakes/people/sender.hpp"
#include "fakes/xheader/encryption_server.hpp"
#include "fakes/xheader/test_openssl_tool.hpp"
#include "reference/host/io.hpp"
#include "sim/world/virtual/world.hpp"

namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using fakes::Observation;
using fakes::Step;
using fakes::xheader::EncryptionServer;
using fakes::xheader::opened_by_tool;
using fakes::xheader::ServerWork;

host::Address address(const char* text) {
  return asio::ip::make_address(text);
}

struct Notebook final : fakes::Observer {
  void observe(Observation observation) override { all.push_back(std::move(observation)); }

  std::vector<Observation> of(std::string_view actor, std::string_view kind) const {
    std::vector<Observation> found;
    std::copy_if(all.begin(), all.end(), std::back_inserter(found),
                 [&](const Observation& each) { return each.actor == actor && each.kind == kind; });
    return found;
  }

  std::vector<Observation> all;
};

constexpr const char* body = "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nthe offer\r\n";

struct Neighbours {
  sealcheck::trace::Trace trace;
  sealcheck::world::World world{7, trace};
  sealcheck::world::VirtualHost& gateway_host =
      world.add_host("gw.corp.test", {address("192.0.2.1")});
  sealcheck::world::VirtualHost& host = world.add_host("es.corp.test", {address("192.0.2.40")});
  sealcheck::world::VirtualHost& way_on =
      world.add_host("way-on.es.corp.test", {address("198.51.100.200")});
  Notebook notebook;
  fakes::MxConfig gateway_config = named("gw.corp.test", "192.0.2.1");
  std::unique_ptr<fakes::Mx> gateway;
  std::unique_ptr<EncryptionServer> server;
  fakes::Sender sender{gateway_host, notebook, "gateway"};
  ServerWork work;

  static fakes::MxConfig named(const char* name, const char* where) {
    fakes::MxConfig config;
    config.name = name;
    config.addresses = {address(where)};
    config.relays = true;
    return config;
  }

  Neighbours() {
    work.seal.trigger = {"X-Encrypt", "yes"};
    work.seal.success = {"X-Status", "done"};
    work.seal.failure = {"X-Status", "failed"};
    work.gateway = {address("192.0.2.1"), 25};
  }
  ~Neighbours() { world.end(); }

  void start(host::Host& leaves_from) {
    gateway = std::make_unique<fakes::Mx>(gateway_host, notebook, gateway_config);
    BOOST_REQUIRE(gateway->start());
    server = std::make_unique<EncryptionServer>(host, leaves_from, notebook,
                                                named("es.corp.test", "192.0.2.40"), work);
    BOOST_REQUIRE(server->start());
  }

  static asio::awaitable<void> deliver(fakes::Sender& sender, fakes::Submission what) {
    co_await sender.send({address("192.0.2.40"), 25}, std::move(what));
  }

  void hand_over() {
    fakes::Submission what;
    what.helo = "gw.corp.test";
    what.from = "alice@corp.test";
    what.recipients = {"bob@partner.test", "dave@partner.test"};
    what.content = std::string("Message-ID: <1@corp.test>\r\nX-Encrypt: yes\r\n") + body;
    auto sending = deliver(sender, std::move(what));
    host::spawn(gateway_host, gateway_host.session_executor(), "gateway", std::move(sending));
  }

  void pass(host::Duration time) {
    const std::int64_t ns = std::chrono::duration_cast<std::chrono::nanoseconds>(time).count();
    world.run(world.scheduler().now() + ns, false);
  }

  std::vector<Observation> came_back() const { return notebook.of("gw.corp.test", "smtp.message"); }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(what_comes_back_is_opened_by_the_openssl_tool, Neighbours) {
  fakes::LabCa ca;
  const auto bob = ca.issue(host, fakes::CertificateKind::good, "bob@partner.test").leaf;
  work.seal.certificates = {{"bob@partner.test", bob}};
  start(host);
  hand_over();
  pass(10s);
  const auto back = came_back();
  BOOST_REQUIRE(back.size() == 2u);  // one for bob, one for dave, who has no certificate
  const auto of_bob = std::find_if(back.begin(), back.end(), [](const Observation& each) {
    return each.field("to") == "bob@partner.test";
  });
  const std::string content(of_bob->field("content"));
  BOOST_TEST(fakes::peek_header(content, "X-Status") == "done");
  BOOST_TEST(content.find("the offer") == content.npos);
  BOOST_TEST(opened_by_tool(content, *bob) == body);
  BOOST_TEST(of_bob->field("tls") == "TLSv1.3");
  BOOST_TEST(notebook.of("es.corp.test", "seal.sent").size() == 2u);
  BOOST_TEST(notebook.of("es.corp.test", "smtp.hand-back").size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(what_is_refused_for_now_is_tried_again, Neighbours) {
  gateway_config.faults = {
      {Step::mail, {fakes::FaultAction::reply, {451, "4.3.0", {"later"}}}, 0, {}, 2},
      {Step::rcpt, {fakes::FaultAction::reply, {550, "5.1.1", {"no"}}}, 0, "dave", 0}};
  work.takes = 2min;
  start(way_on);
  hand_over();
  pass(119s);
  BOOST_TEST(notebook.of("gw.corp.test", "smtp.connected").empty());
  pass(62s + EncryptionServer::retry_interval);
  const auto connected = notebook.of("gw.corp.test", "smtp.connected");
  BOOST_TEST(connected.size() == 3u);
  BOOST_TEST(connected.front().field("peer").starts_with("198.51.100.200:"));
  BOOST_REQUIRE(came_back().size() == 1u);
  BOOST_TEST(came_back()[0].field("to") == "bob@partner.test");
  BOOST_TEST(notebook.of("es.corp.test", "seal.gave-up").at(0).field("to") == "dave@partner.test");
  pass(1h);
  BOOST_TEST(notebook.of("gw.corp.test", "smtp.connected").size() == 3u);
}

BOOST_FIXTURE_TEST_CASE(it_gives_up_some_day_and_a_server_that_is_stopped_at_once, Neighbours) {
  gateway_config.faults = {{Step::connect, {fakes::FaultAction::disconnect}}};
  start(host);
  hand_over();
  pass(10min);
  const std::size_t so_far = notebook.of("gw.corp.test", "smtp.connected").size();
  BOOST_TEST((so_far >= 9u && so_far <= 11u));
  pass(1h);
  const std::size_t all = notebook.of("gw.corp.test", "smtp.connected").size();
  BOOST_TEST(all == std::size_t{EncryptionServer::attempts_max});
  BOOST_TEST(notebook.of("es.corp.test", "seal.gave-up").size() == 2u);
  hand_over();
  pass(1min);
  server.reset();
  const std::size_t then = notebook.of("gw.corp.test", "smtp.connected").size();
  pass(1h);
  BOOST_TEST(notebook.of("gw.corp.test", "smtp.connected").size() == then);
}

BOOST_FIXTURE_TEST_CASE(it_delivers_by_mx_records_where_it_is_told_to, Neighbours) {
  auto& dns_host = world.add_host("dns.corp.test", {address("192.0.2.53")});
  auto& mx_host = world.add_host("mx.partner.test", {address("203.0.113.1")});
  fakes::DnsConfig dns;
  dns.name = "dns.corp.test";
  dns.addresses = {address("192.0.2.53")};
  dns.zones.zones = {{".",
                      {{"partner.test", "MX", 3600, "10 mx0.partner.test."},
                       {"partner.test", "MX", 3600, "20 mx.partner.test."},
                       {"mx0.partner.test", "A", 3600, "203.0.113.9"},
                       {"mx.partner.test", "A", 3600, "203.0.113.1"}}}};
  fakes::DnsServer names(dns_host, notebook, dns);
  BOOST_REQUIRE(names.start());
  fakes::MxConfig config = named("mx.partner.test", "203.0.113.1");
  config.starttls.behaviour = fakes::StartTlsBehaviour::alert;
  fakes::Mx mx(mx_host, notebook, config);
  BOOST_REQUIRE(mx.start());
  work.onward = fakes::xheader::Onward::delivers;
  work.name_server = {address("192.0.2.53"), 53};
  start(host);
  hand_over();
  pass(10min);
  BOOST_TEST(came_back().empty());
  BOOST_TEST(notebook.of("es.corp.test", "smtp.hand-back").empty());
  BOOST_TEST(notebook.of("es.corp.test", "seal.taken").at(0).field("onward") == "delivers");
  const auto arrived = notebook.of("mx.partner.test", "smtp.message");
  BOOST_TEST(arrived.size() == 2u);
  BOOST_TEST(arrived.at(0).field("tls") == "no");
}
