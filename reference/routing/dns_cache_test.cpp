#include "reference/routing/dns_cache.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sealgate::routing;
using namespace std::chrono_literals;

const host::MonoTime start{};
const Question mx{"partner.test", RecordType::mx};

Answer answer(std::chrono::seconds ttl, AnswerStatus status = AnswerStatus::ok) {
  Answer made{status, {}, ttl};
  if (status == AnswerStatus::ok) made.records.resize(1);
  return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dns_cache)

BOOST_AUTO_TEST_CASE(an_answer_lives_as_long_as_it_says) {
  DnsCache cache;
  BOOST_TEST(!cache.find(mx, start));
  cache.store(mx, answer(300s), start);
  BOOST_TEST((cache.find(mx, start + 299s)->ttl == 1s));
  BOOST_TEST(cache.find(mx, start + 299s)->records.size() == 1u);
  BOOST_TEST(!cache.find({"partner.test", RecordType::a}, start));
  BOOST_TEST(!cache.find(mx, start + 300s));
  BOOST_TEST(!cache.find(mx, start));  // it is gone, not only hidden
}

BOOST_AUTO_TEST_CASE(an_absence_is_kept_for_an_hour_at_most_and_a_failure_never) {
  DnsCache cache;
  cache.store(mx, answer(100h, AnswerStatus::nxdomain), start);
  BOOST_TEST((cache.find(mx, start + 59min)->status == AnswerStatus::nxdomain));
  BOOST_TEST(!cache.find(mx, start + 1h));
  cache.store(mx, answer(100h), start);
  BOOST_TEST(cache.find(mx, start + 23h).has_value());
  BOOST_TEST(!cache.find(mx, start + 24h));
  for (const auto failure : {AnswerStatus::servfail, AnswerStatus::timeout, AnswerStatus::refused,
                             AnswerStatus::truncated, AnswerStatus::cname_loop}) {
    cache.store(mx, answer(300s, failure), start);
    BOOST_TEST(!cache.find(mx, start));
  }
  cache.store(mx, answer(0s), start);
  BOOST_TEST(!cache.find(mx, start));
}

BOOST_AUTO_TEST_CASE(it_is_bounded_and_what_ends_first_goes_first) {
  DnsCache cache(3);
  const auto named = [](int n) { return Question{std::to_string(n), RecordType::a}; };
  for (int n = 1; n <= 3; ++n) cache.store(named(n), answer(n * 60s), start);
  cache.store(named(2), answer(600s), start);  // takes its own place
  BOOST_TEST(cache.find(named(1), start).has_value());
  cache.store(named(4), answer(600s), start);
  BOOST_TEST(!cache.find(named(1), start));
  for (int n = 2; n <= 4; ++n) BOOST_TEST(cache.find(named(n), start).has_value());
  auto large = answer(60s);
  large.records.resize(DnsCache::records_max + 1);
  cache.store(named(5), large, start);
  BOOST_TEST(!cache.find(named(5), start));
}

BOOST_AUTO_TEST_SUITE_END()
