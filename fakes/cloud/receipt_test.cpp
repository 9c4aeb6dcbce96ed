#include "fakes/cloud/receipt.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "fakes/cloud/python_program.hpp"

namespace {

using fakes::Analysis;
using fakes::make_receipt;
using fakes::Receipt;

Receipt receipt(Analysis::Verdict verdict = Analysis::Verdict::virus) {
  Receipt made;
  made.reporting_mta = "in.hybrid.test";
  made.id = "17.c0ffee";
  made.sender = "alice@corp.test";
  made.recipient = "bob@partner.test";
  made.message_id = "<m1@corp.test>";
  made.analysis = {verdict, "Some.Virus-1"};
  made.received_at = host::WallTime(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1));
  made.now = made.received_at + std::chrono::seconds(5);
  return made;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// Python's parser, strict, on what a reader of RFC 3464 looks for.
constexpr std::string_view reader = R"(
import email, email.policy, sys
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.SMTP)
assert not any(p.defects for p in m.walk()), [p.defects for p in m.walk()]
print(m.get_content_type(), m.get_param("report-type"))
print(m["From"].addresses[0].addr_spec, m["To"].addresses[0].addr_spec, m["Auto-Submitted"])
print(m["Date"].datetime.isoformat(), m["Message-ID"])
parts = list(m.iter_parts())
print(*(p.get_content_type() for p in parts))
for group in parts[1].get_payload():
    for name, value in group.items():
        print(name + "=" + value)
print(*parts[2].get_payload().strip().splitlines())
)";

}  // namespace

BOOST_AUTO_TEST_SUITE(receipt_to_the_sender)

BOOST_AUTO_TEST_CASE(another_parser_reads_the_report) {  // RFC 3464
  Receipt made = receipt();
  made.envelope_id = "envelope 7";
  BOOST_TEST(fakes::test::python(reader, make_receipt(made)) ==
             "multipart/report delivery-status\n"
             "postmaster@in.hybrid.test alice@corp.test auto-replied\n"
             "2026-03-01T00:00:05+00:00 <receipt.17.c0ffee@in.hybrid.test>\n"
             "text/plain message/delivery-status text/rfc822-headers\n"
             "Original-Envelope-Id=envelope 7\n"
             "Reporting-MTA=dns; in.hybrid.test\n"
             "Arrival-Date=Sun, 1 Mar 2026 00:00:00 +0000\n"
             "Final-Recipient=rfc822; bob@partner.test\n"
             "Action=failed\n"
             "Status=5.7.1\n"
             "Diagnostic-Code=smtp; 550 5.7.1 virus found: Some.Virus-1\n"
             "Message-ID: <m1@corp.test>\n");
}

BOOST_AUTO_TEST_CASE(spam_is_called_spam) {
  const std::string text = make_receipt(receipt(Analysis::Verdict::spam));
  BOOST_TEST(holds(text, "Subject: Undelivered mail: spam was found\r\n"));
  BOOST_TEST(holds(text, "it was found to be spam (Some.Virus-1)."));
  BOOST_TEST(!holds(text, "a virus"));
}

BOOST_AUTO_TEST_CASE(a_message_without_an_id_is_reported_all_the_same) {
  Receipt made = receipt();
  made.message_id.clear();
  BOOST_TEST(!holds(fakes::test::python(reader, make_receipt(made)), "Message-ID:"));
}

BOOST_AUTO_TEST_CASE(nobody_breaks_out_of_a_line) {
  Receipt made = receipt();
  for (std::string* text :
       {&made.sender, &made.recipient, &made.message_id, &made.envelope_id, &made.analysis.name})
    *text = "x\r\nBcc: eve@evil.test\r\n\r\n--receipt.17.c0ffee--\xff" + std::string(5000, 'y');
  const std::string text = make_receipt(made);
  for (std::size_t at = 0, end = 0; at < text.size(); at = end + 2) {
    end = text.find("\r\n", at);
    BOOST_REQUIRE(end != text.npos);
    const std::string line = text.substr(at, end - at);
    BOOST_TEST(line.size() <= 998u);
    BOOST_TEST(!line.starts_with("Bcc"));
    BOOST_TEST(std::all_of(line.begin(), line.end(),
                           [](char c) { return c == '\t' || (c >= ' ' && c <= '~'); }));
  }
  BOOST_TEST(holds(fakes::test::python(reader, text), "Status=5.7.1\n"));
}

BOOST_AUTO_TEST_SUITE_END()
