// What a method asks for in one attempt: where to, over what, as whom, and what it makes of the
// message. Plain data, made anew for each attempt; one file of this folder says it for each method
// that is not the direct way to the recipient's own mail hosts.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "reference/encryption/method_order.hpp"
#include "reference/routing/route_table.hpp"

namespace sealgate::encryption {

struct Leg {
  Demand method = Demand::plain;
  /// mandatory_tls, opportunistic_tls or plain: of each connection.
  Demand tls = Demand::mandatory_tls;
  /// None: the route's servers, or the domain's MX. What these refuse before MAIL, and that they
  /// cannot be found, is no word about the recipient: it is delayed (RUL-10).
  std::optional<std::vector<routing::Server>> servers = {};
  bool client_certificate = false;  ///< the gateway's own is shown
  bool one_recipient = false;       ///< in each transaction
  /// Said to each server first; with TLS or not at all, unless it allows itself in clear (RUL-30).
  std::optional<settings::ServerLogin> login = {};
  /// What was taken over there comes back within this time, and is not delivered until then.
  std::optional<host::Duration> return_within = {};
  /// From the message as it was taken to the message as it goes; null: unchanged.
  std::function<std::string(const std::string& content)> transform = {};
};

/// A method that is chosen and cannot be used: the recipient is delayed (RUL-15).
struct Unavailable {
  std::string reason;      ///< the word that a queue row shows: "encryption-unavailable"
  std::string text;        ///< one line for people
  bool permanent = false;  ///< never for this message: it goes back to its sender
};

using LegOrUnavailable = std::variant<Leg, Unavailable>;

/// To the recipient's own mail hosts. `demand` is mandatory_tls, opportunistic_tls or plain.
inline Leg direct_leg(Demand demand) {
  return {.method = demand, .tls = demand};
}

}  // namespace sealgate::encryption
