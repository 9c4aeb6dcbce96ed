#include "sim/verdict/boundary.hpp"

#include <algorithm>

namespace sealcheck::verdict {

bool is_beyond(const plan::Plan& plan, const plan::Message& message, std::string_view sender,
               std::string_view receiver) {
  if (message.sealed_beyond == plan::Boundary::none) return false;
  const std::string& gateway = plan.gateway.name;
  if (sender == gateway) return receiver != gateway && receiver != message.origin;
  const bool from_an_origin =
      std::any_of(plan.origins.begin(), plan.origins.end(),
                  [&](const plan::Origin& origin) { return origin.name == sender; });
  return !(from_an_origin && receiver == gateway);
}

}  // namespace sealcheck::verdict
