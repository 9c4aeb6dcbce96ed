#include "reference/encryption/tls_failure.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

namespace {

using namespace sealgate::encryption;
namespace errc = boost::system::errc;

host::ErrorCode code(errc::errc_t condition) {
  return make_error_code(condition);
}

std::string_view handshake(host::ErrorCode error, int alert = -1) {
  return to_word(classify_handshake({error, "", alert}));
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_failure_has_a_word_of_its_own_and_eighteen_of_them_are_tls) {
  std::set<std::string_view> words;
  int tls = 0;
  for (int i = 0; i <= static_cast<int>(Failure::reply_lost); ++i) {
    words.insert(to_word(static_cast<Failure>(i)));
    tls += is_tls_failure(static_cast<Failure>(i));
  }
  BOOST_TEST(words.size() == static_cast<std::size_t>(Failure::reply_lost) + 1);
  BOOST_TEST(!words.contains("?"));
  BOOST_TEST(tls == 18);
  BOOST_TEST(is_tls_failure(Failure::certificate_invalid));
  BOOST_TEST(!is_tls_failure(Failure::connection_refused));
  BOOST_TEST(!is_tls_failure(Failure::tampered));
}

BOOST_AUTO_TEST_CASE(a_handshake_fails_in_four_ways) {
  BOOST_TEST(handshake(host::Error::tls_alert, 40) == "handshake-failed");
  BOOST_TEST(handshake(host::Error::tls_bad_record) == "handshake-failed");
  BOOST_TEST(handshake(host::Error::end_of_stream) == "handshake-eof");
  BOOST_TEST(handshake(code(errc::connection_reset)) == "handshake-reset");
  BOOST_TEST(handshake(host::Error::timed_out) == "handshake-timed-out");
}

BOOST_AUTO_TEST_CASE(a_missing_version_and_too_little_strength_are_told_apart) {
  BOOST_TEST(handshake(host::Error::tls_alert, 70) == "no-common-tls-version");
  BOOST_TEST(handshake(host::Error::tls_alert, 71) == "cipher-too-weak");
  BOOST_TEST(to_word(classify_handshake({host::Error::tls_bad_record, "", -1, true})) ==
             "no-common-tls-version");
  using sealgate::tls::CertificateFault;
  using sealgate::tls::Weakness;
  BOOST_TEST(to_word(failure_of(Weakness::version_not_allowed)) == "no-common-tls-version");
  BOOST_TEST(to_word(failure_of(Weakness::cipher_too_weak)) == "cipher-too-weak");
  BOOST_TEST(to_word(failure_of(Weakness::no_credentials)) == "no-credentials");
  BOOST_TEST(to_word(failure_of(CertificateFault::expired)) == "certificate-expired");
  BOOST_TEST(to_word(failure_of(CertificateFault::untrusted)) == "certificate-untrusted");
  BOOST_TEST(to_word(failure_of(CertificateFault::name_mismatch)) == "certificate-name-mismatch");
}

BOOST_AUTO_TEST_CASE(a_connection_that_does_not_come_about_is_no_failure_of_tls) {
  BOOST_TEST(to_word(classify_connect(code(errc::connection_refused))) == "connection-refused");
  BOOST_TEST(to_word(classify_connect(host::Error::timed_out)) == "connection-timed-out");
  BOOST_TEST(to_word(classify_connect(code(errc::host_unreachable))) == "host-unreachable");
}

BOOST_AUTO_TEST_CASE(a_peer_that_refuses_the_certificate_that_it_asked_for_is_told_apart) {
  const auto asked = [](int alert) {
    return to_word(classify_handshake({host::Error::tls_alert, "", alert}, true));
  };
  BOOST_TEST(asked(48) == "client-certificate-refused");  // unknown_ca
  BOOST_TEST(asked(42) == "client-certificate-refused");  // bad_certificate
  BOOST_TEST(asked(40) == "handshake-failed");            // may be about anything
  BOOST_TEST(handshake(host::Error::tls_alert, 48) == "handshake-failed");
  BOOST_TEST(to_word(classify_channel(host::Error::tls_alert, true, true)) ==
             "client-certificate-refused");
}

BOOST_AUTO_TEST_CASE(a_self_signed_certificate_is_blamed_for_what_it_can_be_blamed_for) {
  BOOST_TEST(to_word(blame_self_signed(Failure::client_certificate_refused, false)) ==
             "certificate-self-signed");
  BOOST_TEST(to_word(blame_self_signed(Failure::session_refused, true)) ==
             "certificate-self-signed");
  BOOST_TEST(to_word(blame_self_signed(Failure::session_refused, false)) == "session-refused");
  BOOST_TEST(to_word(blame_self_signed(Failure::handshake_eof, true)) == "handshake-eof");
}

BOOST_AUTO_TEST_CASE(after_the_handshake_only_a_refused_certificate_is_a_failure_of_tls) {
  const auto channel = [](host::ErrorCode error, bool late = false) {
    return to_word(classify_channel(error, late));
  };
  BOOST_TEST(channel(host::Error::tls_alert, true) == "handshake-failed");
  BOOST_TEST(channel(host::Error::tls_alert) == "tampered");
  BOOST_TEST(channel(host::Error::tls_bad_record) == "tampered");
  BOOST_TEST(channel(host::Error::tls_truncated) == "connection-lost");
  BOOST_TEST(channel(host::Error::end_of_stream) == "connection-lost");
  BOOST_TEST(channel(host::Error::timed_out) == "connection-timed-out");
}
