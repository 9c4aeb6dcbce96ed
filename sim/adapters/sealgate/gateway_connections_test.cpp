// How the gateway handles its outbound connections: how many, for how long, for whom, and what ends
// them. End to end in a simulated world.
#include <set>

#include "reference/host/io.hpp"
#include "sim/adapters/sealgate/gateway_fixture.hpp"

namespace {

using namespace sealcheck;
using namespace sealcheck::test;
using fakes::StartTlsBehaviour;

const std::vector<std::string> bob = {"bob@partner.test"};

struct Connections : Lab {
  /// So many messages that could not be delivered are due at once; the peer works from now on.
  void back_up(int messages, const std::string& subject = "confidential: results") {
    change(*mx, mx_config, StartTlsBehaviour::alert);
    for (int i = 0; i < messages; ++i) send(bob, subject);
    observations.clear();
    change(*mx, mx_config, StartTlsBehaviour::works);
    gate->flush();
    quiesce();
  }

  std::size_t count(std::string_view kind) const { return seen("mx.partner.test", kind).size(); }

  std::string reason() {
    const auto left = entries();
    return left.empty() ? "delivered" : left[0].recipient.reason;
  }

  /// How long stop() takes while the gateway is at something with its peer.
  host::Duration time_to_stop() {
    send_only(bob, "confidential: results");
    world.run(world.scheduler().now() + host::Duration(1s).count(), false);
    const auto begin = world.scheduler().now();
    stop();
    const host::Duration taken(world.scheduler().now() - begin);
    gate.reset();
    return taken;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(messages_that_wait_for_one_domain_share_a_connection, Connections) {
  extra = "delivery { connections-per-destination 1 }";
  start();
  back_up(3);
  BOOST_TEST(count("smtp.message") == 3u);
  BOOST_TEST(count("smtp.connected") == 1u);
  BOOST_TEST(count("tls.established") == 1u);
  BOOST_TEST(entries().empty());
}

BOOST_FIXTURE_TEST_CASE(a_connection_carries_no_more_messages_than_it_may, Connections) {
  extra = "delivery { connections-per-destination 1; messages-per-connection 2 }";
  start();
  back_up(5);
  BOOST_TEST(count("smtp.message") == 5u);
  BOOST_TEST(count("smtp.connected") == 3u);
}

BOOST_FIXTURE_TEST_CASE(no_more_connections_go_to_a_domain_than_may, Connections) {
  extra = "delivery { connections-per-destination 2 }";
  start();
  back_up(6);
  BOOST_TEST(count("smtp.message") == 6u);
  BOOST_TEST(count("smtp.connected") == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_peer_that_gave_up_a_shared_connection_gets_a_new_one_at_once,
                        Connections) {
  extra = "delivery { connections-per-destination 1 }";
  for (const auto action : {fakes::FaultAction::disconnect, fakes::FaultAction::reply}) {
    mx_config.faults = {{.step = fakes::Step::mail,
                         .fault = {.action = action, .reply = {421, "4.3.2", {"closing"}}},
                         .nth = 2}};
    mx->apply(mx_config);
    if (!gate) start();
    back_up(2);
    BOOST_TEST(count("smtp.message") == 2u);
    BOOST_TEST(count("smtp.connected") == 2u);
    BOOST_TEST(entries().empty());
  }
}

BOOST_FIXTURE_TEST_CASE(a_connection_is_shared_only_by_equal_demands_on_tls, Connections) {
  extra = "delivery { connections-per-destination 1 }";
  start();
  mx_config.faults = {
      {.step = fakes::Step::connect,
       .fault = {.action = fakes::FaultAction::reply, .reply = {421, "4.3.2", {"later"}}}}};
  mx->apply(mx_config);
  send(bob, "confidential: results");
  send(bob, "lunch");
  send(bob, "confidential: again");
  observations.clear();
  mx_config.faults.clear();
  mx->apply(mx_config);
  gate->flush();
  quiesce();
  BOOST_TEST(count("smtp.message") == 3u);
  for (const auto& message : seen("mx.partner.test", "smtp.message")) {
    const std::string content(message.field("content"));
    const bool secret = content.find("confidential") != content.npos;
    BOOST_TEST(message.field("tls") == (secret ? "TLSv1.3" : "no"));
  }
  BOOST_TEST(count("smtp.connected") == 3u);
}

BOOST_FIXTURE_TEST_CASE(a_certificate_that_the_level_refuses_delays_and_nothing_is_said,
                        Connections) {  // RUL-04
  const auto stranger = fakes::make_self_signed(gw, fakes::certificate_for("stranger.test"));
  std::string pem;
  for (const char c : stranger->pem()) pem += c == '\n' ? std::string("\\n") : std::string(1, c);
  const std::string trusted = "; trusted-ca \"" + pem + "\" }";
  const auto other_name = fakes::certificate_for("mx.else.test");
  struct Case {
    std::string level;
    bool has_name;
    std::string reason;
  };
  const Case cases[] = {{"encrypt", false, "delivered"},
                        {"encrypt-cn", true, "delivered"},
                        {"encrypt-cn", false, "certificate-name-mismatch"},
                        {"verify", true, "certificate-untrusted"},
                        {"verify-cn", true, "certificate-untrusted"}};
  for (const auto& [level, has_name, expected] : cases) {
    Connections lab;
    lab.extra = "tls { level " + level + trusted;
    if (!has_name) lab.mx_config.certificate = other_name;
    lab.mx->apply(lab.mx_config);
    lab.start();
    lab.send(bob, "confidential: results");
    BOOST_TEST(lab.reason() == expected, level << ": " << lab.reason());
    const auto bytes = lab.sent_by_gateway_to("mx.partner.test");
    BOOST_TEST(bytes.find("MAIL FROM") == bytes.npos);
  }
}

BOOST_FIXTURE_TEST_CASE(servers_of_equal_preference_take_turns_and_one_that_is_down_is_passed,
                        Connections) {
  extra =
      "route \"Both\" for both.test { server mx.partner.test preference 10\n"
      "server 192.0.2.30:25 preference 10 }";
  start();
  const auto at = [&](const char* peer) { return seen(peer, "smtp.message").size(); };
  for (int i = 0; i < 4; ++i) send({"bob@both.test"}, "lunch");
  BOOST_TEST(at("mx.partner.test") == 2u);
  BOOST_TEST(at("mx.other.test") == 2u);
  mx_host.kill();
  for (int i = 0; i < 2; ++i) send({"bob@both.test"}, "lunch");
  BOOST_TEST(at("mx.other.test") == 4u);
}

BOOST_FIXTURE_TEST_CASE(what_the_name_server_said_is_remembered_for_its_time, Connections) {
  start();
  send(bob, "lunch");
  const auto asked = seen("dns.test", "dns.query").size();
  send(bob, "lunch");
  BOOST_TEST(seen("dns.test", "dns.query").size() == asked);
  pass(6min);  // the records live for five
  send(bob, "lunch");
  BOOST_TEST(seen("dns.test", "dns.query").size() > asked);
}

BOOST_FIXTURE_TEST_CASE(stop_does_not_wait_for_a_connection_that_is_being_made, Connections) {
  start();
  mx_host.pause();
  BOOST_TEST((time_to_stop() < 1s));
}

BOOST_FIXTURE_TEST_CASE(stop_does_not_wait_for_a_name_server, Connections) {
  start();
  dns_host.pause();
  BOOST_TEST((time_to_stop() < 1s));
}

BOOST_FIXTURE_TEST_CASE(stop_does_not_wait_for_a_handshake_and_the_message_is_kept, Connections) {
  start();
  change(*mx, mx_config, StartTlsBehaviour::stall);
  BOOST_TEST((time_to_stop() < 1s));
  change(*mx, mx_config, StartTlsBehaviour::works);
  start();
  quiesce();
  BOOST_TEST(count("smtp.message") == 1u);
}

BOOST_FIXTURE_TEST_CASE(what_is_listened_on_can_be_changed_and_a_mistake_changes_nothing,
                        Connections) {
  start();
  const auto accepts = [&](std::uint16_t port) {
    bool connected = false;
    const auto knock = [](world::VirtualHost& from, host::Endpoint to,
                          bool& done) -> boost::asio::awaitable<void> {
      const auto stream = co_await from.connect(to, from.mono_now() + 5s);
      done = stream.has_value();
    };
    host::spawn(inside, inside.session_executor(), "knock",
                knock(inside, {gw.address(), port}, connected));
    quiesce();
    return connected;
  };
  BOOST_TEST(!accepts(2525));
  BOOST_TEST(!apply("listen 192.0.2.1:2525"));
  BOOST_TEST(accepts(25));
  BOOST_TEST(accepts(2525));
  BOOST_TEST(apply("listen 192.0.2.99:25"));  // no address of this machine
  BOOST_TEST(accepts(2525));
  BOOST_TEST(!apply(""));
  BOOST_TEST(accepts(25));
  BOOST_TEST(!accepts(2525));
}
