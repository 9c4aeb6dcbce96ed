#include "reference/routing/dns_message.hpp"

#include <boost/test/unit_test.hpp>
#include <random>

#include "reference/routing/test_dns_wire.hpp"

namespace {

using namespace sealgate::routing;
using namespace sealgate::routing::test;
using namespace std::string_literals;

const Question mx_question{"partner.test", RecordType::mx};

auto decode(const std::string& wire) {
  return decode_reply(wire, 0x1234, mx_question);
}

/// A reply as BIND writes it: every name after the first is a pointer (RFC 1035 section 4.1.4).
const std::string compressed =
    "\x12\x34\x81\x80\x00\x01\x00\x02\x00\x00\x00\x01"s
    "\x07partner\x04test\x00\x00\x0f\x00\x01"s
    "\xc0\x0c\x00\x0f\x00\x01\x00\x00\x01\x2c\x00\x07\x00\x0a\x02mx\xc0\x0c"s
    "\xc0\x0c\x00\x0f\x00\x01\x00\x00\x00\x3c\x00\x09\x00\x14\x04mail\xc0\x0c"s
    "\xc0\x2c\x00\x01\x00\x01\x00\x00\x01\x2c\x00\x04\xc0\x00\x02\x19"s;

}  // namespace

BOOST_AUTO_TEST_SUITE(dns_message)

BOOST_AUTO_TEST_CASE(a_query_is_what_rfc_1035_says) {
  const auto expected =
      "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"s
      "\x07partner\x04test\x00\x00\x0f\x00\x01"s;
  BOOST_TEST((encode_query(0x1234, {"Partner.TEST.", RecordType::mx}) == expected));
}

BOOST_AUTO_TEST_CASE(names_that_cannot_be_encoded_are_refused) {
  const auto label = std::string(63, 'a');
  BOOST_TEST(
      normal_name(label + "." + label + "." + label + "." + std::string(61, 'b')).has_value());
  const std::string wrong[] = {"",
                               ".",
                               "a..b",
                               ".a",
                               "a b",
                               "a\0b"s,
                               "a\\.b",
                               "m\xc3\xbc",
                               label + "a",
                               "a..",
                               label + "." + label + "." + label + "." + std::string(62, 'b')};
  for (const auto& name : wrong) {
    BOOST_TEST(!normal_name(name), name);
    BOOST_TEST(!encode_query(1, {name, RecordType::a}), name);
  }
}

BOOST_AUTO_TEST_CASE(a_compressed_reply_is_read) {
  const auto reply = decode(compressed);
  BOOST_TEST_REQUIRE(reply.has_value());
  BOOST_TEST(reply->rcode == 0);
  BOOST_TEST(!reply->truncated);
  BOOST_TEST(!reply->negative_ttl_s);
  BOOST_TEST_REQUIRE(reply->answers.size() == 2u);
  BOOST_TEST(reply->answers[0].name == "partner.test");
  BOOST_TEST((reply->answers[0].type == RecordType::mx));
  BOOST_TEST(reply->answers[0].preference == 10);
  BOOST_TEST(reply->answers[0].target == "mx.partner.test");
  BOOST_TEST(reply->answers[0].ttl_s == 300u);
  BOOST_TEST(reply->answers[1].target == "mail.partner.test");
  BOOST_TEST(reply->answers[1].ttl_s == 60u);
}

BOOST_AUTO_TEST_CASE(every_type_of_record_is_read_and_others_are_left_out) {
  const auto wire = wire_reply(
      0x1234, "PARTNER.test", 15,
      {0,
       true,
       {a_record("A.test", "192.0.2.25"), aaaa_record("a.test", "2001:db8::1"),
        cname_record("c.test", "D.test"), mx_record("partner.test", 0, ""),
        wire_record("p.test", 12, 0x80000001, wire_name("q.test")),
        wire_record("t.test", 16, 1, "\4text"), wire_record("chaos.test", 1, 1, "\1\2\3")},
       {soa_record("test", 900, 60)}});
  // The A record of three bytes is no record that ldns accepts: nothing of the datagram is used.
  BOOST_TEST((decode(wire).error() == Mismatch::not_a_message));
  const auto good =
      wire_reply(0x1234, "PARTNER.test", 15,
                 {3,
                  true,
                  {a_record("A.test", "192.0.2.25"), aaaa_record("a.test", "2001:db8::1"),
                   cname_record("c.test", "D.test"), mx_record("partner.test", 0, ""),
                   wire_record("p.test", 12, 0x80000001, wire_name("q.test")),
                   wire_record("t.test", 16, 1, "\4text")},
                  {soa_record("test", 900, 60)}});
  const auto reply = decode(good);
  BOOST_TEST_REQUIRE(reply.has_value());
  BOOST_TEST(reply->rcode == 3);
  BOOST_TEST(reply->truncated);
  BOOST_TEST((reply->negative_ttl_s == 60u));
  BOOST_TEST_REQUIRE(reply->answers.size() == 5u);
  BOOST_TEST(reply->answers[0].name == "a.test");
  BOOST_TEST(reply->answers[0].address.to_string() == "192.0.2.25");
  BOOST_TEST(reply->answers[1].address.to_string() == "2001:db8::1");
  BOOST_TEST(reply->answers[2].target == "d.test");
  BOOST_TEST(reply->answers[3].target == "");
  BOOST_TEST(reply->answers[4].target == "q.test");
  BOOST_TEST(reply->answers[4].ttl_s == 0u);
}

BOOST_AUTO_TEST_CASE(what_does_not_answer_our_question_is_told_apart) {
  BOOST_TEST((decode(wire_reply(0x1235, "partner.test", 15, {})).error() == Mismatch::wrong_id));
  BOOST_TEST(
      (decode(wire_reply(0x1234, "other.test", 15, {})).error() == Mismatch::wrong_question));
  BOOST_TEST(
      (decode(wire_reply(0x1234, "partner.test", 1, {})).error() == Mismatch::wrong_question));
  BOOST_TEST((decode(*encode_query(0x1234, mx_question)).error() == Mismatch::not_a_reply));
  BOOST_TEST((decode(compressed.substr(0, 11)).error() == Mismatch::not_a_message));
  BOOST_TEST((decode("").error() == Mismatch::not_a_message));
  auto no_question = "\x12\x34\x81\x80"s + std::string(8, '\0');
  BOOST_TEST((decode(no_question).error() == Mismatch::wrong_question));
}

BOOST_AUTO_TEST_CASE(a_label_with_a_dot_in_it_does_not_become_two_labels) {
  // One label "partner.test" instead of two: another question, and another owner.
  auto wire = wire_reply(0x1234, "x", 15, {});
  wire.replace(12, 3, "\x0cpartner.test\0"s);
  BOOST_TEST((decode(wire).error() == Mismatch::wrong_question));
  auto record = mx_record("partner.test", 1, "mx.test");
  record.replace(0, 14, "\x0cpartner.test\0"s);
  const auto reply = decode(wire_reply(0x1234, "partner.test", 15, {0, false, {record}, {}}));
  BOOST_TEST_REQUIRE(reply.has_value());
  BOOST_TEST(reply->answers.empty());
}

BOOST_AUTO_TEST_CASE(names_that_point_at_themselves_and_counts_that_lie_are_refused) {
  auto loop = compressed;
  loop.replace(loop.find("\xc0\x0c\x00\x0f"s), 2, "\xc0\x1e"s);
  BOOST_TEST(decode(loop).has_error());
  auto lie = compressed;
  lie[7] = '\x7f';
  BOOST_TEST(decode(lie).has_error());
  lie[6] = '\x7f';
  BOOST_TEST((decode(lie).error() == Mismatch::not_a_message));
}

BOOST_AUTO_TEST_CASE(bytes_and_records_are_bounded) {
  const auto with = [](std::size_t count, const std::string& record) {
    return wire_reply(0x1234, "partner.test", 15,
                      {0, false, std::vector<std::string>(count, record), {}});
  };
  const auto shortest = a_record("", "192.0.2.25");
  BOOST_TEST(decode(with(256, shortest))->answers.size() == 256u);
  BOOST_TEST((decode(with(257, shortest)).error() == Mismatch::not_a_message));
  const auto longer = a_record("some.longer.test", "192.0.2.25");
  BOOST_TEST(decode(with(127, longer))->answers.size() == 127u);
  BOOST_TEST((decode(with(128, longer)).error() == Mismatch::not_a_message));
}

BOOST_AUTO_TEST_CASE(hostile_bytes_give_a_bounded_reply_or_a_reason_and_never_a_crash) {
  std::mt19937 random(2026);  // its raw output is the same everywhere
  const std::string seeds[] = {
      compressed,
      wire_reply(0x1234, "partner.test", 15,
                 {0,
                  false,
                  {cname_record("partner.test", "d.test"), aaaa_record("d.test", "::1")},
                  {soa_record("test", 9, 6)}})};
  int read = 0, refused = 0;
  for (int round = 0; round < 200'000; ++round) {
    auto wire = seeds[random() % 2];
    for (auto changes = random() % 4 + 1; changes > 0; --changes) {
      wire[12 + random() % (wire.size() - 12)] = static_cast<char>(random());
    }
    if (random() % 4 == 0) wire.resize(random() % wire.size());
    if (wire.size() > 12 && random() % 8 == 0) wire[4 + random() % 8] = static_cast<char>(random());
    const auto reply = decode(wire);
    reply ? ++read : ++refused;
    if (!reply) continue;
    BOOST_REQUIRE(reply->answers.size() <= 256u);
    for (const auto& record : reply->answers) {
      BOOST_REQUIRE(normal_name(record.name) == record.name || record.name.empty());
      BOOST_REQUIRE(normal_name(record.target) == record.target || record.target.empty());
    }
  }
  // Both ways were taken, often.
  BOOST_TEST(read > 10'000);
  BOOST_TEST(refused > 10'000);
}

BOOST_AUTO_TEST_SUITE_END()
