// An automatic mail about a message (RFC 3834) as a peer received it: what a gateway tells the
// owner of a policy, for one. Delivery reports are delivery_report.hpp's and none of these. Pure.
#pragma once

#include <optional>
#include <string>

#include "sim/trace/event.hpp"

namespace sealcheck::verdict {

struct Notice {
  std::string to;          ///< its recipient, see plain_address
  std::string references;  ///< In-Reply-To and References: the messages that it is about
  std::string text;        ///< subject and body, decoded
};

/// The notice that a peer took with this smtp.message event: from the null sender, answered 2xx,
/// Auto-Submitted other than "no" (RFC 3834 section 5).
std::optional<Notice> notice_received(const trace::Event& event);

}  // namespace sealcheck::verdict
