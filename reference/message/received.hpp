// The trace field that each SMTP server adds (RFC 5321 section 4.4), and the count of them that
// tells a loop (section 6.3).
#pragma once

#include <optional>
#include <string>

#include "reference/host/time.hpp"
#include "reference/message/header.hpp"

namespace sealgate::message {

struct ReceivedStamp {
  std::string client_helo;     ///< its name in HELO or EHLO, as it said it
  std::string client_address;  ///< "192.0.2.7" or "2001:db8::7", from the connection
  std::string by;              ///< our host name
  std::string id;              ///< our queue id; may be empty
  bool esmtp = false;
  bool authenticated = false;
  std::optional<std::string> tls;  ///< "TLSv1.3 TLS_AES_256_GCM_SHA384 (256 bits)", as a comment
  std::optional<std::string>
      recipient;  ///< the one recipient, without <>; more than one are not shown
  host::WallTime time{};
};

/// The value of the field, folded, without a line end at its end: for add_field_at_top. The
/// protocol is SMTP, ESMTP, ESMTPS, ESMTPA or ESMTPSA (RFC 3848). What came from the client cannot
/// break out of its place: control octets, parentheses and line ends become '?'.
std::string make_received(const ReceivedStamp& stamp);

/// Fields that count towards a loop; a header that is too big counts as far as it was scanned.
std::size_t count_received(const Header& header);

}  // namespace sealgate::message
