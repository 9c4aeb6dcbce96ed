#include "sim/verdict/pattern_set.hpp"

#include <boost/test/unit_test.hpp>

namespace sealcheck::verdict {
namespace {

// "pattern@begin " for each match.
std::string matches(const std::vector<std::string>& patterns, std::string_view text) {
  std::string result;
  PatternSet(patterns).scan(text, [&](std::size_t pattern, std::size_t begin) {
    result += patterns[pattern] + "@" + std::to_string(begin) + " ";
  });
  return result;
}

}  // namespace

BOOST_AUTO_TEST_CASE(overlapping_and_nested_patterns_are_all_found) {
  BOOST_TEST(matches({"he", "she", "his", "hers"}, "ushers") == "she@1 he@2 hers@2 ");
  BOOST_TEST(matches({"a", "aa"}, "aaa") == "a@0 aa@0 a@1 aa@1 a@2 ");
  BOOST_TEST(matches({"abcd", "bc"}, "xabcx") == "bc@2 ");
  BOOST_TEST(matches({"abab"}, "abaabab") == "abab@3 ");
}

BOOST_AUTO_TEST_CASE(ascii_case_counts_for_nothing_and_every_byte_may_occur) {
  BOOST_TEST(matches({"Bob@x"}, "<bOB@X>") == "Bob@x@1 ");
  BOOST_TEST(matches({"bob"}, "<BOB>") == "bob@1 ");
  BOOST_TEST(matches({"[k]"}, "{k}[K]") == "[k]@3 ");
  const std::string zero("\0\xff", 2);
  BOOST_TEST(matches({zero}, std::string(3, '\0') + "\xff") == zero + "@2 ");
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  BOOST_TEST(matches({all}, "x" + all) == all + "@1 ");
}

BOOST_AUTO_TEST_CASE(no_pattern_and_an_empty_one_match_nothing) {
  BOOST_TEST(matches({}, "text") == "");
  BOOST_TEST(matches({"", "x"}, "axb") == "x@1 ");
}

}  // namespace sealcheck::verdict
