#include "reference/tls/negotiated.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealgate;
using tls::Weakness;

std::optional<Weakness> weakness(std::string version, int bits, bool credentials = true,
                                 settings::Tls asked = {}) {
  return tls::weakness_of({std::move(version), "some-cipher", bits, credentials}, asked);
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_was_negotiated_is_looked_at_again) {
  BOOST_TEST(!weakness("TLSv1.3", 256).has_value());
  BOOST_TEST(!weakness("TLSv1.2", 128).has_value());
  BOOST_TEST((weakness("TLSv1.2", 112) == Weakness::cipher_too_weak));
  BOOST_TEST((weakness("TLSv1.1", 256) == Weakness::version_not_allowed));
  BOOST_TEST((weakness("TLSv1.2", 256, false) == Weakness::no_credentials));
}

BOOST_AUTO_TEST_CASE(the_settings_narrow_it_down) {
  settings::Tls asked;
  asked.strength_bits_min = 256;
  BOOST_TEST((weakness("TLSv1.3", 128, true, asked) == Weakness::cipher_too_weak));
  asked.version_min = settings::TlsVersion::tls1_3;
  BOOST_TEST((weakness("TLSv1.2", 256, true, asked) == Weakness::version_not_allowed));
  asked = {};
  asked.version_max = settings::TlsVersion::tls1_2;
  BOOST_TEST((weakness("TLSv1.3", 256, true, asked) == Weakness::version_not_allowed));
  asked.version_min = settings::TlsVersion::tls1_0;
  for (const auto* old : {"TLSv1", "TLSv1.1"}) BOOST_TEST(!weakness(old, 128, true, asked));
  BOOST_TEST((weakness("SSLv3", 128, true, asked) == Weakness::version_not_allowed));
}

BOOST_AUTO_TEST_CASE(it_reads_as_one_line) {
  BOOST_TEST(tls::to_text({"TLSv1.3", "TLS_AES_256_GCM_SHA384", 256, true}) ==
             "TLSv1.3 TLS_AES_256_GCM_SHA384 (256 bits)");
}
