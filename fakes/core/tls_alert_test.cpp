#include "fakes/core/tls_alert.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <boost/test/unit_test.hpp>

#include "fakes/core/tls_context.hpp"

using namespace std::string_literals;

BOOST_AUTO_TEST_CASE(the_record_has_the_octets_of_the_rfc) {
  BOOST_TEST(fakes::fatal_alert_record(40) == "\x15\x03\x03\x00\x02\x02\x28"s);
  BOOST_TEST(fakes::alert_from_name("handshake_failure").value() == 40);
  BOOST_TEST(fakes::alert_from_name("unknown_ca").value() == 48);
  BOOST_TEST(fakes::alert_from_name("close_notify").value() == 0);
  BOOST_TEST(!fakes::alert_from_name("handshake failure").has_value());
  BOOST_TEST(fakes::alert_name(70) == "protocol_version");
  BOOST_TEST(fakes::alert_name(255) == "255");
}

BOOST_AUTO_TEST_CASE(the_size_of_a_record_is_known_from_its_fifth_octet) {
  BOOST_TEST(!fakes::tls_record_size("\x16\x03\x01\x02"s).has_value());
  BOOST_TEST(fakes::tls_record_size("\x16\x03\x01\x02\x80"s).value() == 5u + 0x280);
}

BOOST_AUTO_TEST_CASE(openssl_reads_every_alert_as_the_one_it_is) {
  // Those after which a client goes on, or that it may not get from a server this early.
  const auto context = fakes::TlsContext::client({});
  for (const char* name : {"handshake_failure", "protocol_version", "insufficient_security",
                           "internal_error", "unrecognized_name", "access_denied", "decode_error",
                           "illegal_parameter", "certificate_required", "bad_certificate"}) {
    const int alert = fakes::alert_from_name(name).value();
    SSL* ssl = SSL_new(context.get());
    SSL_set_connect_state(ssl);
    BIO* input = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl, input, BIO_new(BIO_s_mem()));
    ERR_clear_error();
    SSL_do_handshake(ssl);  // writes the ClientHello
    const std::string record = fakes::fatal_alert_record(static_cast<std::uint8_t>(alert));
    BIO_write(input, record.data(), static_cast<int>(record.size()));
    BOOST_TEST(SSL_do_handshake(ssl) < 0);
    BOOST_TEST(ERR_GET_REASON(ERR_peek_error()) == SSL_AD_REASON_OFFSET + alert, name);
    SSL_free(ssl);
  }
}
