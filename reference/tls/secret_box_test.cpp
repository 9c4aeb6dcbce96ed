#include "reference/tls/secret_box.hpp"

#include <boost/test/unit_test.hpp>

using namespace sealgate::tls;

namespace {

const SecretKey key = {1, 2, 3};
const SecretNonce nonce = {9, 8, 7};

}  // namespace

BOOST_AUTO_TEST_CASE(what_was_sealed_opens_under_its_key_alone) {
  for (const std::string secret : {"correct horse battery staple", "x", ""}) {
    const auto sealed = seal_secret(key, nonce, secret);
    BOOST_TEST(open_secret(key, sealed).value() == secret);
    BOOST_TEST(!open_secret({1, 2, 4}, sealed).has_value());
  }
  const auto sealed = seal_secret(key, nonce, "correct horse");
  BOOST_TEST(sealed.find("correct") == sealed.npos);
  BOOST_TEST(sealed != seal_secret(key, {1}, "correct horse"));
}

BOOST_AUTO_TEST_CASE(what_was_altered_does_not_open) {
  const auto sealed = seal_secret(key, nonce, "correct horse");
  for (std::size_t i = 0; i + 2 < sealed.size(); ++i) {  // the end is base64's filling
    auto other = sealed;
    other[i] = other[i] == 'A' ? 'B' : 'A';
    BOOST_TEST(!open_secret(key, other).has_value());
  }
  for (const char* never : {"", "AAAA", "…", "not base64 at all"})
    BOOST_TEST(!open_secret(key, never).has_value());
}
