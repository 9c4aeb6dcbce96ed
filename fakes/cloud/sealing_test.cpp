#include "fakes/cloud/sealing.hpp"

#include <boost/test/unit_test.hpp>

#include "fakes/cloud/hex.hpp"

using namespace fakes;

namespace {

const WrappingRoot root("2026", {1, 2, 3});
const SealedFor about{"2026", "bob@partner.test", "alice@corp.test", "<m1@corp.test>"};
const Fresh fresh{{9, 9}, {4}, {5}};
const std::string message("Subject: minutes\r\n\r\nwith a NUL: \0 and more\r\n", 43);

Sealed sealed() {
  return seal(root, "generation 1", about, message, fresh);
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_was_sealed_opens_and_does_not_show) {
  const auto made = sealed();
  BOOST_TEST(made.content.size() == message.size() + 16);
  BOOST_TEST(made.content.find("minutes") == std::string::npos);
  BOOST_TEST((open(root, "generation 1", about, made) == message));
  const auto empty = seal(root, "g", about, "", fresh);
  BOOST_TEST((open(root, "g", about, empty) == std::string()));
}

BOOST_AUTO_TEST_CASE(every_altered_or_missing_octet_is_noticed) {
  for (const auto member :
       {&Sealed::wrap_nonce, &Sealed::wrapped_key, &Sealed::content_nonce, &Sealed::content}) {
    for (std::size_t i = 0; i < (sealed().*member).size(); ++i) {
      auto altered = sealed();
      (altered.*member)[i] ^= 1;
      BOOST_TEST(!open(root, "generation 1", about, altered));
      auto cut = sealed();
      (cut.*member).resize(i);
      BOOST_TEST(!open(root, "generation 1", about, cut));
    }
  }
}

BOOST_AUTO_TEST_CASE(it_opens_for_its_own_recipient_message_and_account_only) {
  BOOST_TEST(!open(WrappingRoot("2026", {1, 2, 4}), "generation 1", about, sealed()));
  BOOST_TEST(!open(root, "generation 2", about, sealed()));  // the account was deleted
  for (const auto member :
       {&SealedFor::key_id, &SealedFor::recipient, &SealedFor::sender, &SealedFor::message_id}) {
    auto other = about;
    other.*member += "x";
    BOOST_TEST(!open(root, "generation 1", other, sealed()));
  }
  // The same octets, cut between two fields at another place.
  const SealedFor shifted{"2026b", "ob@partner.test", "alice@corp.test", "<m1@corp.test>"};
  BOOST_TEST(!open(root, "generation 1", shifted, sealed()));
}

BOOST_AUTO_TEST_CASE(parts_of_two_messages_make_none) {
  const auto other = seal(root, "generation 1", about, "another", {{7}, {6}, {8}});
  auto mixed = sealed();
  mixed.content = other.content;
  mixed.content_nonce = other.content_nonce;
  BOOST_TEST(!open(root, "generation 1", about, mixed));
}

/// What these octets are was reckoned with Python's cryptography (HKDF and AESGCM): a file that
/// somebody kept opens with every later version.
BOOST_AUTO_TEST_CASE(the_format_stays_what_it_was) {
  const auto made = seal(root, "generation 1", about, "minutes", fresh);
  BOOST_TEST(to_hex(made.wrapped_key) ==
             "74a55eba1666e62708025ca05afdca951c98761381c5cf5907c3757a33d73d1a"
             "4ad67790a392388a3fc96f181aa62cb5");
  BOOST_TEST(to_hex(made.content) == "8bf6bb6e4b5a596f84196785f1db026d4ff272bbbfc20e");
}

BOOST_AUTO_TEST_CASE(a_file_names_the_key_that_it_is_sealed_under) {
  auto other = about;
  other.key_id = "2027";
  BOOST_CHECK_THROW(seal(root, "g", other, message, fresh), std::invalid_argument);
}
