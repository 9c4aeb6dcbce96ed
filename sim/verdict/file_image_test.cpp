#include "sim/verdict/file_image.hpp"

#include <boost/test/unit_test.hpp>
#include <limits>

namespace sealcheck::verdict {

BOOST_AUTO_TEST_CASE(writes_are_put_together_by_their_offsets) {
  FileImage file;
  file.write(4, "efgh");
  file.write(0, "abcd");
  BOOST_TEST(file.around(0, 4, 2) == "abcdef");
  BOOST_TEST(file.around(4, 4, 100) == "abcdefgh");
  file.write(2, "XYZ");
  BOOST_TEST(file.around(2, 3, 100) == "abXYZfgh");
  BOOST_TEST(file.around(2, 3, 0) == "XYZ");
}

BOOST_AUTO_TEST_CASE(pages_meet_and_holes_are_zeros) {
  FileImage file;
  file.write(4090, "0123456789");
  BOOST_TEST(file.around(4090, 10, 3) == std::string(3, '\0') + "0123456789");
  file.write(5000, "end");
  BOOST_TEST(file.around(4096, 1, 5) ==
             "12345"
             "6"
             "789" +
                 std::string(2, '\0'));
  BOOST_TEST(file.around(0, 0, 10'000).size() == 5003u);
}

BOOST_AUTO_TEST_CASE(far_out_costs_what_is_written) {
  FileImage file;
  const std::uint64_t far = std::numeric_limits<std::uint64_t>::max() - 3;
  file.write(1'000'000'000'000'000, "here");
  file.write(far, "beyond");
  BOOST_TEST(file.around(1'000'000'000'000'000, 4, 4) ==
             std::string(4, '\0') + "here" + std::string(4, '\0'));
  BOOST_TEST(file.around(far, 6, 0) == "bey");
}

}  // namespace sealcheck::verdict
