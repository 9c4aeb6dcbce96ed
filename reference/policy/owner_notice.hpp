// The mail that tells a policy's owner of an incident (DLP-02). It names policy, rule, condition
// and the place in the message, and nothing of what stands there: no subject, no addresses of the
// recipients, for it travels unsealed. Of the message it carries the Message-ID alone, as what it
// refers to (RFC 3834 section 3.1.5), and not where that is no msg-id that a header can hold.
#pragma once

#include <string>
#include <vector>

#include "reference/host/time.hpp"
#include "reference/policy/decision.hpp"

namespace sealgate::policy {

struct NoticeFacts {
  std::string hostname;    ///< of the gateway
  std::string queue_id;    ///< of the message, for its owner to find it by
  std::string message_id;  ///< of the message, "<…>"; may be anything, a stranger wrote it
  host::WallTime now;
};

struct OwnerNotice {
  std::string owner;    ///< the address it goes to
  std::string content;  ///< header and body, CRLF line ends; to be sent with the null sender
};

/// One for each owner of the incidents of all recipients, whatever their number. Equal incidents
/// are told once.
std::vector<OwnerNotice> make_notices(const std::vector<Incident>& incidents,
                                      const NoticeFacts& facts);

}  // namespace sealgate::policy
