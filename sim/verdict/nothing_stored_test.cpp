#include "sim/verdict/nothing_stored.hpp"

#include <boost/test/unit_test.hpp>

#include "sim/verdict/trace_builder.hpp"

namespace sealcheck::verdict {
namespace {

TraceBuilder& written(TraceBuilder& trace, const std::string& bytes,
                      const std::string& actor = service, std::size_t offset = 0) {
  return trace.record(actor, "disk.written",
                      {{"file", "accounts"}, {"offset", std::to_string(offset)}}, bytes);
}

// Ciphertext of 100 octets, and the page that carries it.
std::string base64_of_ciphertext() {
  std::string text;
  while (text.size() < 136) text += "AbCd1234";
  return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_an_account_needs_may_be_written) {
  TraceBuilder trace;
  written(trace, "{\"bob@partner.test\": {\"generation\": \"00ff\"}}");
  const auto result = judge_nothing_stored(two_messages_and_a_service(), trace.events());
  BOOST_TEST_REQUIRE(verdicts(result) == "pass");
  BOOST_TEST(result[0].seen.find("bytes of 1 files") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(clear_text_is_found_across_two_writes) {
  TraceBuilder trace;
  written(trace, "x" + body_canary.substr(0, 4));
  written(trace, body_canary.substr(4) + "y");
  const auto result = judge_nothing_stored(two_messages_and_a_service(), trace.events());
  BOOST_TEST_REQUIRE(verdicts(result) == "fail");
  BOOST_TEST(result[0].seen == service + " wrote m1's body to its file accounts");
}

BOOST_AUTO_TEST_CASE(clear_text_is_found_over_pages_in_whatever_order_they_are_written) {
  const std::size_t middle = body_canary.size() / 2;
  const std::string page = std::string(4096 - middle, '.') + body_canary.substr(0, middle);
  for (const bool backwards : {false, true}) {
    TraceBuilder trace;
    written(trace, std::string(4096, '-'), service, 8192);
    if (!backwards) written(trace, page, service, 0);
    written(trace, body_canary.substr(middle) + "...", service, 4096);
    written(trace, std::string(4096, '-'), service, 12288);
    if (backwards) written(trace, page, service, 0);
    written(trace, std::string(8192, 'x'), service, 0);  // and is gone again
    const auto result = judge_nothing_stored(two_messages_and_a_service(), trace.events());
    BOOST_TEST_REQUIRE(verdicts(result) == "fail", "backwards " << backwards);
    BOOST_TEST(result[0].seen == service + " wrote m1's body to its file accounts");
  }
}

BOOST_AUTO_TEST_CASE(base64_is_found_over_an_edge_and_what_never_stood_there_is_not) {
  TraceBuilder encoded;
  const std::string text = "bW5idmN4eWxramhnZmRzYXBvaXUuLi4=";  // the canary and "..."
  written(encoded, text.substr(16), service, 4096);
  written(encoded, text.substr(0, 16), service, 4080);
  const auto found = judge_nothing_stored(two_messages_and_a_service(), encoded.events());
  BOOST_TEST(verdicts(found).starts_with("fail"));
  TraceBuilder apart;
  written(apart, body_canary.substr(4), service, 4096);
  written(apart, body_canary.substr(0, 4), service, 4000);
  BOOST_TEST(verdicts(judge_nothing_stored(two_messages_and_a_service(), apart.events())) ==
             "pass");
}

BOOST_AUTO_TEST_CASE(ciphertext_is_found_as_it_is_and_in_base64) {
  const std::string base64 = base64_of_ciphertext();
  std::string octets;
  while (octets.size() < 102) octets += std::string("\x01\xb0\x9d\xd7\x6d\xf8", 6);
  for (const std::string& kept : {"copy:" + base64.substr(4), octets}) {
    TraceBuilder trace;
    trace.record(partner, "smtp.message",
                 {{"connection", "1"}, {"to", "bob@partner.test"}, {"message", "m1"}},
                 "<input name=\"version\" value=\"MQ==\"><input name=\"content\" value=\"\r\n" +
                     base64 + "\r\n\">");
    written(trace, kept);
    const auto result = judge_nothing_stored(two_messages_and_a_service(), trace.events());
    BOOST_TEST_REQUIRE(verdicts(result).starts_with("fail"));
    BOOST_TEST(result[0].seen.find("the ciphertext of m1") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(what_another_machine_writes_is_its_own_affair) {
  TraceBuilder trace;
  written(trace, body_canary, gateway);
  BOOST_TEST(verdicts(judge_nothing_stored(two_messages_and_a_service(), trace.events())) ==
             "pass");
  BOOST_TEST(judge_nothing_stored(two_messages(), trace.events()).empty());
}

}  // namespace sealcheck::verdict
