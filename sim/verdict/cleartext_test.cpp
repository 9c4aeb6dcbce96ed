#include "sim/verdict/cleartext.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <boost/test/unit_test.hpp>

#include "sim/verdict/trace_builder.hpp"

namespace sealcheck::verdict {
namespace {

std::string base64(const std::string& text) {
  std::string encoded(4 * ((text.size() + 2) / 3) + 1, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                  reinterpret_cast<const unsigned char*>(text.data()),
                  static_cast<int>(text.size()));
  encoded.pop_back();
  return encoded;
}

std::string in_lines(const std::string& text, std::size_t width) {
  std::string lines;
  for (std::size_t i = 0; i < text.size(); i += width) lines += text.substr(i, width) + "\r\n";
  return lines;
}

std::vector<Assertion> judge(const TraceBuilder& trace) {
  return judge_cleartext(two_messages(), trace.events());
}

// What the judge says about bytes that the gateway sends to the partner.
std::string seen_beyond(const std::string& bytes) {
  TraceBuilder trace;
  trace.data(gateway, partner, bytes);
  const std::vector<Assertion> result = judge(trace);
  BOOST_TEST_REQUIRE(result.size() == 1u);
  return std::string(to_word(result[0].verdict)) + ": " + result[0].seen;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_raw_canary_beyond_the_gateway_is_a_leak) {
  TraceBuilder trace;
  trace.at_ms(900'012).data(gateway, partner, "DATA\r\n", 7);
  trace.at_ms(900'034).data(gateway, partner, "Subject: " + subject_canary, 7);
  const std::vector<Assertion> result = judge(trace);
  BOOST_TEST_REQUIRE(verdicts(result) == "fail");
  BOOST_TEST(result[0].position == "scenarios/x.scn:5:3");
  BOOST_TEST(result[0].expected ==
             "no canary of m1 in clear beyond the gateway, none of its content in a log");
  BOOST_TEST(result[0].seen ==
             "canary of m1's subject in clear on connection 7 from gw.corp.test to mx.partner.test "
             "at byte 15, sent at " +
                 trace::readable_time(900'034'000'000));
}

BOOST_AUTO_TEST_CASE(a_canary_is_found_across_segments_and_across_the_other_direction) {
  TraceBuilder trace;
  trace.data(gateway, partner, "x" + body_canary.substr(0, 9));
  trace.data(partner, gateway, "250 noise");
  trace.data(gateway, partner, body_canary.substr(9));
  const std::vector<Assertion> result = judge(trace);
  BOOST_TEST_REQUIRE(verdicts(result) == "fail");
  BOOST_TEST(result[0].seen.find("m1's body in clear on connection 3") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(segments_are_put_in_the_order_of_their_offsets) {
  TraceBuilder trace;
  const trace::Field connection{"connection", "3"}, from{"from", "a:1"}, peer{"peer", partner};
  trace.record(gateway, "tcp.data", {connection, from, peer, {"offset", "10"}},
               body_canary.substr(10));
  trace.record(gateway, "tcp.data", {connection, from, peer, {"offset", "0"}},
               body_canary.substr(0, 10));
  BOOST_TEST(verdicts(judge(trace)) == "fail");
}

BOOST_AUTO_TEST_CASE(nothing_is_found_across_two_connections_or_two_datagrams) {
  TraceBuilder trace;
  trace.data(gateway, partner, body_canary.substr(0, 9), 3);
  trace.data(gateway, partner, body_canary.substr(9), 4);
  trace.datagram(gateway, "ns.lab.test", subject_canary.substr(0, 9));
  trace.datagram(gateway, "ns.lab.test", subject_canary.substr(9));
  BOOST_TEST(verdicts(judge(trace)) == "pass");
}

BOOST_AUTO_TEST_CASE(base64_is_seen_through_at_every_alignment) {
  for (const std::string before : {"", "a", "ab", "abc"}) {
    const std::string seen = seen_beyond("\r\n\r\n" + base64(before + body_canary + "\n") + "\r\n");
    BOOST_TEST(seen.find("fail: canary of m1's body") == 0u, before);
    BOOST_TEST(seen.find(", base64-decoded, sent") != std::string::npos, seen);
  }
}

BOOST_AUTO_TEST_CASE(base64_is_seen_through_whatever_stands_directly_before_it) {
  for (const std::string before : {"", "x", "xy", "xyz"})
    BOOST_TEST(seen_beyond(before + base64(body_canary)).find("fail:") == 0u, before);
}

BOOST_AUTO_TEST_CASE(base64_is_seen_through_across_line_breaks) {
  const std::string encoded = base64("some text before it, " + body_canary + " and some after it");
  for (const std::size_t width : {1u, 7u, 32u, 76u})
    BOOST_TEST(seen_beyond("\r\n\r\n" + in_lines(encoded, width)).find("fail:") == 0u, width);
  const std::size_t begin = seen_beyond("....\r\n" + base64(body_canary)).find("at byte 6,");
  BOOST_TEST(begin != std::string::npos);
}

BOOST_AUTO_TEST_CASE(quoted_printable_is_seen_through) {
  const std::string left = body_canary.substr(0, 8), right = body_canary.substr(8);
  for (const std::string joint : {"=\r\n", "=\n", "= \t\r\n"})
    BOOST_TEST(
        seen_beyond("text " + left + joint + right).find("at byte 5, quoted-printable-decoded") !=
            std::string::npos,
        joint);
  std::string escaped;
  for (const char c : body_canary) escaped += fmt::format("={:02X}", c);
  BOOST_TEST(seen_beyond("=41 " + escaped).find("at byte 4, quoted") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(encoded_words_are_seen_through_and_joined) {
  const std::string left = subject_canary.substr(0, 8), right = subject_canary.substr(8);
  const std::string word_b = "=?utf-8?B?" + base64(left) + "?=",
                    word_q = "=?utf-8?q?" + right + "?=";
  BOOST_TEST(seen_beyond("Subject: =?utf-8?B?" + base64("re: " + subject_canary) + "?=\r\n")
                 .find("fail: canary of m1's subject") == 0u);
  for (const std::string joint : {" ", "\r\n ", "\r\n\t"})
    BOOST_TEST(
        seen_beyond("Subject: " + word_b + joint + word_q).find("RFC 2047") != std::string::npos,
        joint);
  BOOST_TEST(seen_beyond("Subject: " + word_b + " and " + word_q).find("pass") == 0u);
}

BOOST_AUTO_TEST_CASE(one_encoding_inside_another_is_seen_through) {
  const std::string quoted = body_canary.substr(0, 8) + "=\r\n" + body_canary.substr(8);
  BOOST_TEST(seen_beyond(in_lines(base64("Content: " + quoted), 20))
                 .find("base64-decoded, then quoted-printable-decoded") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_address_is_found_in_any_case) {
  BOOST_TEST(seen_beyond("RCPT TO:<Bob@PARTNER.test>\r\n")
                 .find("fail: canary of m1's recipient in clear on connection 3") == 0u);
}

BOOST_AUTO_TEST_CASE(a_datagram_is_a_wire_too) {
  TraceBuilder trace;
  trace.datagram(gateway, "ns.lab.test", "\x01\x02" + body_canary);
  const std::vector<Assertion> result = judge(trace);
  BOOST_TEST_REQUIRE(verdicts(result) == "fail");
  BOOST_TEST(result[0].seen.find("on a datagram from gw.corp.test to ns.lab.test at byte 2") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(content_stays_out_of_the_log_and_addresses_need_not) {
  TraceBuilder trace;
  trace.log(gateway, "from=<alice@corp.test> to=<bob@partner.test> queued");
  trace.log(partner, "subject " + subject_canary);
  BOOST_TEST(verdicts(judge(trace)) == "pass");
  trace.log(gateway, "matched subject '" + subject_canary + "'");
  trace.log(gateway, "again '" + subject_canary + "'");
  const std::vector<Assertion> result = judge(trace);
  BOOST_TEST_REQUIRE(verdicts(result) == "fail");
  BOOST_TEST(
      result[0].seen ==
      "canary of m1's subject in the log of gw.corp.test, component smtp, written at +0.000s; "
      "and in 1 more places");
}

BOOST_AUTO_TEST_CASE(inside_the_boundary_clear_text_is_right) {
  TraceBuilder trace;
  trace.data(office, gateway, "Subject: " + subject_canary, 1);
  trace.data(gateway, office, "250 <bob@partner.test> ok", 1);
  trace.data(other_office, gateway, body_canary, 2);
  trace.data(gateway, gateway, body_canary, 5);
  BOOST_TEST(verdicts(judge(trace)) == "pass");
}

BOOST_AUTO_TEST_CASE(what_lies_beyond_is_every_other_direction) {
  for (const auto& [from, to] :
       {std::pair(gateway, other_office), std::pair(partner, gateway), std::pair(office, partner),
        std::pair(gateway, std::string("nobody"))}) {
    TraceBuilder trace;
    trace.data(from, to, body_canary);
    BOOST_TEST(verdicts(judge(trace)) == "fail", from << " to " << to);
  }
}

BOOST_AUTO_TEST_CASE(other_messages_and_ciphertext_are_no_leak) {
  std::string cipher = "\x17\x03\x03\x40\x00";
  std::uint32_t state = 1;
  for (int i = 0; i < 100'000; ++i)
    cipher += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  TraceBuilder trace;
  trace.data(gateway, partner, "RCPT TO:<dave@partner.test>\r\nSubject: lunch\r\n\r\nAt noon?\r\n",
             3);
  trace.data(gateway, partner, cipher, 4);
  trace.datagram(gateway, "ns.lab.test", "partner.test");
  trace.log(gateway, "started");
  const std::vector<Assertion> result = judge(trace);
  BOOST_TEST_REQUIRE(verdicts(result) == "pass");
  BOOST_TEST(
      result[0].seen ==
      "none of m1's 4 canaries in 2 streams and 1 datagrams, 100073 bytes, nor in 1 log lines");
}

BOOST_AUTO_TEST_CASE(what_an_unsealed_message_carries_too_is_no_evidence) {
  plan::Plan plan = two_messages();
  plan.messages[1].sender = "Alice@corp.test";
  TraceBuilder trace;
  trace.data(gateway, partner, "MAIL FROM:<alice@corp.test>\r\n");
  const std::vector<Assertion> result = judge_cleartext(plan, trace.events());
  BOOST_TEST_REQUIRE(verdicts(result) == "pass");
  BOOST_TEST(result[0].seen.find("may travel in clear has them too: sender") != std::string::npos);
  plan.messages[1].sealed_beyond = plan::Boundary::gateway;
  BOOST_TEST(verdicts(judge_cleartext(plan, trace.events())) == "fail pass");
}

BOOST_AUTO_TEST_CASE(each_leaking_canary_is_one_failure_with_the_number_of_places) {
  TraceBuilder trace;
  for (const int connection : {3, 4, 5})
    trace.data(gateway, partner, subject_canary + "\r\n\r\n" + body_canary, connection);
  const std::vector<Assertion> result = judge(trace);
  BOOST_TEST_REQUIRE(verdicts(result) == "fail fail");
  BOOST_TEST(result[0].seen.find("on connection 3 ") != std::string::npos);
  BOOST_TEST(result[1].seen.ends_with("; and in 2 more places"));
}

BOOST_AUTO_TEST_CASE(
    a_sealed_message_without_canaries_is_an_error_and_no_sealed_message_is_nothing) {
  plan::Plan plan = two_messages();
  plan.messages[0].canaries = {{"sender", ""}};
  BOOST_TEST(verdicts(judge_cleartext(plan, {})) == "error");
  plan.messages[0].sealed_beyond = plan::Boundary::none;
  BOOST_TEST(judge_cleartext(plan, {}).empty());
}

BOOST_AUTO_TEST_CASE(an_encryption_server_may_have_the_clear_text_and_nobody_beyond_it) {
  const plan::Plan plan = two_messages_and_a_server();
  const std::string text = "Subject: " + subject_canary + "\r\n\r\n" + body_canary;
  TraceBuilder lent;
  lent.data(gateway, sealer, text, 7).data("way-on." + sealer, gateway, text, 8);
  lent.data(gateway, partner, "MAIL FROM:<alice@corp.test>\r\nSubject: " + subject_canary, 9);
  BOOST_TEST(verdicts(judge_cleartext(plan, lent.events())) == "pass");
  for (const std::string& from : {gateway, sealer}) {
    TraceBuilder leaked;
    leaked.data(from, partner, text, 7);
    BOOST_TEST(verdicts(judge_cleartext(plan, leaked.events())) == "fail");
  }
  plan::Plan stricter = plan;
  stricter.messages[0].sealed_beyond = plan::Boundary::gateway;
  BOOST_TEST(verdicts(judge_cleartext(stricter, lent.events())).starts_with("fail"));
  TraceBuilder log;
  log.log(gateway, "about " + subject_canary);
  BOOST_TEST(verdicts(judge_cleartext(plan, log.events())) == "fail");
}

BOOST_AUTO_TEST_CASE(beyond_the_hybrid_service_nothing_is_in_clear_inside_tls_either) {
  const plan::Plan plan = two_messages_and_a_service();
  const std::string text = "Subject: " + subject_canary + "\r\n\r\n" + body_canary;
  const auto receives = [&](TraceBuilder& trace, const std::string& peer, const std::string& what) {
    trace.record(peer, "smtp.message", {{"connection", "1"}, {"message", "m1"}}, what);
    return verdicts(judge_cleartext(plan, trace.events()));
  };
  TraceBuilder taken;
  BOOST_TEST(receives(taken, service, text) == "pass");
  TraceBuilder sealed;
  sealed.data(service, partner, "MAIL FROM:<alice@corp.test>\r\nRCPT TO:<bob@partner.test>\r\n", 7);
  BOOST_TEST(receives(sealed, partner, "From: alice@corp.test\r\n\r\nsealed") == "pass");
  TraceBuilder open;
  BOOST_TEST(receives(open, partner, text) == "fail fail");
  const std::vector<Assertion> found = judge_cleartext(plan, open.events());
  BOOST_TEST(found[0].seen.starts_with("canary of m1's subject in clear in what mx.partner.test"));
}

BOOST_AUTO_TEST_CASE(on_the_wire_the_services_boundary_is_the_gateways) {
  const plan::Plan plan = two_messages_and_a_service();
  for (const std::string& to : {service, partner}) {
    TraceBuilder trace;
    trace.data(gateway, to, body_canary, 7);
    BOOST_TEST(verdicts(judge_cleartext(plan, trace.events())) == "fail");
  }
  TraceBuilder relayed;
  relayed.data(service, partner, body_canary, 7);
  BOOST_TEST(verdicts(judge_cleartext(plan, relayed.events())) == "fail");
  TraceBuilder envelope;
  envelope.data(gateway, service, "MAIL FROM:<alice@corp.test>", 7);
  BOOST_TEST(verdicts(judge_cleartext(plan, envelope.events())) == "fail");
}

}  // namespace sealcheck::verdict
