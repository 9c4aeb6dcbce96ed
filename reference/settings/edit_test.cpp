#include "reference/settings/edit.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/settings/vocabulary.hpp"
#include "reference/syntax/values.hpp"

using sealgate::settings::Edit;

namespace {

constexpr const char* before = R"(# The gateway in the cellar.
hostname gw.corp.test
protected-domain corp.test

encryption { tls on }  # until the audit
delivery {
    # Agreed with the help desk.
    retry-interval 15m
    retry-growth fixed
}
route "Partners" for partner.test { tls marked }
route "Rest" for *
)";

struct Page {
  syntax::Vocabulary vocabulary;
  syntax::Diagnostics diagnostics;

  Page() {
    syntax::add_standard_types(vocabulary);
    sealgate::settings::declare_settings(vocabulary);
    vocabulary.finish();
  }
  std::string ok(std::vector<Edit> edits) {
    const auto after =
        sealgate::settings::edited(vocabulary, "sealgate.conf", before, edits, diagnostics);
    return after ? *after : diagnostics.render();
  }
};

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(edit)

BOOST_FIXTURE_TEST_CASE(nothing_changes_but_what_was_said, Page) {
  BOOST_TEST(ok({}) == before);
  std::string expected = before;
  expected.replace(expected.find("15m"), 3, "5m");
  BOOST_TEST(ok({{Edit::Kind::set, "delivery { retry-interval 5m }"}}) == expected);
  BOOST_TEST(holds(ok({{Edit::Kind::set, "encryption { tls off }"}}),
                   "encryption { tls off }  # until the audit"));
}

BOOST_FIXTURE_TEST_CASE(a_value_that_was_not_there_is_added, Page) {
  const std::string after =
      ok({{Edit::Kind::set, "delivery { notification-address root@corp.test }"}});
  BOOST_TEST(holds(after, "    retry-growth fixed\n    notification-address root@corp.test\n}"));
  BOOST_TEST(
      holds(ok({{Edit::Kind::set, "message-size-maximum 10MB"}}), "message-size-maximum 10MB"));
}

BOOST_FIXTURE_TEST_CASE(what_has_a_name_is_changed_added_and_removed_by_it, Page) {
  std::string after = ok({{Edit::Kind::set, "route \"Partners\" for partner.test"}});
  BOOST_TEST(holds(after, "route \"Partners\" for partner.test\nroute \"Rest\""));
  after = ok({{Edit::Kind::add, "route \"Bank\" for bank.test { tls marked }"}});
  BOOST_TEST(holds(after, "route \"Rest\" for *\nroute \"Bank\" for bank.test"));
  after = ok({{Edit::Kind::remove, "route \"Partners\""}});
  BOOST_TEST(!holds(after, "Partners"));
  BOOST_TEST(holds(after, "route \"Rest\""));
}

BOOST_FIXTURE_TEST_CASE(lists_without_names_grow_and_shrink, Page) {
  const std::string after = ok({{Edit::Kind::add, "protected-domain branch.test"},
                                {Edit::Kind::remove, "protected-domain corp.test"}});
  BOOST_TEST(holds(after, "protected-domain branch.test"));
  BOOST_TEST(!holds(after, "protected-domain corp.test"));
}

BOOST_FIXTURE_TEST_CASE(one_bad_edit_makes_none, Page) {
  BOOST_TEST(holds(ok({{Edit::Kind::set, "encryption { tls off }"},
                       {Edit::Kind::add, "route \"Rest\" for x.test"}}),
                   "route \"Rest\" exists already"));
}

BOOST_FIXTURE_TEST_CASE(each_mistake_is_named, Page) {
  BOOST_TEST(holds(ok({{Edit::Kind::remove, "route \"Nobody\""}}), "there is no route \"Nobody\""));
}

BOOST_FIXTURE_TEST_CASE(an_unknown_word_is_no_change, Page) {
  BOOST_TEST(holds(ok({{Edit::Kind::set, "encryption { tsl off }"}}), "change 1:1:"));
}

BOOST_FIXTURE_TEST_CASE(two_statements_are_no_change, Page) {
  BOOST_TEST(holds(ok({{Edit::Kind::set, "hostname a.test; hostname b.test"}}), "exactly one"));
}

BOOST_FIXTURE_TEST_CASE(the_default_ip_group_cannot_be_deleted_and_others_can, Page) {  // TPA-09
  BOOST_TEST(holds(ok({{Edit::Kind::add, "ip-group \"Encryption Gateway\" { address 192.0.2.40 }"},
                       {Edit::Kind::remove, "ip-group \"Encryption Gateway\""}}),
                   "ip-group \"Encryption Gateway\" cannot be deleted"));
}

BOOST_FIXTURE_TEST_CASE(another_ip_group_can_be_deleted, Page) {
  BOOST_TEST(ok({{Edit::Kind::add, "ip-group \"Branch\" { address 192.0.2.40 }"},
                 {Edit::Kind::remove, "ip-group \"Branch\""}}) == before);
}

BOOST_AUTO_TEST_SUITE_END()
