#include <boost/test/unit_test.hpp>
#include <map>

#include "sim/plan/make_plans.hpp"

namespace {

using namespace sealcheck;

struct Made {
  std::vector<plan::Plan> plans;
  std::string complaints;

  const plan::Admin& admin(std::size_t step = 1) const {
    return std::get<plan::Admin>(plans.at(0).steps.at(step).action);
  }
};

Made make(const std::string& body) {
  const std::map<std::string, std::string> files{
      {"catalogue.req", "chapter TLS-M \"Mandatory\" { requirement TLS-M-01 \"Works.\" }\n"},
      {"x.scn",
       "scenario \"A title\" {\n    mx mx.partner.test for partner.test\n"
       "    gateway {\n        encryption { tls on }\n"
       "        delivery { retry-interval 15m; retry-growth fixed }\n"
       "        route \"Partners\" for partner.test { tls marked }\n"
       "        policy \"Confidential\" { when subject contains \"secret\"; action encrypt }\n"
       "    }\n"
       "    send m1 from alice@corp.test to bob@partner.test carol@partner.test\n" +
           body + "}\n"}};
  const syntax::Reader reader = [&](const std::string& path) -> boost::system::result<std::string> {
    const auto found = files.find(path);
    if (found == files.end())
      return make_error_code(boost::system::errc::no_such_file_or_directory);
    return found->second;
  };
  syntax::Diagnostics diagnostics;
  const auto catalogue = plan::Catalogue::load("catalogue.req", reader, diagnostics);
  Made made;
  made.plans = plan::make_plans("x.scn", reader, catalogue, diagnostics);
  made.complaints = diagnostics.render();
  return made;
}

const std::string& configuration(const plan::Admin& admin) {
  BOOST_REQUIRE_EQUAL(admin.operation, "apply");
  return admin.arguments.at(0).second;
}

bool has(const std::string& text, const std::string& part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) BOOST_TEST_MESSAGE("not there: " << part << " in:\n" << text);
  return found;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_change_of_settings_is_the_whole_new_configuration) {
  const Made made = make(
      "admin changes gateway { delivery { retry-interval 5m }; policy \"Confidential\" { action "
      "permit }; message-size-maximum 1MB }\n");
  BOOST_REQUIRE_EQUAL(made.complaints, "");
  const std::string& text = configuration(made.admin());
  BOOST_TEST(has(text, "hostname gw.corp.test"));
  BOOST_TEST(has(text, "retry-interval 5m"));
  BOOST_TEST(text.find("15m") == std::string::npos);
  BOOST_TEST(has(text, "retry-growth fixed"));  // of the same block: stays
  BOOST_TEST(has(text, "route \"Partners\""));
  BOOST_TEST(has(text, "message-size-maximum 1MB"));
  BOOST_TEST(has(text, "action permit"));
  BOOST_TEST(text.find("secret") == std::string::npos);  // what has a name is replaced as a whole
}

BOOST_AUTO_TEST_CASE(changes_build_on_each_other_unless_they_are_refused) {
  const Made made = make(
      "admin changes gateway { delivery { retry-interval 5m } }\n"
      "admin changes gateway and is refused with \"below\" { delivery { retry-interval 1ms } }\n"
      "admin removes policy \"Confidential\" from gateway\n");
  BOOST_REQUIRE_EQUAL(made.complaints, "");
  BOOST_TEST(made.admin(2).refused_with.value() == "below");
  BOOST_TEST(has(configuration(made.admin(2)), "retry-interval 1ms"));
  BOOST_TEST(has(configuration(made.admin(3)), "retry-interval 5m"));
  BOOST_TEST(configuration(made.admin(3)).find("Confidential") == std::string::npos);
  BOOST_TEST(has(make("admin removes route \"Partner\" from gateway\n").complaints,
                 "the gateway has no route \"Partner\" here"));
}

BOOST_AUTO_TEST_CASE(a_change_says_what_changes_and_pages_count_for_what_is_removed) {
  const auto argument = [](const plan::Admin& admin, std::string_view name) {
    for (const auto& [key, value] : admin.arguments)
      if (key == name) return value;
    return std::string();
  };
  const Made made = make(
      "admin changes gateway { delivery { retry-interval 5m } }\n"
      "admin on page \"Add (or Edit) Route\" presses ok { types { route \"New\" for new.test }; "
      "adds; types { route \"Typed\" for typed.test } }\n"
      "admin on page \"Add (or Edit) Route\" presses ok { removes route \"Partners\" }\n"
      "admin removes route \"New\" from gateway\n");
  BOOST_REQUIRE_EQUAL(made.complaints, "");
  BOOST_TEST(argument(made.admin(1), "configuration-change") == "delivery { retry-interval 5m }\n");
  BOOST_TEST(argument(made.admin(4), "kind") == "route");
  BOOST_TEST(argument(made.admin(4), "name") == "New");
  BOOST_TEST(configuration(made.admin(4)).find("route") == std::string::npos);
  BOOST_TEST(has(to_text(made.admin(1)), "the operation apply"));
  BOOST_TEST(!has(to_text(made.admin(1)), "retry-interval"));  // secrets may stand there
  BOOST_TEST(make("admin on page \"Add (or Edit) Route\" presses cancel { removes route "
                  "\"Partners\" }\nadmin removes route \"Partners\" from gateway\n")
                 .complaints == "");
}

BOOST_AUTO_TEST_CASE(an_operation_on_the_queue_is_one_for_each_recipient) {
  const Made made = make("admin releases m1 for each\nadmin flushes queue\n");
  BOOST_REQUIRE_EQUAL(made.complaints, "");
  BOOST_TEST(made.admin(1).operation == "release");
  BOOST_TEST(to_text(made.admin(2)).ends_with("carol@partner.test"));
  BOOST_TEST(made.admin(3).operation == "flush");
  BOOST_TEST(has(make("admin deletes m1\n").complaints, "'m1' has 2 recipients"));
}
