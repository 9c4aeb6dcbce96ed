#include "reference/encryption/method_order.hpp"

namespace sealgate::encryption {

std::string_view to_word(Demand demand) {
  switch (demand) {
    case Demand::mandatory_tls:
      return "mandatory-tls";
    case Demand::opportunistic_tls:
      return "opportunistic-tls";
    case Demand::plain:
      return "plain";
    case Demand::none_available:
      return "none-available";
  }
  return "?";
}

Plan plan_for(const RecipientFacts& recipient, const settings::Encryption& enabled) {
  if (recipient.marked_encrypt && recipient.notice) return {Demand::mandatory_tls};
  if (recipient.marked_encrypt && recipient.direction == message::Direction::outbound) {
    return {enabled.tls ? Demand::mandatory_tls : Demand::none_available};
  }
  return {recipient.route_box ? Demand::opportunistic_tls : Demand::plain};
}

settings::TlsLevel level_for(Demand demand, const settings::Tls& asked) {
  return demand == Demand::mandatory_tls ? asked.level : settings::TlsLevel::encrypt;
}

AfterTlsFailure after_tls_failure(Demand demand) {
  return demand == Demand::opportunistic_tls ? AfterTlsFailure::plain_text_on_new_connection
                                             : AfterTlsFailure::give_up_host;
}

}  // namespace sealgate::encryption
