#include "reference/policy/decision.hpp"

#include <fmt/format.h>

namespace sealgate::policy {
namespace {

std::string told(const Incident& incident) {
  const bool own_name = incident.rule != incident.policy;
  return fmt::format("{} by \"{}\"{}: {} ({})", to_word(incident.action), incident.policy,
                     own_name ? fmt::format(" rule \"{}\"", incident.rule) : "", incident.condition,
                     incident.where);
}

}  // namespace

std::string explain(const Decision& decision) {
  std::string out;
  if (!decision.exception.empty()) {
    out = "exception: " + decision.exception;
  } else if (const auto* incident = decision.decided_by()) {
    out = told(*incident);
  } else {
    out = decision.incidents.empty() ? "permit: no policy matched" : "permit: only monitored";
  }
  for (const auto& incident : decision.incidents) {
    if (!incident.enforced) out += "; monitored: " + told(incident);
  }
  return out;
}

}  // namespace sealgate::policy
