#include <boost/test/unit_test.hpp>

#include "sim/trace/event.hpp"

namespace sealcheck::trace {
namespace {

BOOST_AUTO_TEST_CASE(what_is_written_is_read_again) {
  const Event event{0,
                    900'001'000'002,
                    "mx.partner.test",
                    "smtp.reply",
                    {{"code", "250"}, {"text", "a=b \\ c\n\x7f\xc3\xa9"}, {"none", ""}},
                    "bytes"};
  const std::string line = canonical_text(event);
  const auto read = parse_canonical_text(line);
  BOOST_REQUIRE(read);
  BOOST_TEST(read->at_ns == event.at_ns);
  BOOST_TEST(read->actor == event.actor);
  BOOST_TEST(read->kind == event.kind);
  BOOST_TEST((read->fields == event.fields));
  BOOST_TEST(read->payload.empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_event_is_told_apart) {
  for (const char* line :
       {"", "+1.000000000", "+1.000000000 a", "1.000000000 a b", "+1.00000000 a b",
        "+x.000000000 a b", "+1.000000000 a b c", "+1.000000000 a b c=\\x",
        "+1.000000000 a b c=\\xzz", "+1.000000000 a b #3 c=d"})
    BOOST_TEST(!parse_canonical_text(line), line);
}

}  // namespace
}  // namespace sealcheck::trace
