#include "reference/message/received.hpp"

#include <boost/test/unit_test.hpp>

namespace sealgate::message {
namespace {

ReceivedStamp stamp() {
  ReceivedStamp made;
  made.client_helo = "mail.corp.test";
  made.client_address = "192.0.2.7";
  made.by = "gw.corp.test";
  made.id = "17";
  made.esmtp = true;
  made.time = host::WallTime(std::chrono::seconds(1795453658));  // 2026-11-23 17:07:38 UTC
  return made;
}

}  // namespace

BOOST_AUTO_TEST_CASE(field_names_both_ends_protocol_and_time) {
  BOOST_TEST(make_received(stamp()) ==
             "from mail.corp.test ([192.0.2.7])\r\n\tby gw.corp.test with ESMTP id 17;\r\n"
             "\tMon, 23 Nov 2026 17:07:38 +0000");
}

BOOST_AUTO_TEST_CASE(tls_recipient_and_ipv6_are_shown) {
  ReceivedStamp made = stamp();
  made.client_address = "2001:db8::7";
  made.tls = "TLSv1.3 TLS_AES_256_GCM_SHA384 256 bits";
  made.recipient = "bob@partner.test";
  BOOST_TEST(make_received(made) ==
             "from mail.corp.test ([IPv6:2001:db8::7])\r\n"
             "\t(using TLSv1.3 TLS_AES_256_GCM_SHA384 256 bits)\r\n"
             "\tby gw.corp.test with ESMTPS id 17\r\n\tfor <bob@partner.test>;\r\n"
             "\tMon, 23 Nov 2026 17:07:38 +0000");
}

BOOST_AUTO_TEST_CASE(protocol_is_named_as_rfc_3848_registers_it) {
  const auto with = [](bool esmtp, bool tls, bool authenticated) {
    ReceivedStamp made = stamp();
    made.esmtp = esmtp;
    made.authenticated = authenticated;
    if (tls) made.tls = "TLSv1.2";
    const std::string value = make_received(made);
    const std::size_t begin = value.find(" with ") + 6;
    return value.substr(begin, value.find(' ', begin) - begin);
  };
  BOOST_TEST(with(false, false, false) == "SMTP");
  BOOST_TEST(with(true, false, false) == "ESMTP");
  BOOST_TEST(with(true, true, false) == "ESMTPS");
  BOOST_TEST(with(true, false, true) == "ESMTPA");
  BOOST_TEST(with(true, true, true) == "ESMTPSA");
}

BOOST_AUTO_TEST_CASE(a_hostile_client_name_stays_in_its_place) {
  ReceivedStamp made = stamp();
  made.client_helo = "x) by evil;\r\nBcc: y";
  std::string message = "Subject: s\r\n\r\n";
  add_field_at_top(message, "Received", make_received(made));
  const Header header = scan_header(message);
  BOOST_TEST(header.fields.size() == 2u);
  BOOST_TEST(header.fields[0].value.substr(0, 31) == "from x??by?evil???Bcc:?y ([192.");
}

BOOST_AUTO_TEST_CASE(received_fields_are_counted_in_the_header_only) {
  std::string message = "RECEIVED: a\r\nReceived: b\r\nX-Received: c\r\n\r\nReceived: body\r\n";
  BOOST_TEST(count_received(scan_header(message)) == 2u);
  add_field_at_top(message, "Received", make_received(stamp()));
  BOOST_TEST(count_received(scan_header(message)) == 3u);
}

}  // namespace sealgate::message
