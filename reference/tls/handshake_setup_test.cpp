#include "reference/tls/handshake_setup.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/tls/test_machine.hpp"

namespace {

using namespace sealgate;

std::string name_sent_for(const std::string& host) {
  tls::test::TestMachine machine;
  const auto client = tls::Context::client({});
  const auto server = tls::Context::server({}, tls::make_self_signed(machine, "mx.test"));
  tls::test::Pair pair(client.get(), server.get());
  tls::set_server_name(pair.client.get(), host);
  BOOST_REQUIRE(pair.handshake());
  const char* name = SSL_get_servername(pair.server.get(), TLSEXT_NAMETYPE_host_name);
  return name ? name : "none";
}

}  // namespace

BOOST_AUTO_TEST_CASE(sni_names_hosts_and_never_addresses) {
  BOOST_TEST(name_sent_for("mx.partner.test") == "mx.partner.test");
  BOOST_TEST(name_sent_for("192.0.2.1") == "none");
  BOOST_TEST(name_sent_for("2001:db8::1") == "none");
  BOOST_TEST(name_sent_for("[192.0.2.1]") == "none");
  BOOST_TEST(name_sent_for("") == "none");
}

BOOST_AUTO_TEST_CASE(a_certificate_demanded_late_shows_as_an_alert_after_the_handshake) {
  tls::test::TestMachine machine;
  const auto client = tls::Context::client({});
  const auto server = tls::Context::server({}, tls::make_self_signed(machine, "mx.test"));
  SSL_CTX_set_verify(server.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  tls::test::Pair pair(client.get(), server.get());
  tls::watch_alerts(pair.client.get());
  BOOST_TEST(!pair.handshake());
  BOOST_TEST(SSL_is_init_finished(pair.client.get()));
  char byte = 0;
  SSL_read(pair.client.get(), &byte, 1);
  const auto alert = tls::received_alert(pair.client.get());
  BOOST_REQUIRE(alert.has_value());
  BOOST_TEST(*alert == SSL_AD_CERTIFICATE_REQUIRED);
  BOOST_TEST(tls::is_certificate_alert(*alert));
  BOOST_TEST(!tls::is_certificate_alert(SSL_AD_BAD_RECORD_MAC));
}
