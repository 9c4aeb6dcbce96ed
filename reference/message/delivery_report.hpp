// A delivery status notification (RFC 3464): a failure (NDR), a delay, or a relay to a server that
// sends no notifications, told to the sender of a message. Pure: facts in, message out.
//
// multipart/report of three parts: sentences for people, message/delivery-status for programs, and
// what is returned of the message. Auto-Submitted says that a program wrote it (RFC 3834). Where an
// address or the returned header is not ASCII, the parts are those of RFC 6533.
//
// Nothing of the message's content is in it but by `returned`. `Returned::identification` is for
// mail that must be sealed: Message-ID and Date, without subject, addresses or body.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/host/time.hpp"

namespace sealgate::message {

enum class Action { failed, delayed, relayed };  ///< RFC 3464 section 2.3.3
std::string_view to_word(Action action);

struct ReportedRecipient {
  std::string address;             ///< as it was tried
  std::string original_recipient;  ///< "rfc822;bob@old.test", decoded; empty: none was given
  Action action = Action::failed;
  std::string status;      ///< "5.1.1" (RFC 3463)
  std::string why;         ///< a sentence without its full stop
  std::string diagnostic;  ///< the other server's reply, "550 5.1.1 no such user"; may be empty
  std::string remote_mta;  ///< the host that replied; may be empty
  std::optional<host::WallTime> last_attempt;
  std::optional<host::WallTime> retry_until;  ///< of a delay
};

enum class Returned { identification, headers, full };

struct DeliveryReport {
  std::string reporting_host;  ///< our name
  std::string id;              ///< unique: makes the boundary and the Message-ID
  std::string sender;          ///< to whom it goes, without <>
  std::string envelope_id;     ///< ENVID, decoded; may be empty
  host::WallTime received_at;  ///< the message's arrival here
  host::WallTime now;
  std::vector<ReportedRecipient> recipients;  ///< at least one, all with one action
  Returned returned = Returned::headers;
  std::string_view content;  ///< the message; it must outlive the call
};

/// The whole message, CRLF line ends; 8-bit only where the content is and Returned::full asks for
/// it, or where an address is. What a peer said is tamed: it cannot break out of its line.
std::string make_report(const DeliveryReport& report);

/// Whether the report of these recipients has to travel with SMTPUTF8.
bool is_international(const DeliveryReport& report);

}  // namespace sealgate::message
