// Which method protects a recipient's copy, and what to do when it fails. Pure: facts and settings
// in, decision out; decided anew for each attempt and recipient (RUL-18).
//
//   outbound and marked Encrypt   the enabled methods, in order: mandatory TLS (RUL-02, RUL-17),
//                                 then the other one, if TLS fails (RUL-05); none is enabled:
//                                 none_available (RUL-15)
//   a notice about such a message TLS or nothing, whichever way it goes: it is held to the same
//                                 boundary, and needs no method that its reader has to open
//   inbound and encrypted         first to the encryption gateway, where there is one (HYB-23)
//   everything else               the route's box: marked opportunistic TLS, unmarked plain
#pragma once

#include <optional>
#include <string_view>

#include "reference/message/direction.hpp"
#include "reference/settings/settings.hpp"

namespace sealgate::encryption {

enum class Demand {
  mandatory_tls,      ///< over TLS or not at all
  opportunistic_tls,  ///< over TLS if that works, else in plain text
  plain,              ///< STARTTLS is not even asked for (TLS-O-06)
  hybrid,             ///< handed to the hybrid service
  third_party,        ///< handed to the third-party application
  decryption,         ///< inbound and encrypted: to the encryption gateway, which sends it back
  none_available,     ///< must be protected and nothing can: delayed, never by route
};
std::string_view to_word(Demand demand);

struct RecipientFacts {
  message::Direction direction = message::Direction::outbound;
  bool marked_encrypt = false;  ///< by a deployed policy
  bool route_box = false;       ///< "Use Transport Layer Security" of the recipient's route
  bool notice = false;          ///< the gateway's own, about a message that was marked or not
  /// Inbound, encrypted, and there is an encryption gateway that it has not been to (HYB-23).
  bool needs_decryption = false;
};

/// How a recipient is to be delivered. Each attempt begins with the first again (RUL-18).
struct Plan {
  Demand demand = Demand::plain;
  std::optional<Demand> second = {};  ///< where TLS fails, see second_follows()

  friend bool operator==(const Plan&, const Plan&) = default;
  friend auto operator<=>(const Plan&, const Plan&) = default;
};

Plan plan_for(const RecipientFacts& recipient, const settings::Encryption& enabled);

/// What a connection made for `demand` asks of the peer's certificate: opportunistic TLS asks
/// nothing, because its other choice is plain text.
settings::TlsLevel level_for(Demand demand, const settings::Tls& asked);

enum class AfterTlsFailure {
  give_up_host,                  ///< this mail host gets nothing; the next may, else delayed
  plain_text_on_new_connection,  ///< at once, to the same mail host (RUL-19)
};

AfterTlsFailure after_tls_failure(Demand demand);

/// What the mail hosts of a recipient's domain did to the first method in one attempt.
struct FirstMethod {
  bool tls_failed = false;  ///< at one of them (RUL-03)
  bool unreached = false;   ///< one refused the connection, or nobody answered there
  bool otherwise = false;   ///< one failed of something else: then TLS may work
};

/// After the last mail host: only where every one that was reached failed of TLS (HYB-07, RUL-18).
bool second_follows(const FirstMethod& first);

}  // namespace sealgate::encryption
