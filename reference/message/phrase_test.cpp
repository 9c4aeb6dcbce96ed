#include "reference/message/phrase.hpp"

#include <boost/test/unit_test.hpp>

namespace sealgate::message {
namespace {

bool found(std::string_view phrase, std::string_view text) {
  return Phrase(phrase).found_in(text);
}

}  // namespace

BOOST_AUTO_TEST_CASE(whole_words_are_found_without_case) {
  BOOST_TEST(found("confidential", "Confidential: x"));
  BOOST_TEST(found("confidential", "x (CONFIDENTIAL)"));
  BOOST_TEST(found("Confidential", "confidential"));
  BOOST_TEST(found("confidential", "strictly-confidential"));
  BOOST_TEST(!found("confidential", "nonconfidential"));
  BOOST_TEST(!found("confidential", "confidentiality"));
  BOOST_TEST(!found("confidential", "confidential2"));
  BOOST_TEST(found("confidential", "nonconfidential, yet confidential"));
}

BOOST_AUTO_TEST_CASE(phrases_of_several_words_match_any_white_space) {
  BOOST_TEST(found("top secret", "Re: TOP \t\r\n  Secret!"));
  BOOST_TEST(found(" top   secret ", "top secret"));
  BOOST_TEST(found("top secret", "top\u00a0secret"));
  BOOST_TEST(!found("top secret", "topsecret"));
  BOOST_TEST(!found("top secret", "top-secret"));
}

BOOST_AUTO_TEST_CASE(letters_of_every_script_have_cases_and_words) {
  BOOST_TEST(found("größe", "GRÖSSE"));
  BOOST_TEST(found("МАШИНА", "машина"));
  BOOST_TEST(!found("маш", "машина"));
  BOOST_TEST(found("geheim", "ｇｅｈｅｉｍ"));              // full width
  BOOST_TEST(found("caf\u00e9", "CAFE\u0301"));             // composed and decomposed
  BOOST_TEST(!found("cafe", "cafe\u0301"));                 // the accent is part of the word
  BOOST_TEST(!found("max", "max\u0301"));                   // so is one without a composed form
  BOOST_TEST(found("confidential", "con\ufb01dential"));    // the ligature fi
  BOOST_TEST(found("confidential", "confi\u00addential"));  // soft hyphen
  BOOST_TEST(found("confidential", "confi\u200bdential"));  // zero-width space
}

BOOST_AUTO_TEST_CASE(signs_in_a_phrase_are_literal) {
  BOOST_TEST(found("[encrypt]", "x[ENCRYPT]y"));
  BOOST_TEST(found("c++", "about C++, mostly"));
  BOOST_TEST(!found("a.c", "abc"));
}

BOOST_AUTO_TEST_CASE(empty_phrases_are_found_nowhere_and_bad_utf_8_hides_nothing) {
  BOOST_TEST(!found("", "text"));
  BOOST_TEST(!found(" \t", "a  b"));
  BOOST_TEST(!found("x", ""));
  BOOST_TEST(found("confidential", "\xff\xfe confidential \xc3"));
  BOOST_TEST(found("confidential", std::string_view("a\0confidential", 14)));
}

}  // namespace sealgate::message
