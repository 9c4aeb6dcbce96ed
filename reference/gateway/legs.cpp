#include "reference/gateway/legs.hpp"

#include "reference/encryption/decryption.hpp"

namespace sealgate::gateway {

using encryption::Demand;
using encryption::Unavailable;

encryption::LegOrUnavailable leg_for(Demand method, const Core& core,
                                     const settings::Settings& settings,
                                     const queue::StoredMessage& message) {
  switch (method) {
    case Demand::mandatory_tls:
    case Demand::opportunistic_tls:
    case Demand::plain:
      return encryption::direct_leg(method);
    case Demand::hybrid:
      return core.decisions.hybrid_leg(settings.hybrid, core.policies.load()->deployed());
    case Demand::third_party:
      return core.decisions.third_party_leg(settings.third_party,
                                            {message.queue_id, message.handovers + 1});
    case Demand::decryption:
      return encryption::decryption_leg(settings);
    case Demand::none_available:
      break;
  }
  return Unavailable{"encryption-unavailable", "no encryption method is enabled"};
}

}  // namespace sealgate::gateway
