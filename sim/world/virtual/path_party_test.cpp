#include "sim/world/virtual/path_party.hpp"

#include <boost/test/unit_test.hpp>

using namespace sealcheck::world;

namespace {

// The stream through a fresh party, in pieces of that size.
struct Through {
  Through(const LinkParameters& link, const std::string& stream, std::size_t piece) {
    PathParty party;
    for (std::size_t begin = 0; begin < stream.size(); begin += piece) {
      const std::string bytes = stream.substr(begin, piece);
      Passage passage = party.pass(link, 0, begin, bytes);
      BOOST_TEST(passage.altered == (passage.bytes != bytes.substr(0, passage.consumed)));
      result += passage.bytes;
      for (Deed& deed : passage.deeds) deeds.push_back(std::move(deed));
      end = passage.end;
      if (end != Passage::End::none) return;
    }
    result += party.take_rest();
  }

  std::string result;
  std::vector<Deed> deeds;
  Passage::End end = Passage::End::none;
};

const std::string ehlo_reply =
    "220 mx.partner.test ESMTP\r\n250-mx.partner.test\r\n250-SIZE 1000\r\n250-StartTLS\r\n"
    "250 8BITMIME\r\n";

}  // namespace

BOOST_AUTO_TEST_CASE(starttls_is_stripped_however_the_reply_is_cut) {
  LinkParameters link;
  link.party.strips_starttls = true;
  for (std::size_t piece = 1; piece <= ehlo_reply.size(); ++piece) {
    const Through through(link, ehlo_reply, piece);
    BOOST_TEST(through.result ==
               "220 mx.partner.test ESMTP\r\n250-mx.partner.test\r\n250-SIZE 1000\r\n"
               "250 8BITMIME\r\n");
    BOOST_REQUIRE_EQUAL(through.deeds.size(), 1u);
    BOOST_TEST(through.deeds.front().kind == "path.stripped");
    BOOST_TEST(through.deeds.front().bytes == "250-StartTLS\r\n");
  }
}

BOOST_AUTO_TEST_CASE(the_line_before_a_stripped_last_line_becomes_the_last) {
  LinkParameters link;
  link.party.strips_starttls = true;
  BOOST_TEST(Through(link, "250-mx\r\n250-SIZE\r\n250 STARTTLS\r\n", 7).result ==
             "250-mx\r\n250 SIZE\r\n");
  BOOST_TEST(Through(link, "250 STARTTLS\r\n", 99).result == "");
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_starttls_stays) {
  LinkParameters link;
  link.party.strips_starttls = true;
  for (const std::string stream : {"250-STARTTLSX\r\n250 AUTH\r\n", "220-STARTTLS\r\n220 mx\r\n",
                                   "454 STARTTLS\r\n", "EHLO gw\r\n250-STARTTLS\r\n250 x\r\n",
                                   "250 ok\r\n\x16\x03\x03 250-STARTTLS\r\n", "250", "250-x\r\n"}) {
    BOOST_TEST(Through(link, stream, 5).result == stream);
    BOOST_TEST(Through(link, stream, 5).deeds.empty());
  }
}

BOOST_AUTO_TEST_CASE(a_flip_alters_one_bit_of_one_byte_wherever_the_cuts_are) {
  LinkParameters link;
  link.party.flips = {0, 9, 100};
  for (std::size_t piece = 1; piece <= 11; ++piece) {
    const Through through(link, "0123456789", piece);
    BOOST_TEST(through.result == "1123456788");
    BOOST_TEST(through.deeds.size() == 2u);
    BOOST_TEST(through.deeds[1].offset == 9u);
  }
}

BOOST_AUTO_TEST_CASE(an_injection_comes_once_at_its_byte_even_at_the_end_of_what_was_sent) {
  for (std::size_t piece = 1; piece <= 11; ++piece) {
    LinkParameters link;
    link.party.injections = {{"<>", 4, ""}, {"!", 4, ""}, {"$", 10, ""}};
    BOOST_TEST(Through(link, "0123456789", piece).result == "0123<>!456789$");
  }
}

BOOST_AUTO_TEST_CASE(an_injection_stands_behind_the_first_text_even_across_pieces) {
  for (std::size_t piece = 1; piece <= 20; ++piece) {
    LinkParameters link;
    link.party.injections = {{"X", {}, "aab"}, {"Y", {}, "b"}};
    const Through through(link, "aaab aab", piece);
    BOOST_TEST(through.result == "aaabXY aab");
    BOOST_TEST(through.deeds.size() == 2u);
  }
}

BOOST_AUTO_TEST_CASE(a_reset_and_a_stall_end_the_stream_before_their_byte) {
  for (std::size_t piece = 1; piece <= 11; ++piece) {
    LinkParameters link;
    link.reset_at = 6;
    const Through through(link, "0123456789", piece);
    BOOST_TEST(through.result == "012345");
    BOOST_TEST((through.end == Passage::End::reset));
    link.stall_at = 3;
    BOOST_TEST(Through(link, "0123456789", piece).result == "012");
    BOOST_TEST((Through(link, "0123456789", piece).end == Passage::End::stall));
  }
}

BOOST_AUTO_TEST_CASE(a_changed_path_forgets_what_it_looked_for_and_lets_go_what_it_kept) {
  LinkParameters link;
  link.party.strips_starttls = true;
  PathParty party;
  BOOST_TEST(party.pass(link, 1, 0, "250-STAR").bytes == "");
  const Passage passage = party.pass({}, 2, 8, "TTLS\r\n");
  BOOST_TEST(passage.bytes == "250-STARTTLS\r\n");
  BOOST_TEST(passage.altered);
}

BOOST_AUTO_TEST_CASE(a_party_that_only_listens_alters_nothing) {
  LinkParameters link;
  link.party.listens = true;
  const Through through(link, ehlo_reply, 10);
  BOOST_TEST(through.result == ehlo_reply);
  BOOST_REQUIRE_EQUAL(through.deeds.size(), 1u);
  BOOST_TEST(through.deeds.front().kind == "path.heard");
}
