#include <boost/test/unit_test.hpp>

#include "sim/plan/test_scenario.hpp"

namespace {

using namespace sealcheck;
using plan::make;
using plan::two_recipients;

template <class Action>
const Action& action(const plan::Made& made, std::size_t step) {
  BOOST_REQUIRE_EQUAL(made.complaints, "");
  return std::get<Action>(made.plan().steps.at(step).action);
}

}  // namespace

BOOST_AUTO_TEST_CASE(several_times_are_as_many_expectations) {
  const auto made = make(two_recipients + "expect mx.partner.test sees starttls 3 times\n");
  BOOST_REQUIRE_EQUAL(made.complaints, "");
  BOOST_TEST(made.plan().steps.size() == 4u);
  BOOST_TEST(make(two_recipients + "expect mx.partner.test sees starttls 0 times\n")
                 .complains("write 'never'"));
}

BOOST_AUTO_TEST_CASE(expect_all_has_a_part_for_each_delivery) {
  const auto made = make(two_recipients +
                         "expect all within 5m after send {\n"
                         "    mx.partner.test receives m1 for each shows TLS-M-01\n"
                         "    m1 is answered 250 tolerate 451 or lost\n}\n");
  const auto& all = action<plan::ExpectAll>(made, 1);
  BOOST_REQUIRE_EQUAL(all.parts.size(), 3u);
  BOOST_TEST(all.parts[1].requirements.front() == "TLS-M-01");
  BOOST_TEST(all.parts[1].place.position == "x.scn:6:5");
  BOOST_TEST(to_text(all.parts[2].condition) == "m1 is answered 250 tolerate 451 or lost");
  BOOST_TEST(*all.window.to_ns == 300'000'000'000);
  BOOST_TEST(make(two_recipients + "expect all { }\n").complains("nothing is expected here"));
  BOOST_TEST(make(two_recipients + "expect all { m1 in queue delayed }\n").complains("x.scn:5:"));
}

BOOST_AUTO_TEST_CASE(an_outcome_is_for_one_recipient_and_somebody_must_see_it) {
  const auto made = make("    mx mx.corp.test for corp.test\n" + two_recipients +
                         "expect m1 for each is delivered\n"
                         "expect m1 for bob@partner.test is expired within 1h after m1 for "
                         "carol@partner.test is delivered\n");
  const auto& second = action<plan::Expect>(made, 2).condition;
  BOOST_TEST(to_text(second) == "m1 for carol@partner.test is delivered");
  BOOST_TEST(std::get<plan::Outcome>(second).peers == std::vector<std::string>{"mx.partner.test"});
  const auto& expect = action<plan::Expect>(made, 3);
  BOOST_TEST(std::get<plan::Outcome>(expect.condition).peers ==
             std::vector<std::string>{"mx.corp.test"});
  BOOST_TEST(to_text(*expect.window.after) == "m1 for carol@partner.test is delivered");
  BOOST_TEST(make(two_recipients + "expect m1 is delivered\n").complains("write 'm1 for each'"));
  BOOST_TEST(make(two_recipients + "expect m1 for each is expired\n")
                 .complains("declare who takes mail for it: mx mx.corp.test for corp.test"));
  BOOST_TEST(make(two_recipients + "crash gateway by kill when m1 for each is delivered\n")
                 .complains("a crash happens once"));
}

BOOST_AUTO_TEST_CASE(a_window_may_count_from_an_event) {
  const auto made =
      make(two_recipients +
           "expect mx.partner.test sees mail within 5s after mx.partner.test sees starttls\n"
           "expect queue is empty within 5s after m1 is answered 250\n"
           "expect mx.partner.test sees quit after send\n");
  BOOST_TEST(to_text(*action<plan::Expect>(made, 1).window.after) ==
             "mx.partner.test sees STARTTLS");
  BOOST_TEST(to_text(*action<plan::Expect>(made, 2).window.after) == "m1 is answered 250");
  BOOST_TEST((action<plan::Expect>(made, 3).window.anchor == plan::Anchor::last_send));
  BOOST_TEST(*action<plan::Expect>(made, 3).window.from_ns == 0);
  const auto wrong = make(two_recipients +
                          "expect queue is empty within 5s after mx.other.test sees mail\n"
                          "expect queue is empty within 5s after m2 is answered 250\n"
                          "expect queue is empty within 5s after mx.partner.test receives m1\n"
                          "expect queue is empty within 5s after admin\n");
  BOOST_TEST(wrong.complains("there is no peer 'mx.other.test'"));
  BOOST_TEST(wrong.complains("no message 'm2' is sent"));
  BOOST_TEST(wrong.complains("'m1' has 2 recipients"));
  BOOST_TEST(wrong.complains("there is no admin before this line"));
}

BOOST_AUTO_TEST_CASE(a_peer_is_changed_to_a_phase_by_its_name) {
  const std::string phase = "phase broken of mx.partner.test { starttls answers stall }\n";
  const auto made = make(two_recipients + phase +
                         "change mx.partner.test to broken and drop "
                         "connections\n");
  const auto& change = action<plan::Change>(made, 1);
  BOOST_TEST((change.phase.starttls == plan::StartTls::stall));
  BOOST_TEST(change.drop_connections);
  BOOST_TEST(make(two_recipients + phase + "change mx.partner.test to brokn\n")
                 .complains("did you mean 'broken'?"));
  BOOST_TEST(make(two_recipients + phase + phase).complains("already has a phase 'broken'"));
  BOOST_TEST(make(two_recipients + "change mx.partner.test to mended\n")
                 .complains("declare it: phase mended of mx.partner.test"));
}

BOOST_AUTO_TEST_CASE(outcomes_are_for_a_recipient) {
  const auto made =
      make(two_recipients +
           "expect m1 for carol@partner.test is answered 550\n"
           "expect mx.partner.test receives report failed about m1 for bob@partner.test because "
           "\"4.4.7\"\n");
  BOOST_TEST(to_text(action<plan::Expect>(made, 1).condition) ==
             "m1 for carol@partner.test is answered 550");
  const auto& report = std::get<plan::ReceivesReport>(action<plan::Expect>(made, 2).condition);
  BOOST_TEST(report.message_id == made.plan().messages[0].message_id);
  BOOST_TEST(report.because == "4.4.7");
  BOOST_TEST(make(two_recipients + "never mx.partner.test receives report failed about m1\n")
                 .complains("'m1' has 2 recipients"));
}

BOOST_AUTO_TEST_CASE(a_client_says_octets_and_gets_codes) {
  const auto made = make(two_recipients +
                         "message m2 from nobody at elsewhere.test to alice@corp.test { raw "
                         "\".\\r\\nx\" }\n"
                         "client c1 from elsewhere.test connects {\n"
                         "    gets 220\n    says \"RSET\\n\\x00\" 2 times one octet every 5ms\n"
                         "    says content of m2\n    gets 2 within 5s\n    starts tls\n"
                         "    is hung up on\n    resets\n}\n");
  const auto& talk = action<plan::Talk>(made, 1);
  BOOST_TEST(talk.origin == "people.elsewhere.test");
  BOOST_REQUIRE_EQUAL(talk.steps.size(), 7u);
  BOOST_TEST(talk.steps[0].code == 220);
  BOOST_TEST(talk.steps[1].bytes == std::string("RSET\n\0", 6));
  BOOST_TEST(talk.steps[1].times == 2u);
  BOOST_TEST(talk.steps[1].duration_ns == 5'000'000);
  BOOST_TEST(talk.steps[2].bytes == "..\r\nx\r\n.\r\n");
  BOOST_TEST((talk.steps[6].kind == plan::TalkStep::Kind::reset));
  BOOST_TEST(made.plan().messages[1].sender == "");
  BOOST_TEST(make(two_recipients + "client c1 from x.test connects { gets 99 }\n")
                 .complains("a reply code lies between 200 and 599"));
}

BOOST_AUTO_TEST_CASE(columns_may_have_types_that_are_checked_cell_by_cell) {
  const auto table = [](const std::string& rows) {
    return make("rows way:mx/starttls code:integer why {\n" + rows +
                "}\n    mx mx.partner.test for partner.test { starttls $way }\n"
                "    gateway { }\n    send m1 from a@corp.test to b@partner.test\n"
                "    expect m1 is answered $code\n    expect m1 in queue $why\n");
  };
  const auto good = table("row works 250 delayed\nrow \"answers eof\" 451 delayed\n");
  BOOST_REQUIRE_EQUAL(good.complaints, "");
  BOOST_TEST(good.plans.at(1).id == "x.scn#2");
  const auto bad = table("row works 250 delayed\nrow \"answers oef\" many delayed\n");
  BOOST_TEST(bad.plans.empty());
  BOOST_TEST(
      bad.complains("x.scn:4:5: error: 'answers oef' is not what may follow starttls in "
                    "the column 'way'"));
  BOOST_TEST(bad.complains("x.scn:4:19: error: 'many' is not a whole number"));
  BOOST_TEST(make("rows a:colour { row red }\n" + two_recipients).complains("no type 'colour'"));
  BOOST_TEST(
      make("rows a:mx/nothing { row red }\n" + two_recipients).complains("no type 'mx/nothing'"));
}

BOOST_AUTO_TEST_CASE(a_row_that_makes_no_plan_is_named) {
  const auto made = make(
      "rows to { row partner.test; row nowhere.test }\n"
      "    mx mx.partner.test for partner.test\n    gateway { }\n"
      "    send m1 from a@corp.test to b@partner.test\n"
      "    expect mx.$to receives m1\n");
  BOOST_TEST(made.complains("there is no peer 'mx.nowhere.test'"));
  BOOST_TEST(made.complains("so it is with the values of this row"));
}
