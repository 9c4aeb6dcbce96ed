#include "reference/policy/owner_notice.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/policy/test_policies.hpp"

namespace {

using namespace sealgate::policy;

Incident incident(std::string policy, std::vector<std::string> notify) {
  Incident made;
  made.policy = made.rule = std::move(policy);
  made.action = Action::encrypt;
  made.condition = "subject contains \"secret\"";
  made.where = "subject, offset 4";
  made.notify = std::move(notify);
  return made;
}

const NoticeFacts facts{"gw.corp.test", "Q1", {}};

}  // namespace

BOOST_AUTO_TEST_CASE(each_owner_gets_one_mail_about_all_of_his_policies) {
  const auto notices = make_notices(
      {incident("A", {"carol@corp.test"}), incident("B", {"carol@corp.test", "dave@corp.test"}),
       incident("A", {"carol@corp.test"})},
      facts);
  BOOST_REQUIRE(notices.size() == 2u);
  BOOST_TEST(notices[0].owner == "carol@corp.test");
  const auto& text = notices[0].content;
  BOOST_TEST(text.find("Policy:    A\r\n") == text.rfind("Policy:    A\r\n"));
  BOOST_TEST(text.find("Policy:    B\r\n") != text.npos);
  BOOST_TEST(text.find("Where:     subject, offset 4\r\n") != text.npos);
  BOOST_TEST(notices[1].content.find("Policy:    A\r\n") == text.npos);
  BOOST_TEST(text.find("Auto-Submitted: auto-generated\r\n") != text.npos);
  BOOST_TEST(make_notices({incident("A", {})}, facts).empty());
}

BOOST_AUTO_TEST_CASE(what_was_only_monitored_says_so) {
  auto monitored = incident("A", {"carol@corp.test"});
  monitored.enforced = false;
  const auto notices = make_notices({monitored}, facts);
  BOOST_TEST(notices.at(0).content.find("(monitored only, nothing was done)") != std::string::npos);
}
