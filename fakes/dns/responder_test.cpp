#include "fakes/dns/responder.hpp"

#include <boost/test/unit_test.hpp>

#include "fakes/dns/ldns_handle.hpp"

using fakes::DnsFaultKind;
using namespace std::string_literals;

namespace {

fakes::Zones world() {
  fakes::Zones zones;
  zones.zones = {{"partner.test",
                  {{"partner.test", "MX", 300, "10 mx1.partner.test"},
                   {"Partner.test.", "MX", 300, "20 mx2.partner.test."},
                   {"mx1.partner.test", "A", 60, "192.0.2.25"},
                   {"mx1.partner.test", "AAAA", 60, "2001:db8::25"},
                   {"alias.partner.test", "CNAME", 300, "mx1.partner.test"},
                   {"away.partner.test", "CNAME", 300, "host.unknown.test"},
                   {"loop.partner.test", "CNAME", 300, "pool.partner.test"},
                   {"pool.partner.test", "CNAME", 300, "loop.partner.test"},
                   {"a.deep.partner.test", "TXT", 300, "v=spf1 -all"}}},
                 {"2.0.192.in-addr.arpa",
                  {{"25.2.0.192.in-addr.arpa", "PTR", 300, "mx1.partner.test"},
                   {"2.0.192.in-addr.arpa", "SOA", 300, "ns.x. admin.x. 1 2 3 4 77"}}},
                 {"null.test", {{"null.test", "MX", 300, "0 ."}}}};
  return zones;
}

std::string query(const char* name, ldns_rr_type type, int edns = 0) {
  fakes::LdnsField owner(ldns_dname_new_frm_str(name));
  fakes::LdnsPacket packet(ldns_pkt_query_new(owner.release(), type, LDNS_RR_CLASS_IN, LDNS_RD));
  ldns_pkt_set_id(packet.get(), 0x1234);
  if (edns > 0) ldns_pkt_set_edns_udp_size(packet.get(), static_cast<std::uint16_t>(edns));
  std::uint8_t* data = nullptr;
  std::size_t size = 0;
  ldns_pkt2wire(&data, packet.get(), &size);
  std::string bytes(reinterpret_cast<char*>(data), size);
  std::free(data);
  return bytes;
}

fakes::LdnsPacket decode(const std::string& bytes) {
  ldns_pkt* packet = nullptr;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  BOOST_REQUIRE(ldns_wire2pkt(&packet, data, bytes.size()) == LDNS_STATUS_OK);
  return fakes::LdnsPacket(packet);
}

// One line for each record, as ldns prints it.
std::string text(const ldns_rr_list* records) {
  std::string result;
  for (std::size_t i = 0; i < ldns_rr_list_rr_count(records); ++i) {
    std::unique_ptr<char, fakes::LdnsFree> line(ldns_rr2str(ldns_rr_list_rr(records, i)));
    result += line.get();
  }
  return result;
}

struct Asked {
  fakes::DnsResponse response;
  fakes::LdnsPacket packet;

  int rcode() const { return ldns_pkt_get_rcode(packet.get()); }
  std::string answer() const { return text(ldns_pkt_answer(packet.get())); }
  std::string authority() const { return text(ldns_pkt_authority(packet.get())); }
};

Asked ask(const fakes::Zones& zones, const char* name, ldns_rr_type type) {
  fakes::Responder responder(zones);
  Asked asked;
  asked.response = responder.respond(query(name, type));
  if (!asked.response.bytes.empty()) asked.packet = decode(asked.response.bytes);
  return asked;
}

}  // namespace

BOOST_AUTO_TEST_CASE(records_are_answered_with_id_question_and_flags) {
  const Asked mx = ask(world(), "PARTNER.test.", LDNS_RR_TYPE_MX);
  BOOST_TEST(ldns_pkt_id(mx.packet.get()) == 0x1234);
  BOOST_TEST(ldns_pkt_qr(mx.packet.get()));
  BOOST_TEST(ldns_pkt_rd(mx.packet.get()));
  BOOST_TEST(ldns_pkt_ra(mx.packet.get()));
  BOOST_TEST(!ldns_pkt_tc(mx.packet.get()));
  BOOST_TEST(text(ldns_pkt_question(mx.packet.get())) == "PARTNER.test.\tIN\tMX\n");
  // A name compressed into the question takes over its letters, as other servers' do.
  BOOST_TEST(mx.answer() ==
             "PARTNER.test.\t300\tIN\tMX\t10 mx1.PARTNER.test.\n"
             "PARTNER.test.\t300\tIN\tMX\t20 mx2.PARTNER.test.\n");
  BOOST_TEST(mx.response.name == "partner.test.");
  BOOST_TEST(mx.response.type == "MX");
  BOOST_TEST(mx.response.answer == "10 mx1.partner.test., 20 mx2.partner.test.");
  BOOST_TEST(ask(world(), "mx1.partner.test.", LDNS_RR_TYPE_A).answer() ==
             "mx1.partner.test.\t60\tIN\tA\t192.0.2.25\n");
  BOOST_TEST(ask(world(), "mx1.partner.test.", LDNS_RR_TYPE_AAAA).response.answer ==
             "2001:db8::25");
  BOOST_TEST(ask(world(), "25.2.0.192.in-addr.arpa.", LDNS_RR_TYPE_PTR).response.answer ==
             "mx1.partner.test.");
  BOOST_TEST(ask(world(), "null.test.", LDNS_RR_TYPE_MX).response.answer == "0 .");
  BOOST_TEST(ask(world(), "a.deep.partner.test.", LDNS_RR_TYPE_TXT).response.answer ==
             "\"v=spf1 -all\"");
}

BOOST_AUTO_TEST_CASE(no_such_name_and_no_such_record_differ) {
  const Asked nothing = ask(world(), "nobody.partner.test.", LDNS_RR_TYPE_A);
  BOOST_TEST(nothing.rcode() == LDNS_RCODE_NXDOMAIN);
  BOOST_TEST(nothing.response.answer == "NXDOMAIN");
  BOOST_TEST(nothing.authority() ==
             "partner.test.\t60\tIN\tSOA\tns.partner.test. hostmaster.partner.test. 1 3600 600 "
             "86400 60\n");
  for (const char* name : {"partner.test.", "deep.partner.test."}) {
    const Asked no_data = ask(world(), name, LDNS_RR_TYPE_A);
    BOOST_TEST(no_data.rcode() == LDNS_RCODE_NOERROR);
    BOOST_TEST(no_data.response.answer == "NODATA");
    BOOST_TEST(no_data.answer() == "");
    BOOST_TEST(no_data.authority().find("SOA") != std::string::npos);
  }
  BOOST_TEST(
      ask(world(), "1.2.0.192.in-addr.arpa.", LDNS_RR_TYPE_PTR).authority().ends_with("77\n"));
  BOOST_TEST(ask(world(), "elsewhere.test.", LDNS_RR_TYPE_A).rcode() == LDNS_RCODE_REFUSED);
  BOOST_TEST(ask(world(), "xpartner.test.", LDNS_RR_TYPE_A).rcode() == LDNS_RCODE_REFUSED);
  fakes::Zones whole = world();
  whole.zones.push_back({".", {}});
  BOOST_TEST(ask(whole, "elsewhere.test.", LDNS_RR_TYPE_A).rcode() == LDNS_RCODE_NXDOMAIN);
  BOOST_TEST(ask(whole, "mx1.partner.test.", LDNS_RR_TYPE_A).response.answer == "192.0.2.25");
}

BOOST_AUTO_TEST_CASE(cnames_are_followed_and_loops_end) {
  BOOST_TEST(ask(world(), "alias.partner.test.", LDNS_RR_TYPE_A).response.answer ==
             "CNAME mx1.partner.test., 192.0.2.25");
  BOOST_TEST(ask(world(), "alias.partner.test.", LDNS_RR_TYPE_CNAME).response.answer ==
             "mx1.partner.test.");
  const Asked away = ask(world(), "away.partner.test.", LDNS_RR_TYPE_A);
  BOOST_TEST(away.rcode() == LDNS_RCODE_NOERROR);
  BOOST_TEST(away.response.answer == "CNAME host.unknown.test.");
  const Asked loop = ask(world(), "loop.partner.test.", LDNS_RR_TYPE_A);
  BOOST_TEST(ldns_rr_list_rr_count(ldns_pkt_answer(loop.packet.get())) == 9u);
}

BOOST_AUTO_TEST_CASE(faults_apply_by_name_and_type) {
  const auto with = [](DnsFaultKind kind, std::string type = {}) {
    fakes::Zones zones = world();
    zones.faults = {{"MX1.partner.test", std::move(type), kind}};
    return ask(zones, "mx1.partner.test.", LDNS_RR_TYPE_A);
  };
  BOOST_TEST(with(DnsFaultKind::servfail).rcode() == LDNS_RCODE_SERVFAIL);
  BOOST_TEST(with(DnsFaultKind::servfail).answer() == "");
  BOOST_TEST(with(DnsFaultKind::nxdomain).rcode() == LDNS_RCODE_NXDOMAIN);
  BOOST_TEST(with(DnsFaultKind::refused).rcode() == LDNS_RCODE_REFUSED);
  BOOST_TEST(with(DnsFaultKind::timeout).response.bytes == "");
  BOOST_TEST(with(DnsFaultKind::timeout).response.answer == "none");
  const Asked truncated = with(DnsFaultKind::truncated);
  BOOST_TEST(ldns_pkt_tc(truncated.packet.get()));
  BOOST_TEST(truncated.answer() == "");
  const Asked wrong = with(DnsFaultKind::wrong_id);
  BOOST_TEST(ldns_pkt_id(wrong.packet.get()) != 0x1234);
  BOOST_TEST(wrong.answer() != "");
  BOOST_TEST(with(DnsFaultKind::servfail, "AAAA").rcode() == LDNS_RCODE_NOERROR);
  BOOST_TEST(with(DnsFaultKind::servfail, "A").rcode() == LDNS_RCODE_SERVFAIL);
}

BOOST_AUTO_TEST_CASE(an_answer_too_big_for_udp_is_truncated_unless_edns_allows_it) {
  fakes::Zones zones = world();
  for (int i = 0; i < 20; ++i) {
    zones.zones[0].records.push_back(
        {"big.partner.test", "MX", 300, std::to_string(i) + " mail-exchanger.partner.test"});
    zones.zones[0].records.push_back({"big.partner.test", "TXT", 300, std::string(40, 'x')});
  }
  fakes::Responder responder(zones);
  const auto small = responder.respond(query("big.partner.test.", LDNS_RR_TYPE_TXT));
  BOOST_TEST(small.answer == "TRUNCATED");
  BOOST_TEST(small.bytes.size() <= 512u);
  BOOST_TEST(ldns_pkt_tc(decode(small.bytes).get()));
  const auto big = responder.respond(query("big.partner.test.", LDNS_RR_TYPE_TXT, 4096));
  BOOST_TEST(big.bytes.size() > 512u);
  BOOST_TEST(ldns_pkt_edns(decode(big.bytes).get()));
  BOOST_TEST(ldns_rr_list_rr_count(ldns_pkt_answer(decode(big.bytes).get())) == 20u);
}

BOOST_AUTO_TEST_CASE(what_is_no_query_is_told_from_one) {
  fakes::Responder responder(world());
  BOOST_TEST(!responder.respond("").is_query);
  BOOST_TEST(!responder.respond("short").is_query);
  const std::string good = query("partner.test.", LDNS_RR_TYPE_MX);
  std::string reply = good;
  reply[2] = static_cast<char>(reply[2] | 0x80);
  BOOST_TEST(!responder.respond(reply).is_query);
  // Cut anywhere, and with each octet changed: an answer or none, never an accident.
  for (std::size_t size = 12; size < good.size(); ++size) {
    const auto response = responder.respond(good.substr(0, size));
    BOOST_TEST(response.answer == "FORMERR");
    BOOST_TEST(response.bytes.substr(0, 2) == "\x12\x34");
    BOOST_TEST(response.bytes.size() == 12u);
    BOOST_TEST((response.bytes[3] & 0x0f) == LDNS_RCODE_FORMERR);
  }
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      std::string bad = good;
      bad[at] = static_cast<char>(value);
      const auto response = responder.respond(bad);
      BOOST_TEST((response.is_query || response.bytes.empty()));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_record_that_cannot_be_read_is_the_scenarios_mistake) {
  fakes::Zones zones;
  zones.zones = {{"a.test", {{"a.test", "A", 1, "192.0.2.999"}}}};
  BOOST_CHECK_THROW(fakes::Responder{zones}, std::runtime_error);
  zones.zones = {{"a.test", {{"b.test", "A", 1, "192.0.2.1"}}}};
  BOOST_CHECK_THROW(fakes::Responder{zones}, std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_lie_comes_beside_the_right_answer_and_not_in_its_place) {
  for (const auto kind :
       {DnsFaultKind::forged_id, DnsFaultKind::forged_question, DnsFaultKind::forged_source}) {
    fakes::Zones zones = world();
    zones.faults = {{"*", "", kind}};
    const Asked asked = ask(zones, "mx1.partner.test", LDNS_RR_TYPE_A);
    BOOST_TEST(asked.answer().find("192.0.2.25") != std::string::npos);
    BOOST_TEST(ldns_pkt_id(asked.packet.get()) == 0x1234);
    const fakes::LdnsPacket lie = decode(asked.response.forged);
    BOOST_TEST(text(ldns_pkt_answer(lie.get())).find(fakes::forged_address) != std::string::npos);
    BOOST_TEST((ldns_pkt_id(lie.get()) == 0x1234) == (kind != DnsFaultKind::forged_id));
    BOOST_TEST((text(ldns_pkt_question(lie.get())).find("another-question") != std::string::npos) ==
               (kind == DnsFaultKind::forged_question));
    BOOST_TEST(asked.response.forged_elsewhere == (kind == DnsFaultKind::forged_source));
  }
}

BOOST_AUTO_TEST_CASE(wrong_questions_and_garbage_are_all_that_is_sent) {
  fakes::Zones zones = world();
  zones.faults = {{"*", "", DnsFaultKind::wrong_question}};
  const Asked asked = ask(zones, "mx1.partner.test", LDNS_RR_TYPE_A);
  BOOST_TEST(asked.response.answer == "WRONG-QUESTION");
  BOOST_TEST(text(ldns_pkt_question(asked.packet.get())).find("another-question") !=
             std::string::npos);
  zones.faults[0].kind = DnsFaultKind::garbage;
  fakes::Responder responder(zones);
  const auto response = responder.respond(query("mx1.partner.test", LDNS_RR_TYPE_A));
  BOOST_TEST(response.answer == "GARBAGE");
  BOOST_TEST(response.bytes.starts_with("HTTP"));
}

BOOST_AUTO_TEST_CASE(a_fault_for_the_first_times_passes) {
  fakes::Zones zones = world();
  zones.faults = {{"mx1.partner.test", "A", DnsFaultKind::servfail, 2}};
  fakes::Responder responder(zones);
  const std::string bytes = query("mx1.partner.test", LDNS_RR_TYPE_A);
  BOOST_TEST(responder.respond(query("partner.test", LDNS_RR_TYPE_MX)).answer.starts_with("10"));
  BOOST_TEST(responder.respond(bytes).answer == "SERVFAIL");
  BOOST_TEST(responder.respond(bytes).answer == "SERVFAIL");
  BOOST_TEST(responder.respond(bytes).answer == "192.0.2.25");
}

BOOST_AUTO_TEST_CASE(over_tcp_the_whole_answer_comes) {
  fakes::Zones zones = world();
  for (int i = 0; i < 60; ++i)
    zones.zones[0].records.push_back(
        {"many.partner.test", "A", 60, "192.0.2." + std::to_string(i + 1)});
  zones.faults = {{"mx1.partner.test", "", DnsFaultKind::truncated}};
  fakes::Responder responder(zones);
  BOOST_TEST(responder.respond(query("many.partner.test", LDNS_RR_TYPE_A)).answer == "TRUNCATED");
  const auto whole = responder.respond(query("many.partner.test", LDNS_RR_TYPE_A), true);
  BOOST_TEST(whole.answer.find("192.0.2.60") != std::string::npos);
  BOOST_TEST(ldns_rr_list_rr_count(ldns_pkt_answer(decode(whole.bytes).get())) == 60u);
  BOOST_TEST(responder.respond(query("mx1.partner.test", LDNS_RR_TYPE_A), true).answer ==
             "192.0.2.25");
}
