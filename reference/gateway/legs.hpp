// Which leg of a delivery a method stands for, under the settings and the deployed policies of this
// moment. Internal to this folder.
#pragma once

#include "reference/encryption/leg.hpp"
#include "reference/gateway/core.hpp"
#include "reference/queue/message.hpp"

namespace sealgate::gateway {

encryption::LegOrUnavailable leg_for(encryption::Demand method, const Core& core,
                                     const settings::Settings& settings,
                                     const queue::StoredMessage& message);

}  // namespace sealgate::gateway
