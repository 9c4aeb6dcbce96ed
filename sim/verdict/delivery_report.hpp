// A delivery status notification as a peer received it (RFC 3461, RFC 3462, RFC 3464): about which
// message, what became of which recipient.
//
// Written for the lab alone, from the RFCs, and strict where a mail client would shrug: whatever
// does not parse is no report. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/trace/event.hpp"

namespace sealcheck::verdict {

struct DeliveryReport {
  struct Recipient {
    std::string original_recipient;  ///< Original-Recipient without "rfc822;", or empty
    std::string final_recipient;     ///< Final-Recipient, likewise
    std::string action;              ///< in lower case
    std::string status;              ///< "4.4.7"
    std::string diagnostic;          ///< Diagnostic-Code
  };
  std::string text;         ///< the part for people, decoded
  std::string envelope_id;  ///< Original-Envelope-Id, or empty
  std::string message_id;   ///< of the message that it returns, or whose header it returns
  std::vector<Recipient> recipients;
};

/// Nothing when it is no multipart/report of the type delivery-status with all that RFC 3464
/// demands: a text part, Reporting-MTA, for each recipient Final-Recipient, Action and Status.
std::optional<DeliveryReport> parse_delivery_report(std::string_view message);

/// The report that a peer took with this smtp.message event: from the null sender, answered 2xx.
std::optional<DeliveryReport> report_received(const trace::Event& event);

}  // namespace sealcheck::verdict
