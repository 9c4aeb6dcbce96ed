// The same gateway on the machine itself: real sockets on the loopback interface, a real disk,
// several threads; its peers are the same fakes, on a host with one thread of their own.
#include "reference/host/real/real_host.hpp"

#include <stdlib.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>
#include <set>
#include <thread>

#include "fakes/dns/dns_server.hpp"
#include "fakes/mx/mx.hpp"
#include "fakes/people/sender.hpp"
#include "reference/gateway/gateway.hpp"
#include "reference/host/io.hpp"
#include "reference/settings/read_settings.hpp"

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using sealgate::gateway::Gateway;
using namespace std::chrono_literals;

const host::Address loopback = asio::ip::address_v4::loopback();
constexpr int senders = 12;

class Directory {
 public:
  Directory() {
    std::string made = (std::filesystem::temp_directory_path() / "real-lab-XXXXXX").string();
    if (!::mkdtemp(made.data())) throw std::runtime_error("no temporary directory");
    path = made;
  }
  ~Directory() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

std::uint16_t free_tcp_port(host::Host& host) {
  const auto acceptor = host.listen({loopback, 0}, host.session_executor()).value();
  return acceptor->local().port;
}

std::uint16_t free_udp_port(host::Host& host) {
  return host.bind_datagram({loopback, 0}, host.session_executor()).value()->local().port;
}

/// Fakes report on their host's one thread; the tests read it when that has ended.
struct Witness : fakes::Observer {
  void observe(fakes::Observation observation) override {
    if (observation.kind != "smtp.message") return;
    messages.push_back(std::move(observation));
    ++delivered;
  }
  std::vector<fakes::Observation> messages;
  std::atomic<int> delivered = 0;
};

struct RealLab {
  explicit RealLab(unsigned gateway_threads)
      : gateway_host({.data_directory = gateway_directory.path,
                      .session_threads = gateway_threads,
                      .log = [this](std::string_view line) { log.emplace_back(line); }}) {
    fakes::DnsConfig dns_config{.name = "dns.test", .addresses = {loopback}};
    dns_config.port = free_udp_port(peers_host);
    dns_config.zones.zones = {
        {.origin = ".", .records = {{"mx.partner.test", "A", 300, "127.0.0.1"}}}};
    mx_config.name = "mx.partner.test";
    mx_config.domains = {"partner.test", "corp.test"};
    mx_config.addresses = {loopback};
    mx_config.port = free_tcp_port(peers_host);
    dns = std::make_unique<fakes::DnsServer>(peers_host, witness, dns_config);
    mx = std::make_unique<fakes::Mx>(peers_host, witness, mx_config);
    BOOST_REQUIRE(dns->start().has_value());
    BOOST_REQUIRE(mx->start().has_value());
    inbound = {loopback, free_tcp_port(gateway_host)};
    configure(dns_config.port, mx_config.port);
  }

  void configure(std::uint16_t dns_port, std::uint16_t mx_port) {
    syntax::Diagnostics diagnostics;
    auto read = sealgate::settings::parse_settings(
        "sealgate.conf",
        "hostname gw.corp.test\nprotected-domain corp.test\ntrusted-clients 127.0.0.0/8\n"
        "listen " +
            inbound.to_string() + "\ndns-server 127.0.0.1:" + std::to_string(dns_port) +
            "\nroute \"Partners\" for partner.test { tls marked; server mx.partner.test:" +
            std::to_string(mx_port) +
            " preference 10 }\n"
            "route \"Corp\" for corp.test { server mx.partner.test:" +
            std::to_string(mx_port) +
            " }\n"
            "policy \"Confidential\" { when subject contains \"confidential\"; action encrypt; "
            "deployed }\n",
        diagnostics);
    BOOST_TEST(diagnostics.render() == "");
    settings = read.value();
  }

  void run(awaitable<void> work) {
    host::spawn(gateway_host, gateway_host.queue_executor(), "test", stop_after(std::move(work)));
    std::thread peers([this] { peers_host.run(); });
    gateway_host.run();
    peers.join();
  }

  awaitable<void> stop_after(awaitable<void> work) {
    co_await std::move(work);
    mx_finished = true;
    peers_host.stop();
    gateway_host.stop();
  }

  Directory gateway_directory;
  Directory peers_directory;
  std::vector<std::string> log;
  Witness witness;
  host::RealHost gateway_host;
  host::RealHost peers_host{{.data_directory = peers_directory.path}};
  fakes::MxConfig mx_config;
  std::unique_ptr<fakes::DnsServer> dns;
  std::unique_ptr<fakes::Mx> mx;
  host::Endpoint inbound;
  sealgate::settings::Settings settings;
  std::atomic<int> accepted = 0;
  bool mx_finished = false;
};

awaitable<void> send_one(RealLab& lab, int number) {
  fakes::Sender sender(lab.peers_host, lab.witness, "sender" + std::to_string(number));
  fakes::Submission submission;
  submission.helo = "mail.corp.test";
  submission.from = "alice@corp.test";
  submission.recipients = {"bob@partner.test"};
  submission.use_tls = number % 2 ? fakes::UseTls::required : fakes::UseTls::never;
  submission.content = "From: alice@corp.test\r\nSubject: confidential " + std::to_string(number) +
                       "\r\nMessage-ID: <" + std::to_string(number) +
                       "@corp.test>\r\n\r\n.dots\r\nthe canary\r\n";
  auto sending = sender.send(lab.inbound, std::move(submission));
  const auto result = co_await std::move(sending);
  if (result.outcome == fakes::SendOutcome::accepted) ++lab.accepted;
}

awaitable<std::size_t> count_queued(Gateway& gateway) {
  auto reading = gateway.queue();
  const auto entries = co_await std::move(reading);
  std::size_t queued = 0;
  for (const auto& entry : entries.value()) queued += !is_final(entry.recipient.state);
  co_return queued;
}

awaitable<void> wait_until_idle(RealLab& lab, Gateway& gateway) {
  auto timer =
      lab.gateway_host.make_timer(host::TimerKind::activity, lab.gateway_host.queue_executor());
  for (int i = 0; i < 3000; ++i) {
    const std::size_t queued = co_await count_queued(gateway);
    if (lab.accepted == senders && queued == 0) co_return;
    co_await host::wait_until(*timer, lab.gateway_host.mono_now() + 10ms);
  }
}

awaitable<void> deliver_all(RealLab& lab) {
  auto starting = Gateway::start(lab.gateway_host, lab.settings);
  auto gateway = co_await std::move(starting);
  for (int number = 0; number < senders; ++number) {
    auto sending = send_one(lab, number);
    host::spawn(lab.peers_host, lab.peers_host.session_executor(), "sender", std::move(sending));
  }
  auto waiting = wait_until_idle(lab, *gateway);
  co_await std::move(waiting);
  auto stopping = gateway->stop();
  co_await std::move(stopping);
}

void check_deliveries(RealLab& lab) {
  BOOST_TEST(lab.mx_finished);
  BOOST_TEST(lab.accepted == senders);
  BOOST_REQUIRE(lab.witness.messages.size() == static_cast<std::size_t>(senders));
  std::set<std::string> ids;
  for (const auto& message : lab.witness.messages) {
    BOOST_TEST(message.field("tls") == "TLSv1.3");
    BOOST_TEST(message.field("to") == "bob@partner.test");
    const std::string content(message.field("content"));
    BOOST_TEST(content.ends_with("\r\n\r\n.dots\r\nthe canary\r\n"));
    ids.emplace(message.field("message-id"));
  }
  BOOST_TEST(ids.size() == static_cast<std::size_t>(senders));
  for (const auto& line : lab.log)
    BOOST_TEST((line.find(" warning ") == line.npos && line.find(" error ") == line.npos), line);
}

}  // namespace

BOOST_AUTO_TEST_CASE(on_the_real_host_mail_goes_over_tls_and_leaves_the_queue) {
  for (const unsigned threads : {1u, 4u}) {
    RealLab lab(threads);
    lab.run(deliver_all(lab));
    check_deliveries(lab);
  }
}

namespace {

/// swaks, a client that is not ours, hands one message in for two recipients, of whom the next
/// server refuses one.
awaitable<void> run_swaks(RealLab& lab, std::atomic<int>& status) {
  auto starting = Gateway::start(lab.gateway_host, lab.settings);
  auto gateway = co_await std::move(starting);
  const std::string command = "swaks --tls --server 127.0.0.1 --port " +
                              std::to_string(lab.inbound.port) +
                              " --helo mail.corp.test --from alice@corp.test"
                              " --to bob@partner.test,eve@partner.test --h-Subject lunch"
                              " --body x >/dev/null 2>&1";
  std::thread swaks([&] { status = std::system(command.c_str()); });
  auto timer =
      lab.gateway_host.make_timer(host::TimerKind::activity, lab.gateway_host.queue_executor());
  for (int i = 0; i < 3000 && lab.witness.delivered < 2; ++i) {
    co_await host::wait_until(*timer, lab.gateway_host.mono_now() + 10ms);
  }
  swaks.join();
  auto stopping = gateway->stop();
  co_await std::move(stopping);
}

}  // namespace

BOOST_AUTO_TEST_CASE(swaks_hands_in_over_tls_and_its_sender_gets_the_report_on_who_was_refused) {
  RealLab lab(1);
  lab.mx_config.faults = {
      {.step = fakes::Step::rcpt,
       .fault = {.action = fakes::FaultAction::reply,
                 .reply = {.code = 550, .enhanced = "5.1.1", .lines = {"no such user"}}},
       .argument = "eve@"}};
  lab.mx->apply(lab.mx_config);
  std::atomic<int> status = -1;
  lab.run(run_swaks(lab, status));
  BOOST_TEST(status == 0);
  BOOST_REQUIRE(lab.witness.messages.size() == 2u);
  const auto& copy = lab.witness.messages[0];
  BOOST_TEST(copy.field("to") == "bob@partner.test");
  BOOST_TEST(std::string(copy.field("content")).find("with ESMTPS") != std::string::npos);
  const auto& report = lab.witness.messages[1];
  BOOST_TEST(report.field("to") == "alice@corp.test");
  BOOST_TEST(report.field("from") == "");
  const std::string content(report.field("content"));
  BOOST_TEST(content.find("Final-Recipient: rfc822;eve@partner.test\r\nAction: failed\r\n"
                          "Status: 5.1.1\r\n") != std::string::npos);
  BOOST_TEST(content.find("bob@partner.test\r\nAction") == std::string::npos);
}
