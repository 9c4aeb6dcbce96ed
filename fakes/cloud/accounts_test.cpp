#include "fakes/cloud/accounts.hpp"

#include <boost/test/unit_test.hpp>

#include "fakes/cloud/sealer.hpp"
#include "reference/host/real/loopback_fixture.hpp"

using namespace fakes;
using boost::asio::awaitable;

namespace {

constexpr std::uint64_t quick = 16;

struct Lab : host::test::Loopback {
  /// `work` with the accounts as they are on the disk.
  template <class Work>
  void with_accounts(Work work) {
    Accounts accounts(host, quick);
    auto session = work(accounts);
    start(std::move(session));
    run();
  }
};

const std::string bob = "bob@partner.test";

}  // namespace

BOOST_AUTO_TEST_CASE(a_generation_is_made_once_and_outlives_the_service) {
  Lab lab;
  std::string first;
  std::string key_id;
  SealingKey key{};
  auto make = [&](Accounts& accounts) -> awaitable<void> {
    BOOST_TEST(!accounts.generation_of(bob));
    auto making = accounts.generation_for(bob);
    first = (co_await std::move(making)).value();
    auto again = accounts.generation_for("BOB@Partner.test");
    const std::string second = (co_await std::move(again)).value();
    BOOST_TEST(second == first);
    auto other = accounts.generation_for("eve@partner.test");
    const std::string another = (co_await std::move(other)).value();
    BOOST_TEST(another != first);
    auto asking = accounts.service_key();
    const WrappingRoot* made = (co_await std::move(asking)).value();
    key_id = made->key_id();
    key = made->derive("bob");
  };
  lab.with_accounts(make);
  BOOST_TEST(first.size() == 16);
  auto look = [&](Accounts& accounts) -> awaitable<void> {
    BOOST_TEST((accounts.generation_of("BOB@partner.test") == first));
    auto asking = accounts.service_key();
    const WrappingRoot* read = (co_await std::move(asking)).value();
    BOOST_TEST(key_id == read->key_id());
    BOOST_TEST(key == read->derive("bob"));
  };
  lab.with_accounts(look);
}

BOOST_AUTO_TEST_CASE(a_password_is_in_force_once_the_address_is_proven) {
  Lab lab;
  std::string token;
  auto registers = [&](Accounts& accounts) -> awaitable<void> {
    auto unknown = accounts.register_password(bob, "correct horse");
    const auto refused = co_await std::move(unknown);
    BOOST_TEST(!refused);  // no message has come for him
    auto making = accounts.generation_for(bob);
    co_await std::move(making);
    auto first = accounts.register_password(bob, "somebody else's");
    const std::string first_token = (co_await std::move(first)).value();
    auto second = accounts.register_password(bob, "correct horse");
    token = (co_await std::move(second)).value();
    BOOST_TEST(!accounts.is_registered(bob));
    BOOST_TEST(!accounts.may_log_in(bob, "correct horse"));
    auto late = accounts.confirm(first_token, "somebody else's");
    const auto nobody = (co_await std::move(late)).value();
    BOOST_TEST(!nobody);
  };
  lab.with_accounts(registers);
  auto confirms = [&](Accounts& accounts) -> awaitable<void> {
    for (const auto& [link, password] :
         {std::pair(token, "wrong"), std::pair(std::string(32, '0'), "correct horse")}) {
      auto trying = accounts.confirm(link, password);
      const auto nobody = (co_await std::move(trying)).value();
      BOOST_TEST(!nobody);
    }
    auto right = accounts.confirm(token, "correct horse");
    const auto who = (co_await std::move(right)).value();
    BOOST_TEST((who == bob));
    auto again = accounts.confirm(token, "correct horse");
    const auto nobody = (co_await std::move(again)).value();
    BOOST_TEST(!nobody);
  };
  lab.with_accounts(confirms);
  auto logs_in = [&](Accounts& accounts) -> awaitable<void> {
    BOOST_TEST(accounts.is_registered(bob));
    BOOST_TEST(accounts.may_log_in("Bob@Partner.TEST", "correct horse"));
    BOOST_TEST(!accounts.may_log_in(bob, "Correct horse"));
    BOOST_TEST(!accounts.may_log_in("eve@partner.test", "correct horse"));
    auto twice = accounts.register_password(bob, "another one");
    const auto refused = co_await std::move(twice);
    BOOST_TEST(!refused);
    co_return;
  };
  lab.with_accounts(logs_in);
  const std::string file = lab.host.storage().read_file("accounts").value();
  BOOST_TEST(file.find("horse") == std::string::npos);
  BOOST_TEST(file.find(token) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_link_lives_a_day) {
  Lab lab;
  std::string token;
  auto registers = [&](Accounts& accounts) -> awaitable<void> {
    auto making = accounts.generation_for(bob);
    co_await std::move(making);
    auto asking = accounts.register_password(bob, "correct horse");
    token = (co_await std::move(asking)).value();
  };
  lab.with_accounts(registers);
  auto expires = [&](Accounts&) -> awaitable<void> {
    std::string file = lab.host.storage().read_file("accounts").value();
    const auto at = file.find("\"expires\":") + 10;
    const auto ns = std::stoll(file.substr(at));
    const auto left = host::WallTime(host::Duration(ns)) - lab.host.wall_now();
    BOOST_TEST((left > std::chrono::hours(23) && left <= std::chrono::hours(24)));
    file.replace(at, file.find_first_of(",}", at) - at, "1");
    auto writing = lab.host.storage().replace_file("accounts", file);
    co_await std::move(writing);
  };
  lab.with_accounts(expires);
  auto confirms = [&](Accounts& accounts) -> awaitable<void> {
    auto late = accounts.confirm(token, "correct horse");
    const auto nobody = (co_await std::move(late)).value();
    BOOST_TEST(!nobody);
  };
  lab.with_accounts(confirms);
}

BOOST_AUTO_TEST_CASE(what_was_sealed_before_an_account_was_deleted_stays_closed) {
  Lab lab;
  auto whole_life = [&](Accounts& accounts) -> awaitable<void> {
    auto making = accounts.generation_for(bob);
    const std::string before = (co_await std::move(making)).value();
    auto removing = accounts.remove("BOB@partner.test");
    const auto error = co_await std::move(removing);
    BOOST_TEST(!error);
    BOOST_TEST(!accounts.generation_of(bob));
    auto anew = accounts.generation_for(bob);
    const std::string after = (co_await std::move(anew)).value();
    BOOST_TEST(after != before);
  };
  lab.with_accounts(whole_life);
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_told) {
  Lab lab;
  auto damage = [&]() -> awaitable<void> {
    auto writing = lab.host.storage().replace_file("accounts", "{\"accounts\": 7}");
    co_await std::move(writing);
  };
  auto work = damage();
  lab.start(std::move(work));
  lab.run();
  BOOST_CHECK_THROW(Accounts(lab.host, quick), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(the_service_seals_for_one_account_and_its_file_opens_nothing) {
  Lab lab;
  auto seals = [&](Accounts& accounts) -> awaitable<void> {
    Sealer sealer(lab.host, accounts, {"Secure Mail", "https://portal.hybrid.test/open"});
    auto one = sealer.seal({"alice@corp.test", "Bob@Partner.test", "<m1>"}, "secret");
    const std::string first = (co_await std::move(one)).value();
    auto two = sealer.seal({"alice@corp.test", "Bob@Partner.test", "<m1>"}, "secret");
    const std::string second = (co_await std::move(two)).value();
    BOOST_TEST(first.find("secret") == std::string::npos);
    BOOST_TEST(first.find("To: <bob@partner.test>\r\n") != std::string::npos);
    const auto content = first.find("name=\"content\"");
    BOOST_TEST(first.substr(content, 60) != second.substr(second.find("name=\"content\""), 60));
    BOOST_TEST(accounts.generation_of("bob@partner.test").has_value());
  };
  lab.with_accounts(seals);
}
