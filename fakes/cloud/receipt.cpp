#include "fakes/cloud/receipt.hpp"

#include <fmt/format.h>

#include <string_view>

namespace fakes {
namespace {

constexpr std::size_t octets_in_line_max = 700;  // with its name below the 998 of RFC 5322

/// One line, printable ASCII.
std::string tame(std::string_view text) {
  std::string line(text.substr(0, octets_in_line_max));
  for (char& c : line) {
    if (c < ' ' || c > '~') c = '?';
  }
  return line;
}

bool is_virus(const Receipt& receipt) {
  return receipt.analysis.verdict == Analysis::Verdict::virus;
}

std::string text_part(const Receipt& receipt) {
  return fmt::format(
      "This is the encryption service at {}.\r\n\r\n"
      "Your message to <{}> was neither encrypted nor delivered:\r\n"
      "it was found to {} ({}).\r\n\r\n"
      "Nothing of it was kept. No more attempts will be made.\r\n",
      tame(receipt.reporting_mta), tame(receipt.recipient),
      is_virus(receipt) ? "contain a virus" : "be spam", tame(receipt.analysis.name));
}

std::string status_part(const Receipt& receipt) {
  std::string fields;
  if (!receipt.envelope_id.empty())
    fields += fmt::format("Original-Envelope-Id: {}\r\n", tame(receipt.envelope_id));
  return fields + fmt::format(
                      "Reporting-MTA: dns; {}\r\n"
                      "Arrival-Date: {}\r\n\r\n"
                      "Final-Recipient: rfc822; {}\r\n"
                      "Action: failed\r\n"
                      "Status: 5.7.1\r\n"  // refused by policy (RFC 3463 section 3.8)
                      "Diagnostic-Code: smtp; 550 5.7.1 {} found: {}\r\n",
                      tame(receipt.reporting_mta), host::to_rfc5322_date(receipt.received_at),
                      tame(receipt.recipient), is_virus(receipt) ? "virus" : "spam",
                      tame(receipt.analysis.name));
}

}  // namespace

std::string make_receipt(const Receipt& receipt) {
  const std::string identification =
      receipt.message_id.empty() ? "" : "Message-ID: " + tame(receipt.message_id) + "\r\n";
  return fmt::format(
      "From: Encryption service <postmaster@{mta}>\r\n"
      "To: <{sender}>\r\n"
      "Subject: Undelivered mail: {verdict} was found\r\n"
      "Date: {date}\r\n"
      "Message-ID: <receipt.{id}@{mta}>\r\n"
      "Auto-Submitted: auto-replied\r\n"  // RFC 3834
      "MIME-Version: 1.0\r\n"
      "Content-Type: multipart/report; report-type=delivery-status;\r\n"
      "\tboundary=\"receipt.{id}\"\r\n"
      "\r\n"
      "This is a report on the delivery of a message, in MIME format.\r\n\r\n"
      "--receipt.{id}\r\n"
      "Content-Type: text/plain; charset=us-ascii\r\n\r\n"
      "{text}\r\n"
      "--receipt.{id}\r\n"
      "Content-Type: message/delivery-status\r\n\r\n"
      "{status}\r\n"
      "--receipt.{id}\r\n"
      "Content-Type: text/rfc822-headers\r\n\r\n"
      "{identification}\r\n"
      "--receipt.{id}--\r\n",
      fmt::arg("mta", tame(receipt.reporting_mta)), fmt::arg("sender", tame(receipt.sender)),
      fmt::arg("verdict", is_virus(receipt) ? "a virus" : "spam"),
      fmt::arg("date", host::to_rfc5322_date(receipt.now)), fmt::arg("id", receipt.id),
      fmt::arg("text", text_part(receipt)), fmt::arg("status", status_part(receipt)),
      fmt::arg("identification", identification));
}

}  // namespace fakes
