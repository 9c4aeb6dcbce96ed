#include "reference/encryption/method_order.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealgate::encryption;
using sealgate::message::Direction;

std::string_view demand(Direction direction, bool marked, bool box, bool tls_enabled = true) {
  sealgate::settings::Encryption enabled;
  enabled.tls = tls_enabled;
  return to_word(plan_for({direction, marked, box}, enabled).demand);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_notice_about_marked_mail_goes_over_tls_or_not_at_all) {
  for (const auto direction : {Direction::inbound, Direction::outbound}) {
    for (const bool enabled : {true, false}) {
      BOOST_TEST(
          (plan_for({direction, true, false, true}, {enabled}).demand == Demand::mandatory_tls));
    }
    BOOST_TEST((plan_for({direction, false, false, true}, {true}).demand == Demand::plain));
  }
}

BOOST_AUTO_TEST_CASE(marked_outbound_mail_demands_tls_whatever_the_box_says) {
  BOOST_TEST(demand(Direction::outbound, true, true) == "mandatory-tls");
  BOOST_TEST(demand(Direction::outbound, true, false) == "mandatory-tls");  // RUL-17
}

BOOST_AUTO_TEST_CASE(marked_outbound_mail_without_a_method_never_goes_by_route) {
  BOOST_TEST(demand(Direction::outbound, true, true, false) == "none-available");  // RUL-15
  BOOST_TEST(demand(Direction::outbound, true, false, false) == "none-available");
}

BOOST_AUTO_TEST_CASE(the_other_method_stands_behind_tls_or_alone) {  // RUL-05, RUL-20
  using sealgate::settings::OtherMethod;
  const RecipientFacts marked{Direction::outbound, true, true};
  for (const auto& [other, demand] : {std::pair(OtherMethod::hybrid, Demand::hybrid),
                                      std::pair(OtherMethod::third_party, Demand::third_party)}) {
    BOOST_TEST((plan_for(marked, {true, other}) == Plan{Demand::mandatory_tls, demand}));
    BOOST_TEST((plan_for(marked, {false, other}) == Plan{demand}));
    for (const auto direction : {Direction::inbound, Direction::internal}) {  // HYB-21, HYB-22
      BOOST_TEST((plan_for({direction, true, false}, {false, other}) == Plan{Demand::plain}));
    }
    BOOST_TEST((plan_for({Direction::outbound, false, false}, {false, other}) == Plan{}));
    const auto encrypted = [&](Direction direction) {  // HYB-23
      return plan_for({direction, false, true, false, true}, {true, other}).demand;
    };
    BOOST_TEST((encrypted(Direction::inbound) == Demand::decryption));
    BOOST_TEST((encrypted(Direction::internal) == Demand::opportunistic_tls));
    BOOST_TEST((encrypted(Direction::outbound) == Demand::opportunistic_tls));
    const RecipientFacts notice{Direction::outbound, true, false, true};  // RUL-21
    BOOST_TEST((plan_for(notice, {false, other}) == Plan{Demand::mandatory_tls}));
  }
}

BOOST_AUTO_TEST_CASE(the_second_method_follows_where_every_host_reached_failed_of_tls) {
  BOOST_TEST(second_follows({.tls_failed = true}));
  BOOST_TEST(second_follows({.tls_failed = true, .unreached = true}));
  BOOST_TEST(!second_follows({}));  // the look-up failed
  BOOST_TEST(!second_follows({.unreached = true}));
  BOOST_TEST(!second_follows({.tls_failed = true, .otherwise = true}));
}

BOOST_AUTO_TEST_CASE(all_other_mail_follows_the_box) {
  for (const auto direction : {Direction::inbound, Direction::internal, Direction::outbound}) {
    BOOST_TEST(demand(direction, false, true) == "opportunistic-tls");
    BOOST_TEST(demand(direction, false, false) == "plain");
  }
  for (const auto direction : {Direction::inbound, Direction::internal}) {  // RUL-02
    BOOST_TEST(demand(direction, true, true) == "opportunistic-tls");
    BOOST_TEST(demand(direction, true, false) == "plain");
  }
}

BOOST_AUTO_TEST_CASE(only_opportunistic_tls_falls_back_to_plain_text) {
  BOOST_TEST((after_tls_failure(Demand::opportunistic_tls) ==
              AfterTlsFailure::plain_text_on_new_connection));
  for (const auto other : {Demand::mandatory_tls, Demand::plain, Demand::none_available}) {
    BOOST_TEST((after_tls_failure(other) == AfterTlsFailure::give_up_host));
  }
}

BOOST_AUTO_TEST_CASE(only_mandatory_tls_asks_for_the_level) {  // RUL-04
  using sealgate::settings::TlsLevel;
  sealgate::settings::Tls asked;
  asked.level = TlsLevel::verify_cn;
  BOOST_TEST((level_for(Demand::mandatory_tls, asked) == TlsLevel::verify_cn));
  BOOST_TEST((level_for(Demand::opportunistic_tls, asked) == TlsLevel::encrypt));
}
