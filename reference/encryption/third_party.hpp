// The method "Third-party application": a message goes to an encryption server, which knows by a
// trigger header that it is to encrypt it, and hands it back or sends it on (RUL-29). Pure.
//
// The leg is opportunistic TLS (TLS-O-07); where the server has to be told user name and password
// it is TLS or nothing, unless the settings allow them in clear (RUL-30). The servers are tried in
// the order of their list.
//
// A hand-over carries a field of the gateway's own beside the trigger: "X-Sealgate-Handover: ID;
// count=N". The ID tells a second return from a first; the count tells a loop, where the message
// comes in again from an address outside the group (TPA-13); where a server removes it the Received
// fields say both. Nobody outside sees it: it is removed from whatever comes in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reference/encryption/leg.hpp"
#include "reference/message/header.hpp"
#include "reference/settings/third_party.hpp"

namespace sealgate::encryption {

struct Handover {
  std::string id;  ///< the queue id of the copy that stays here
  int count = 1;   ///< this one included

  friend bool operator==(const Handover&, const Handover&) = default;
};

/// Our field as an x-header, to be stripped with the others; its value is none to be matched.
settings::XHeader handover_header();
std::string to_field_value(const Handover& handover);
/// None: the message was not handed over, or the field says something else.
std::optional<Handover> handover_of(const message::Header& header);
/// For a server that removes fields it does not know: the Received fields of the gateway with this
/// name tell the same. The newest has the queue id, and each stands for a time that it came by.
std::optional<Handover> handover_by_received(const message::Header& header,
                                             const std::string& hostname);

/// Those that count from an encryption server alone: trigger, success, failure and ours (RUL-12).
std::vector<settings::XHeader> reserved_headers(const settings::ThirdParty& settings);

/// The Encryption Server List, in its order.
std::vector<routing::Server> servers_of(const settings::ThirdParty& settings);

/// Unavailable: nothing is set up (third-party-unavailable), or the message has been handed over as
/// often as the settings allow (encryption-loop, for good).
LegOrUnavailable third_party_leg(const std::optional<settings::ThirdParty>& settings,
                                 const Handover& handover);

}  // namespace sealgate::encryption
