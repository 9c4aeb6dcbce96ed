#include "reference/gateway/record.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealgate;
using namespace std::chrono_literals;
using queue::RecipientState;
using smtp::Disposition;

const host::WallTime received_at = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2);

queue::StoredMessage stored(int attempts) {
  queue::StoredMessage made;
  made.queue_id = "ABC";
  made.received_at = received_at;
  made.recipients.resize(1);
  made.recipients[0].forward_path = "bob@partner.test";
  made.recipients[0].attempts = attempts;
  return made;
}

queue::RecipientUpdate update(Disposition disposition, host::Duration age, int attempts = 0) {
  return make_update(gateway::reference_decisions(), {}, stored(attempts), 0,
                     {disposition, "handshake-failed", "r", "t", "mx"}, received_at + age);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_temporary_failure_is_delayed_by_the_schedule) {
  const auto first = update(Disposition::temporary, 1s);
  BOOST_TEST((first.state == RecipientState::delayed));
  BOOST_TEST(first.queue_name == "delayed");
  BOOST_TEST(first.reason == "handshake-failed");
  BOOST_TEST((*first.next_attempt_at == received_at + 1s + 15min));
  BOOST_TEST((*update(Disposition::temporary, 15min, 1).next_attempt_at == received_at + 45min));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_delivered_has_failed_or_expired) {
  const auto failed = update(Disposition::permanent, 1s);
  BOOST_TEST((failed.state == RecipientState::failed));
  BOOST_TEST(failed.reason == "handshake-failed");
  BOOST_TEST(!failed.next_attempt_at.has_value());
  const auto expired = update(Disposition::temporary, 24h, 7);
  BOOST_TEST((expired.state == RecipientState::expired));
  BOOST_TEST(!expired.next_attempt_at.has_value());
}

BOOST_AUTO_TEST_CASE(the_log_names_domains_and_no_local_part) {
  const gateway::RecipientVerdict verdict{Disposition::temporary, "handshake-failed", "r", "",
                                          "mx"};
  const auto line = log_line(stored(0), update(Disposition::temporary, 0s), verdict);
  BOOST_TEST(line ==
             "ABC: #0 at partner.test delayed: handshake-failed, next attempt "
             "2026-03-02T00:15:00.000000000Z");
}
