#include "sim/verdict/delivery_report.hpp"

#include <algorithm>

#include "sim/verdict/delivery.hpp"
#include "sim/verdict/mime_entity.hpp"
#include "sim/verdict/pattern_set.hpp"

namespace sealcheck::verdict {
namespace {

// "rfc822; bob@partner.test" → "bob@partner.test".
std::string typed_address(const std::string& value) {
  const auto semicolon = value.find(';');
  if (semicolon == std::string::npos) return {};
  const auto begin = value.find_first_not_of(" \t", semicolon + 1);
  return begin == std::string::npos ? std::string() : value.substr(begin);
}

// The groups of fields of a message/delivery-status, separated by empty lines.
std::vector<std::string> groups(std::string_view body) {
  std::vector<std::string> result;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find("\r\n\r\n"), body.size());
    std::string group(body.substr(0, end));
    if (group.find_first_not_of("\r\n") != std::string::npos) result.push_back(group + "\r\n");
    body.remove_prefix(std::min(end + 4, body.size()));
  }
  return result;
}

bool read_status(const MimeEntity& part, DeliveryReport& report) {
  const auto found = groups(part.body);
  if (found.size() < 2 || field_of(found.front(), "Reporting-MTA").empty()) return false;
  report.envelope_id = field_of(found.front(), "Original-Envelope-Id");
  for (std::size_t i = 1; i < found.size(); ++i) {
    DeliveryReport::Recipient recipient;
    recipient.original_recipient = typed_address(field_of(found[i], "Original-Recipient"));
    recipient.final_recipient = typed_address(field_of(found[i], "Final-Recipient"));
    recipient.action = lower_ascii(field_of(found[i], "Action"));
    recipient.status = field_of(found[i], "Status");
    recipient.diagnostic = field_of(found[i], "Diagnostic-Code");
    if (recipient.final_recipient.empty() || recipient.action.empty() || recipient.status.empty())
      return false;
    report.recipients.push_back(std::move(recipient));
  }
  return true;
}

}  // namespace

std::optional<DeliveryReport> parse_delivery_report(std::string_view message) {
  const MimeEntity whole = parse_entity(message);
  if (whole.type != "multipart/report" ||
      lower_ascii(whole.parameter("report-type")) != "delivery-status")
    return std::nullopt;
  const auto parts = whole.parts();
  if (parts.size() < 2 || parts[1].type != "message/delivery-status") return std::nullopt;
  DeliveryReport report;
  report.text = parts[0].decoded();
  if (!read_status(parts[1], report)) return std::nullopt;
  if (parts.size() > 2) report.message_id = field_of(parts[2].decoded(), "Message-ID");
  return report;
}

std::optional<DeliveryReport> report_received(const trace::Event& event) {
  if (event.kind != "smtp.message" || !is_positive(event.field("reply")) ||
      !plain_address(event.field("from")).empty())
    return std::nullopt;
  return parse_delivery_report(event.payload);
}

}  // namespace sealcheck::verdict
