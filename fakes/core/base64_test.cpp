#include "fakes/core/base64.hpp"

#include <openssl/evp.h>

#include <boost/test/unit_test.hpp>

using namespace fakes;

namespace {

std::string lines(std::string_view octets) {
  std::string out = "before:";
  append_base64_lines(out, octets);
  return out.substr(7);
}

std::string by_openssl(const std::string& octets) {
  std::string out((octets.size() + 2) / 3 * 4 + 1, '\0');
  out.resize(static_cast<std::size_t>(EVP_EncodeBlock(
      reinterpret_cast<unsigned char*>(out.data()),
      reinterpret_cast<const unsigned char*>(octets.data()), static_cast<int>(octets.size()))));
  return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(it_is_what_openssl_makes_in_lines_of_76_and_comes_back) {
  std::string octets;
  for (int i = 0; i < 400; ++i) {
    const std::string made = lines(octets);
    BOOST_TEST(made.size() == base64_lines_size(octets.size()));
    std::string joined;
    for (std::size_t at = 0; at < made.size();) {
      const std::size_t end = made.find("\r\n", at);
      BOOST_TEST_REQUIRE(end != std::string::npos);
      BOOST_TEST(end - at <= 76);
      BOOST_TEST((end - at == 76 || end + 2 == made.size()));
      joined += made.substr(at, end - at);
      at = end + 2;
    }
    BOOST_TEST(joined == by_openssl(octets));
    BOOST_TEST((from_base64(made) == octets));
    octets += static_cast<char>(i * 37);
  }
}

BOOST_AUTO_TEST_CASE(no_two_texts_are_the_same_octets) {
  BOOST_TEST((from_base64("QQ==") == std::string("A")));
  BOOST_TEST((from_base64(" Q\r\nQ==\t") == std::string("A")));
  BOOST_TEST((from_base64("") == std::string()));
  for (const char* wrong : {"Q", "QQ", "QQ=", "QQ===", "QR==", "QUJ=", "QQ==QQ==", "Q-==", "QUI",
                            "QUJD=", "====", "=", "Q=Q="})
    BOOST_TEST(!from_base64(wrong), wrong);
}
