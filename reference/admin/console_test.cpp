#include "reference/admin/console.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/tls/test_machine.hpp"

using namespace sealgate;
using admin::Form;

namespace {

constexpr const char* before = R"(# Kept.
hostname gw.corp.test
protected-domain corp.test
dns-server 192.0.2.53:53
encryption { tls on }
)";

/// A console whose gateway takes what it is given, unless told not to.
struct Office : tls::test::TestMachine {
  std::vector<std::string> logged;
  int applied = 0;
  bool gateway_refuses = false;
  bool tls = true;
  std::string login;
  std::optional<std::string> objection;
  admin::Console console{*this,
                         before,
                         [this](settings::Settings settings) { return take(std::move(settings)); },
                         {},
                         [this](const settings::Settings&) { return objection; }};

  Office() { files["sealgate.conf"] = before; }

  boost::asio::awaitable<host::ErrorCode> take(settings::Settings settings) {
    if (gateway_refuses) co_return make_error_code(host::Error::not_durable);
    ++applied;
    tls = settings.encryption.tls;
    if (settings.third_party && settings.third_party->login)
      login = settings.third_party->login->password;
    co_return host::ErrorCode{};
  }
  void log(host::Severity, std::string_view component, std::string_view text) override {
    logged.push_back(std::string(component) + ": " + std::string(text));
  }
  admin::Outcome ok(Form form) { return run(console.ok("carol", std::move(form))); }
  std::string file() { return files.at("sealgate.conf"); }
};

Form form_on(const char* page, const char* statement) {
  Form form(page);
  form.set(statement);
  return form;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(console)

BOOST_FIXTURE_TEST_CASE(what_the_gateway_objects_to_changes_nothing_and_is_logged, Office) {
  objection = "something in force speaks against it";
  const auto outcome = ok(form_on("Encryption", "encryption { tls off }"));
  BOOST_TEST(outcome.refusal == *objection);
  BOOST_TEST(applied == 0);
  BOOST_TEST(file() == before);
  const std::vector<std::string> expected{
      "admin: carol on Settings > Inbound/Outbound > Encryption: refused: something in force "
      "speaks against it"};
  BOOST_TEST(logged == expected, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(ok_changes_the_gateway_and_the_file, Office) {
  const auto outcome = ok(form_on("Encryption", "encryption { tls off }"));
  BOOST_REQUIRE_MESSAGE(outcome.done(), outcome.refusal);
  BOOST_TEST(!tls);
  BOOST_TEST(file().starts_with("# Kept.\n"));
  BOOST_TEST(file().find("encryption { tls off }") != std::string::npos);
  BOOST_TEST(files.at("sealgate.conf.1") == before);
  BOOST_TEST(console.read("Encryption").value() == "encryption { tls off }\n");
  BOOST_REQUIRE(logged.size() == 2u);
  BOOST_TEST(logged[0] ==
             "admin: carol on Settings > Inbound/Outbound > Encryption: - encryption { tls on }");
}

BOOST_FIXTURE_TEST_CASE(earlier_versions_are_kept_and_the_oldest_is_forgotten, Office) {
  for (int i = 1; i <= 11; ++i)
    BOOST_TEST(ok(form_on("Undelivered Message Options",
                          ("delivery { retry-interval " + std::to_string(i) + "m }").c_str()))
                   .done());
  BOOST_TEST(files.at("sealgate.conf.1").find("retry-interval 10m") != std::string::npos);
  BOOST_TEST(files.at("sealgate.conf.9").find("retry-interval 2m") != std::string::npos);
  BOOST_TEST(!files.contains("sealgate.conf.10"));
}

BOOST_FIXTURE_TEST_CASE(a_page_takes_its_own_settings_only, Office) {
  const auto outcome = ok(form_on("Encryption", "hostname other.test"));
  BOOST_TEST(outcome.refusal ==
             "'hostname' is not on the page Settings > Inbound/Outbound > Encryption");
  BOOST_TEST(ok(form_on("Weather", "sun on")).refusal == "there is no page 'Weather'");
  BOOST_TEST(file() == before);
}

BOOST_FIXTURE_TEST_CASE(a_policy_is_its_owners, Office) {
  BOOST_REQUIRE(
      ok(form_on("Administrator Accounts", "administrator erin at erin@corp.test")).done());
  const char* erins = "policy \"Board\" { owners erin; when subject contains \"x\"; action drop }";
  const char* anybodys = "policy \"Offers\" { when subject contains \"y\"; action encrypt }";
  BOOST_REQUIRE(ok(form_on("Manage Policies", erins)).done());
  BOOST_REQUIRE(ok(form_on("Manage Policies", anybodys)).done());
  const auto kept = file();
  BOOST_TEST(console.may_read_all("erin"));
  BOOST_TEST(!console.may_read_all("carol"));

  const char* softer =
      "policy \"Board\" { owners erin; when subject contains \"x\"; action permit }";
  BOOST_TEST(ok(form_on("Manage Policies", softer)).refusal ==
             "the policy 'Board' belongs to erin: carol may not change it");
  Form removal("Manage Policies");
  removal.remove("policy \"Board\"");
  BOOST_TEST(!ok(removal).done());
  BOOST_TEST(file() == kept);
  BOOST_TEST(!run(console.replace("carol", before)).done());

  const auto shown = [&](const char* who) { return console.read("Manage Policies", who).value(); };
  BOOST_TEST(shown("carol").find("Board") == std::string::npos);
  BOOST_TEST(shown("carol").find("Offers") != std::string::npos);
  BOOST_TEST(shown("erin").find("Board") != std::string::npos);
  BOOST_TEST(run(console.ok("erin", form_on("Manage Policies", softer))).done());
  BOOST_TEST(run(console.replace("", before)).done());
}

BOOST_FIXTURE_TEST_CASE(nothing_changes_where_anything_fails, Office) {
  gateway_refuses = true;
  BOOST_TEST(ok(form_on("Encryption", "encryption { tls off }"))
                 .refusal.starts_with("the settings stay as they are"));
  gateway_refuses = false;
  refuse_replacing = true;
  BOOST_TEST(!ok(form_on("Encryption", "encryption { tls off }")).done());
  refuse_replacing = false;
  BOOST_TEST(ok(form_on("Encryption", "encryption { tls maybe }")).refusal.find("maybe") !=
             std::string::npos);
  BOOST_TEST(file() == before);
  BOOST_TEST(console.text() == before);
  BOOST_TEST(applied == 0);
  BOOST_TEST(tls);
}

BOOST_FIXTURE_TEST_CASE(a_change_that_is_made_may_warn, Office) {  // HYB-08
  const auto both = ok(form_on("Encryption", "encryption { tls on; other-method hybrid }"));
  BOOST_REQUIRE_MESSAGE(both.done(), both.refusal);
  BOOST_REQUIRE(both.warnings.size() == 1u);
  BOOST_TEST(both.warnings[0].find("TLS is on beside the hybrid service") != std::string::npos);
  BOOST_TEST(
      ok(form_on("Encryption", "encryption { tls off; other-method hybrid }")).warnings.empty());
}

BOOST_FIXTURE_TEST_CASE(an_entry_counts_once_it_is_added, Office) {
  Form form("Add (or Edit) Route");
  form.type("route \"Typed\" for typed.test");
  form.type("route \"Added\" for added.test { tls marked }");
  BOOST_TEST(form.add());
  BOOST_TEST(!form.add());
  form.type("route \"Left\" for left.test");
  BOOST_REQUIRE(ok(form).done());
  BOOST_TEST(file().find("Added") != std::string::npos);
  BOOST_TEST(file().find("Typed") == std::string::npos);
  BOOST_TEST(file().find("Left") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_file_changed_by_hand_is_taken_as_a_whole_or_not_at_all, Office) {
  const auto bad = run(console.replace("root", "hostname gw.corp.test\nencryption { tsl off }\n"));
  BOOST_TEST(bad.refusal.find("sealgate.conf:2:14") != std::string::npos);
  BOOST_TEST(applied == 0);
  std::string text = before;
  text.replace(text.find("tls on"), 6, "tls off");
  BOOST_TEST(run(console.replace("root", text)).done());
  BOOST_TEST(!tls);
}

BOOST_FIXTURE_TEST_CASE(a_password_is_shown_nowhere, Office) {
  const std::string password = "hunter2-and-more";
  const auto typed = [&](const std::string& rest) {
    return "third-party { trigger \"X-E:y\"; success \"X-S:y\"; failure \"X-S:n\"; "
           "server 192.0.2.40:25; require-authentication user \"g\" password \"" +
           password + "\"; " + rest + " }";
  };
  std::vector<std::string> told;
  const auto tell = [&](const admin::Outcome& outcome) {
    told.push_back(outcome.refusal);
    for (const auto* lines : {&outcome.changes, &outcome.warnings})
      told.insert(told.end(), lines->begin(), lines->end());
    return outcome.done();
  };
  BOOST_TEST(tell(ok(form_on("Encryption", typed("").c_str()))));
  BOOST_TEST(login == password);
  BOOST_TEST(tell(ok(form_on("Encryption", "encryption { tls on; other-method hybrid }"))));
  BOOST_TEST(tell(run(console.replace("", before + typed("return-within 2h")))));
  BOOST_TEST(tell(ok(form_on("Encryption", "third-party { return-within 3h }"))));
  BOOST_TEST(login == password);
  BOOST_TEST(!tell(ok(form_on("Encryption", typed("return-within 2x").c_str()))));
  BOOST_TEST(!tell(ok(form_on("Encryption", typed("encrypted-group \"none\"").c_str()))));
  BOOST_TEST(!tell(run(console.replace("", before + typed("encrypted-group \"none\"")))));
  gateway_refuses = true;
  BOOST_TEST(!tell(ok(form_on("Encryption", typed("return-within 4h").c_str()))));

  BOOST_TEST(console.read("Encryption")->find("sealed") != std::string::npos);
  told.push_back(*console.read("Encryption"));
  told.push_back(console.text());
  told.insert(told.end(), logged.begin(), logged.end());
  for (const auto& [name, content] : files) told.push_back(content);
  for (const auto& each : told) BOOST_TEST(each.find(password) == std::string::npos, each);
}

BOOST_AUTO_TEST_SUITE_END()
