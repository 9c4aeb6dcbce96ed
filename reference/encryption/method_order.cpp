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
    case Demand::hybrid:
      return "hybrid";
    case Demand::third_party:
      return "third-party";
    case Demand::decryption:
      return "decryption";
    case Demand::none_available:
      return "none-available";
  }
  return "?";
}

namespace {

std::optional<Demand> demand_for(settings::OtherMethod method) {
  switch (method) {
    case settings::OtherMethod::none:
      return std::nullopt;
    case settings::OtherMethod::hybrid:
      return Demand::hybrid;
    case settings::OtherMethod::third_party:
      return Demand::third_party;
  }
  return std::nullopt;
}

}  // namespace

Plan plan_for(const RecipientFacts& recipient, const settings::Encryption& enabled) {
  if (recipient.marked_encrypt && recipient.notice) return {Demand::mandatory_tls};
  if (recipient.marked_encrypt && recipient.direction == message::Direction::outbound) {
    const auto other = demand_for(enabled.other);
    if (enabled.tls) return {Demand::mandatory_tls, other};
    return {other.value_or(Demand::none_available)};
  }
  if (recipient.needs_decryption && recipient.direction == message::Direction::inbound)
    return {Demand::decryption};
  return {recipient.route_box ? Demand::opportunistic_tls : Demand::plain};
}

settings::TlsLevel level_for(Demand demand, const settings::Tls& asked) {
  return demand == Demand::mandatory_tls ? asked.level : settings::TlsLevel::encrypt;
}

AfterTlsFailure after_tls_failure(Demand demand) {
  return demand == Demand::opportunistic_tls ? AfterTlsFailure::plain_text_on_new_connection
                                             : AfterTlsFailure::give_up_host;
}

bool second_follows(const FirstMethod& first) {
  return first.tls_failed && !first.otherwise;
}

}  // namespace sealgate::encryption
