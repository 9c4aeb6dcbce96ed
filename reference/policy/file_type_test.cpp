#include "reference/policy/file_type.hpp"

#include <boost/test/unit_test.hpp>

using sealgate::policy::file_type;

BOOST_AUTO_TEST_CASE(files_are_known_by_their_content) {
  BOOST_TEST(file_type("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n") == "application/pdf");
  BOOST_TEST(file_type(std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0",
                                   29)) == "image/png");
  BOOST_TEST(file_type(std::string("\x1f\x8b\x08\0\0\0\0\0\0\3", 10)) == "application/gzip");
  BOOST_TEST(file_type("just words\n") == "text/plain");
  BOOST_TEST(file_type("") == "application/x-empty");
}
