#include "reference/policy/phrase_set.hpp"

#include <boost/test/unit_test.hpp>
#include <random>
#include <set>

#include "reference/message/phrase.hpp"

namespace {

using sealgate::policy::PhraseSet;

/// "number@offset", in the order of arrival.
std::vector<std::string> found(const std::vector<std::string>& phrases, std::string_view text) {
  std::vector<std::string> all;
  PhraseSet(phrases).scan(text, [&](std::uint32_t number, std::size_t offset) {
    all.push_back(std::to_string(number) + "@" + std::to_string(offset));
  });
  return all;
}

bool finds(const std::string& phrase, std::string_view text) {
  return !found({phrase}, text).empty();
}

}  // namespace

BOOST_AUTO_TEST_CASE(whole_words_are_found_in_any_letter_case) {
  BOOST_TEST(finds("confidential", "CONFIDENTIAL: results"));
  BOOST_TEST(!finds("confidential", "nonconfidential"));
  BOOST_TEST(!finds("secret", "secretary"));
  BOOST_TEST(finds("top secret", "Top\r\n\t secret!"));
  BOOST_TEST(finds("STRASSE", "straße"));
  BOOST_TEST(finds("résumé", "RE\xCC\x81SUME\xCC\x81"));  // decomposed
  BOOST_TEST(!finds("resum", "resume\xCC\x81"));
  BOOST_TEST(finds("conf", "co\xC2\xADnf"));  // a soft hyphen
  BOOST_TEST(finds("a b",
                   "a\xC2\xA0"
                   "b"));  // a no-break space
  BOOST_TEST(finds("a b", "a\xC2\xA0 b"));
  BOOST_TEST(finds("$100", "for $100 only"));
  BOOST_TEST(finds("c++", "in C++20"));
  BOOST_TEST(!finds("", "anything"));
}

BOOST_AUTO_TEST_CASE(places_are_offsets_in_the_text) {
  const std::vector<std::string> phrases = {"cat", "cat dog", "dog"};
  const std::vector<std::string> expected = {"0@3", "1@3", "2@8"};
  const auto all = found(phrases, "a  Cat\n dog");
  BOOST_TEST(all == expected, boost::test_tools::per_element());
  BOOST_TEST(found({"b"}, "a\nb b").size() == 2u);
}

BOOST_AUTO_TEST_CASE(phrases_inside_each_other_are_all_found) {
  const auto all = found({"she said", "said", "he", "she", "said it"}, "she said it");
  const std::set<std::string> expected = {"0@0", "1@4", "3@0", "4@4"};
  BOOST_TEST(std::set<std::string>(all.begin(), all.end()) == expected);
}

// message::Phrase is the slow and simple way to the same answer.
BOOST_AUTO_TEST_CASE(it_agrees_with_the_simple_search_on_random_texts) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {"a",
                                           "b",
                                           "A",
                                           "ab",
                                           " ",
                                           "\n",
                                           "-",
                                           "\xC3\xA9",
                                           "e\xCC\x81",
                                           "\xC2\xAD",
                                           "\xE3\x80\x80",
                                           "\xEF\xBC\xA1",
                                           "\xCC\x81",
                                           "1",
                                           "\v",
                                           "\xC4\xB0"};
  const auto text = [&](std::size_t length) {
    std::string out;
    for (std::size_t i = 0; i < length; ++i) out += pieces[random() % pieces.size()];
    return out;
  };
  std::size_t hits = 0;
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::string> phrases;
    for (int i = 0; i < 5; ++i) phrases.push_back(text(1 + random() % 3));
    const auto searched = text(random() % 30);
    std::set<std::uint32_t> seen;
    PhraseSet(phrases).scan(searched, [&](std::uint32_t number, std::size_t offset) {
      seen.insert(number);
      BOOST_REQUIRE(offset < searched.size());
    });
    for (std::uint32_t i = 0; i < phrases.size(); ++i) {
      const bool expected = sealgate::message::Phrase(phrases[i]).found_in(searched);
      hits += expected;
      BOOST_TEST(seen.contains(i) == expected, phrases[i] << " in " << searched);
    }
  }
  BOOST_TEST(hits > 500u);
}
