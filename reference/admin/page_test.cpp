#include "reference/admin/page.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "reference/settings/vocabulary.hpp"
#include "reference/syntax/parser.hpp"
#include "reference/syntax/values.hpp"

using namespace sealgate::admin;

namespace {

struct Book {
  syntax::Vocabulary vocabulary;
  syntax::Diagnostics diagnostics;
  std::vector<Page> all;

  Book() {
    syntax::add_standard_types(vocabulary);
    sealgate::settings::declare_settings(vocabulary);
    vocabulary.finish();
    all = pages(vocabulary);
  }
  const Page& page(const char* name) {
    const Page* found = find_page(all, name);
    BOOST_REQUIRE_MESSAGE(found, name);
    return *found;
  }
  std::string shown(const char* name, const char* settings) {
    return shown_on(page(name), vocabulary, syntax::parse("conf", settings, diagnostics));
  }
  bool stands(const char* name, const char* statement) {
    return stands_on(page(name), vocabulary,
                     syntax::parse("change", statement, diagnostics).statements.at(0));
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(page)

BOOST_FIXTURE_TEST_CASE(the_document_s_pages_are_there_under_names_of_their_own, Book) {
  for (const char* name : {"Encryption", "Mail Routing", "Delivery", "System Settings"}) page(name);
  std::set<std::string> names;
  for (const Page& each : all) BOOST_TEST(names.insert(each.name).second, each.name);
  BOOST_TEST(find_page(all, "settings > inbound/outbound > encryption") ==
             find_page(all, "Encryption"));
  BOOST_TEST(!find_page(all, "Weather"));
}

BOOST_FIXTURE_TEST_CASE(every_setting_is_on_a_page, Book) {
  for (const auto& section : vocabulary.sections()) {
    if (!section->name().starts_with("gateway")) continue;
    for (const auto& declaration : section->declarations())
      BOOST_TEST(!declaration.console.empty(), section->name() << ": " << declaration.id);
  }
}

BOOST_FIXTURE_TEST_CASE(a_page_shows_what_is_its_own, Book) {
  constexpr const char* settings =
      "hostname gw.corp.test\n"
      "encryption { tls off }\n"
      "delivery { retry-interval 5m }\n"
      "route \"Partners\" for partner.test { tls marked }\n";
  BOOST_TEST(shown("Encryption", settings) == "encryption { tls off }\n");
  BOOST_TEST(shown("System Settings", settings) == "hostname gw.corp.test\n");
  BOOST_TEST(shown("Undelivered Message Options", settings) == "delivery { retry-interval 5m }\n");
  BOOST_TEST(stands("Encryption", "encryption { tls off }"));
  BOOST_TEST(!stands("Encryption", "hostname gw.corp.test"));
  BOOST_TEST(!stands("System Settings", "encryption { tls off }"));
}

BOOST_AUTO_TEST_SUITE_END()
