#include "sim/verdict/boundary.hpp"

#include <algorithm>
#include <utility>

namespace sealcheck::verdict {

namespace {

// The leg between the gateway and an encryption server, there and back.
bool is_encryption_leg(const plan::Plan& plan, std::string_view one, std::string_view other) {
  if (one != plan.gateway.name) std::swap(one, other);
  return one == plan.gateway.name &&
         std::any_of(plan.mxs.begin(), plan.mxs.end(), [&](const plan::Mx& mx) {
           return mx.encryption && (other == mx.name || other == mx.way_on_name());
         });
}

}  // namespace

bool is_beyond(const plan::Plan& plan, const plan::Message& message, std::string_view sender,
               std::string_view receiver) {
  if (message.sealed_beyond == plan::Boundary::none) return false;
  if (message.sealed_beyond == plan::Boundary::encryption_group &&
      is_encryption_leg(plan, sender, receiver))
    return false;
  const std::string& gateway = plan.gateway.name;
  if (sender == gateway) return receiver != gateway && receiver != message.origin;
  const bool from_an_origin =
      std::any_of(plan.origins.begin(), plan.origins.end(),
                  [&](const plan::Origin& origin) { return origin.name == sender; });
  return !(from_an_origin && receiver == gateway);
}

bool addresses_may_show(const plan::Plan& plan, const plan::Message& message,
                        std::string_view sender, std::string_view receiver) {
  if (message.sealed_beyond != plan::Boundary::cloud || !plan.cloud) return false;
  return sender != plan.gateway.name || receiver != plan.cloud->name;
}

}  // namespace sealcheck::verdict
