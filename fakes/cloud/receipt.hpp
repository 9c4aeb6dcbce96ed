// The non-delivery receipt for a message that the cloud found to be spam or a virus (HYB-12,
// HYB-13): RFC 3464, multipart/report of three parts. It goes to the message's sender, through the
// gateway, with the null sender in its envelope (RUL-21); the message that it tells of was neither
// encrypted nor forwarded (HYB-14).
//
// Nothing of that message is in it but its Message-ID: no subject, no body, no names of files. The
// finding's name is the engine's word, tamed into one line of ASCII, as everything else is.
#pragma once

#include <string>

#include "fakes/cloud/analysis_engine.hpp"
#include "reference/host/time.hpp"

namespace fakes {

struct Receipt {
  std::string reporting_mta;  ///< our name, "in.hybrid.test"
  std::string id;             ///< unique, of letters, digits, "." and "-": boundary and Message-ID
  std::string sender;         ///< to whom it goes, without <>
  std::string recipient;      ///< who got nothing, without <>
  std::string message_id;     ///< of the message, with its <>; empty: it had none
  std::string envelope_id;    ///< ENVID (RFC 3461), decoded; empty: none was given
  Analysis analysis;          ///< spam or virus
  host::WallTime received_at;
  host::WallTime now;
};

/// The whole message, ASCII, CRLF line ends.
std::string make_receipt(const Receipt& receipt);

}  // namespace fakes
