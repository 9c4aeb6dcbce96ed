#include "reference/admin/secrets.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/settings/read_settings.hpp"
#include "reference/tls/test_machine.hpp"

using namespace sealgate;
using namespace std::string_literals;

namespace {

struct Machine : tls::test::TestMachine {
  std::string seal(std::string text) {
    auto sealed = run(sealing(std::move(text)));
    BOOST_REQUIRE(sealed.has_value());
    return *std::move(sealed);
  }
  boost::asio::awaitable<std::optional<std::string>> sealing(std::string text) {
    auto done = admin::seal_secrets(*this, std::move(text));
    auto sealed = co_await std::move(done);
    if (!sealed) co_return std::nullopt;
    co_return *std::move(sealed);
  }
};

const std::string needed =
    "hostname gw.corp.test; protected-domain corp.test; dns-server 192.0.2.53:53\n";
const std::string login =
    "third-party { # kept\n  trigger \"X-E:y\"; success \"X-S:y\"; failure \"X-S:n\"\n"
    "  server 192.0.2.40:25; require-authentication user \"g\" password \"hunter\\\"2\" }\n";

settings::Settings read(const std::string& text) {
  syntax::Diagnostics diagnostics;
  auto made = settings::parse_settings("sealgate.conf", text, diagnostics);
  BOOST_TEST(diagnostics.render() == "");
  return made.value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(secrets)

BOOST_FIXTURE_TEST_CASE(what_is_typed_in_is_sealed_and_opens_again, Machine) {
  const auto sealed = seal(needed + login);
  BOOST_TEST(sealed.find("hunter") == sealed.npos);
  BOOST_TEST(sealed.starts_with(needed + "third-party { # kept\n"));
  BOOST_TEST(files.contains(admin::secret_key_file));
  BOOST_TEST(seal(sealed) == sealed);
  auto settings = read(sealed);
  BOOST_TEST(settings.third_party->login->password == "");
  BOOST_TEST(!admin::open_secrets(*this, settings).has_value());
  BOOST_TEST(settings.third_party->login->password == "hunter\"2");
  BOOST_TEST(seal(needed + login) != sealed);
}

BOOST_FIXTURE_TEST_CASE(without_a_password_there_is_no_key, Machine) {
  BOOST_TEST(seal(needed) == needed);
  BOOST_TEST(files.empty());
}

BOOST_FIXTURE_TEST_CASE(settings_of_another_machine_are_refused_with_the_remedy, Machine) {
  auto settings = read(seal(needed + login));
  files.clear();
  const auto why = admin::open_secrets(*this, settings);
  BOOST_REQUIRE(why.has_value());
  BOOST_TEST(why->find("type it in again") != why->npos);
}

BOOST_FIXTURE_TEST_CASE(a_key_that_cannot_be_read_is_not_replaced, Machine) {
  files["secrets.key"] = "torn";
  BOOST_TEST(!run(sealing(needed + login)).has_value());
  BOOST_TEST(files["secrets.key"] == "torn");
}

BOOST_FIXTURE_TEST_CASE(what_is_shown_has_neither_form_of_it, Machine) {
  const auto sealed = seal(login);
  const auto at = sealed.find("sealed \"") + 8;
  const auto value = sealed.substr(at, sealed.find('"', at) - at);
  const auto shown = admin::hidden(sealed);
  BOOST_TEST(shown.find(value) == shown.npos);
  BOOST_TEST(shown.find("sealed \"" + value.substr(0, 8) + "…\"") != shown.npos);
  BOOST_TEST(admin::hidden(login).find("hunter") == shown.npos);
  BOOST_TEST(admin::hidden("when subject contains \"password\"") ==
             "when subject contains \"password\"");
}

BOOST_AUTO_TEST_CASE(no_complaint_quotes_a_password_however_it_is_misspelt) {
  for (const auto* wrong :
       {"third-party { require-authentication user \"g\" password \"hunter2\"; server x }",
        "third-party { require-authentication user \"g\" pasword \"hunter2\" }",
        "third-party { require-authentication user \"g\" \"hunter2\" }",
        "third-party { require-authentification user \"g\" password \"hunter2\" }",
        "third-party { require-authentication user \"g\" password hunter2 }",
        "third-party { require-authentication user \"g\" password \"hunter2 }",
        "third-party { password \"hunter2\" }",
        "require-authentication user \"g\" password \"hunter2\" extra"}) {
    syntax::Diagnostics diagnostics;
    const auto text = needed + wrong;
    BOOST_TEST(!settings::parse_settings("sealgate.conf", text, diagnostics).has_value());
    const auto said = diagnostics.render();
    const auto told = admin::scrubbed(said, text);
    BOOST_TEST(told.find("hunter2") == told.npos, told);
    BOOST_TEST(told.find("sealgate.conf:2:") != told.npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()
