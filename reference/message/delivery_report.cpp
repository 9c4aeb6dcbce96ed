#include "reference/message/delivery_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/message/header.hpp"

namespace sealgate::message {
namespace {

constexpr std::size_t quoted_octets_max = 700;  // of what a peer said, in a line of at most 998

bool is_eight_bit(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) > 0x7f; });
}

/// One line, printable ASCII. Addresses may be UTF-8.
std::string tame(std::string_view text, bool utf8 = false) {
  std::string out(text.substr(0, quoted_octets_max));
  for (char& c : out) {
    const bool beyond = static_cast<unsigned char>(c) > 0x7f;
    if (beyond ? !utf8 : c < ' ' || c == 0x7f) c = '?';
  }
  return out;
}

std::string typed_address(std::string_view address) {
  return fmt::format("{};{}", is_eight_bit(address) ? "utf-8" : "rfc822", tame(address, true));
}

std::string_view subject(Action action) {
  switch (action) {
    case Action::failed:
      return "Undelivered mail returned to its sender";
    case Action::delayed:
      return "Mail is delayed";
    case Action::relayed:
      return "Mail was passed on";
  }
  return {};
}

std::string_view introduction(Action action) {
  switch (action) {
    case Action::failed:
      return "Your message could not be delivered to the recipients below.\r\n"
             "No more attempts will be made.\r\n";
    case Action::delayed:
      return "Your message has not been delivered yet to the recipients below.\r\n"
             "You need not send it again: more attempts will be made.\r\n";
    case Action::relayed:
      return "Your message was passed on for the recipients below, to a server that\r\n"
             "sends no notifications of delivery.\r\n";
  }
  return {};
}

std::string text_part(const DeliveryReport& report) {
  std::string out = fmt::format("This is the mail gateway at {}.\r\n\r\n{}", report.reporting_host,
                                introduction(report.recipients.front().action));
  for (const auto& recipient : report.recipients) {
    out += fmt::format("\r\n<{}>\r\n    {}.\r\n", tame(recipient.address, true), recipient.why);
    if (!recipient.diagnostic.empty()) {
      out += fmt::format("    The other server said: {}\r\n", tame(recipient.diagnostic));
    }
    if (recipient.retry_until) {
      out += fmt::format("    Attempts go on until {}.\r\n",
                         host::to_rfc5322_date(*recipient.retry_until));
    }
  }
  return out;
}

/// RFC 3464 section 2.2: fields of the message, then a group for each recipient.
std::string status_part(const DeliveryReport& report) {
  std::string out;
  if (!report.envelope_id.empty()) {
    out += fmt::format("Original-Envelope-Id: {}\r\n", tame(report.envelope_id));
  }
  out += fmt::format("Reporting-MTA: dns; {}\r\nArrival-Date: {}\r\n", report.reporting_host,
                     host::to_rfc5322_date(report.received_at));
  for (const auto& recipient : report.recipients) {
    out += "\r\n";
    if (!recipient.original_recipient.empty()) {
      out += fmt::format("Original-Recipient: {}\r\n", tame(recipient.original_recipient, true));
    }
    out +=
        fmt::format("Final-Recipient: {}\r\nAction: {}\r\nStatus: {}\r\n",
                    typed_address(recipient.address), to_word(recipient.action), recipient.status);
    if (!recipient.remote_mta.empty()) {
      out += fmt::format("Remote-MTA: dns; {}\r\n", tame(recipient.remote_mta));
    }
    if (!recipient.diagnostic.empty()) {
      out += fmt::format("Diagnostic-Code: smtp; {}\r\n", tame(recipient.diagnostic));
    }
    if (recipient.last_attempt) {
      out +=
          fmt::format("Last-Attempt-Date: {}\r\n", host::to_rfc5322_date(*recipient.last_attempt));
    }
    if (recipient.retry_until) {
      out += fmt::format("Will-Retry-Until: {}\r\n", host::to_rfc5322_date(*recipient.retry_until));
    }
  }
  return out;
}

std::string_view header_block(std::string_view content) {
  return content.substr(0, scan_header(content).body_begin);
}

/// Enough to know which message it was.
std::string identification(std::string_view content) {
  const auto header = scan_header(content);
  std::string out;
  for (const char* name : {"Message-ID", "Date"}) {
    if (const auto* field = header.find(name)) {
      out += fmt::format("{}: {}\r\n", name, tame(field->value));
    }
  }
  return out;
}

struct Part {
  std::string type;
  std::string body;
};

Part returned_part(const DeliveryReport& report, bool international) {
  switch (report.returned) {
    case Returned::identification:
      return {"text/rfc822-headers", identification(report.content)};
    case Returned::full:
      return {international ? "message/global" : "message/rfc822", std::string(report.content)};
    case Returned::headers:
      break;
  }
  std::string header(header_block(report.content));
  if (international) return {"message/global-headers", std::move(header)};
  for (char& c : header) {
    if (is_eight_bit(std::string_view(&c, 1))) c = '?';  // so that any server takes the report
  }
  return {"text/rfc822-headers", std::move(header)};
}

void add_part(std::string& out, const std::string& boundary, const Part& part) {
  out += fmt::format("--{}\r\nContent-Type: {}\r\n", boundary, part.type);
  if (is_eight_bit(part.body)) out += "Content-Transfer-Encoding: 8bit\r\n";
  out += "\r\n" + part.body;
  if (!part.body.ends_with("\r\n")) out += "\r\n";
}

}  // namespace

std::string_view to_word(Action action) {
  switch (action) {
    case Action::failed:
      return "failed";
    case Action::delayed:
      return "delayed";
    case Action::relayed:
      return "relayed";
  }
  return {};
}

bool is_international(const DeliveryReport& report) {
  return is_eight_bit(report.sender) ||
         std::any_of(report.recipients.begin(), report.recipients.end(), [](const auto& one) {
           return is_eight_bit(one.address) || is_eight_bit(one.original_recipient);
         });
}

std::string make_report(const DeliveryReport& report) {
  const bool international = is_international(report);
  const std::string boundary = "report." + report.id;
  std::string out = fmt::format(
      "From: Mail Delivery System <postmaster@{0}>\r\n"
      "To: <{1}>\r\n"
      "Subject: {2}\r\n"
      "Date: {3}\r\n"
      "Message-ID: <report.{4}@{0}>\r\n"
      "Auto-Submitted: auto-replied\r\n"
      "MIME-Version: 1.0\r\n"
      "Content-Type: multipart/report; report-type={5};\r\n"
      "\tboundary=\"{6}\"\r\n"
      "\r\n"
      "This is a report on the delivery of a message, in MIME format.\r\n\r\n",
      report.reporting_host, tame(report.sender, true), subject(report.recipients.front().action),
      host::to_rfc5322_date(report.now), report.id,
      international ? "global-delivery-status" : "delivery-status", boundary);
  add_part(out, boundary, {"text/plain; charset=utf-8", text_part(report)});
  add_part(out, boundary,
           {international ? "message/global-delivery-status" : "message/delivery-status",
            status_part(report)});
  add_part(out, boundary, returned_part(report, international));
  return out + "--" + boundary + "--\r\n";
}

}  // namespace sealgate::message
