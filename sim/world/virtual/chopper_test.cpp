#include "sim/world/virtual/chopper.hpp"

#include <boost/test/unit_test.hpp>

using namespace sealcheck::world;

namespace {

using Cuts = std::vector<std::uint64_t>;

Cuts in_pieces(const Chop& chop, std::uint64_t seed, const std::string& stream, std::size_t piece) {
  Cuts cuts;
  for (std::size_t begin = 0; begin < stream.size(); begin += piece)
    for (const std::uint64_t cut : find_cuts(chop, seed, begin, stream.substr(begin, piece)))
      cuts.push_back(cut);
  return cuts;
}

}  // namespace

BOOST_AUTO_TEST_CASE(nothing_asked_for_cuts_nothing) {
  BOOST_TEST(find_cuts({}, 1, 0, "a\r\nb").empty());
}

BOOST_AUTO_TEST_CASE(each_way_of_cutting_cuts_in_its_places) {
  BOOST_TEST((find_cuts({.piece_bytes_max = 3}, 1, 4, "abcdef") == Cuts{6, 9}));
  BOOST_TEST((find_cuts({.offsets = {4, 5, 9, 10, 11}}, 1, 4, "abcdef") == Cuts{5, 9, 10}));
  BOOST_TEST((find_cuts({.between_cr_and_lf = true}, 1, 10, "ab\r\ncd\r") == Cuts{13, 17}));
  const std::string record("xx\x16\x03\x01\x02\x00", 7);
  BOOST_TEST((find_cuts({.inside_tls_headers = true}, 1, 0, record) == Cuts{3, 4}));
}

BOOST_AUTO_TEST_CASE(random_cuts_come_from_the_seed_and_not_from_the_segments) {
  const Chop chop{.random_bytes_max = 10};
  const std::string stream(5000, 'x');
  const Cuts cuts = in_pieces(chop, 1, stream, 5000);
  BOOST_TEST((cuts == in_pieces(chop, 1, stream, 7)));
  BOOST_TEST((cuts != in_pieces(chop, 2, stream, 5000)));
  std::uint64_t last = 0;
  for (const std::uint64_t cut : cuts) {
    BOOST_TEST(cut - last <= 10u);
    last = cut;
  }
  BOOST_TEST(cuts.size() > 5000u / 10);
}
