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

const NoticeFacts facts{"gw.corp.test", "Q1", "<m1@corp.test>", {}};

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

BOOST_AUTO_TEST_CASE(it_refers_to_the_message_where_a_header_can) {
  const auto text_about = [](std::string message_id) {
    const NoticeFacts about{"gw.corp.test", "Q1", std::move(message_id), {}};
    return make_notices({incident("A", {"carol@corp.test"})}, about).at(0).content;
  };
  BOOST_TEST(text_about("<m1@corp.test>").find("\r\nReferences: <m1@corp.test>\r\n") !=
             std::string::npos);
  const std::vector<std::string> strange_ones{"m1", "<a b>", "<a\r\nX: y>", "<a><b>",
                                              "<" + std::string(300, 'x') + ">"};
  for (const auto& strange : strange_ones) {
    BOOST_TEST(text_about(strange).find("References") == std::string::npos, strange);
    BOOST_TEST(text_about(strange).find(strange) == std::string::npos, strange);
  }
  BOOST_TEST(text_about("").find("References") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(descriptions_and_severity_are_told) {
  auto described = incident("A", {"carol@corp.test"});
  described.policy_description = "What lawyers write";
  described.rule = "Drafts";
  described.rule_description = "Before they are signed";
  described.severity = Severity::high;
  const auto text = make_notices({described}, facts).at(0).content;
  BOOST_TEST(text.find("Policy:    A\r\n           (What lawyers write)\r\nRule:      Drafts\r\n"
                       "           (Before they are signed)\r\nSeverity:  high\r\n") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_was_only_monitored_says_so) {
  auto monitored = incident("A", {"carol@corp.test"});
  monitored.enforced = false;
  const auto notices = make_notices({monitored}, facts);
  BOOST_TEST(notices.at(0).content.find("(monitored only, nothing was done)") != std::string::npos);
}
