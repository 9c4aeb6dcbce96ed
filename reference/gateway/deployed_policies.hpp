// The deployed policies on the host's disk, in the settings' own words. Internal to this folder.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "reference/host/host.hpp"
#include "reference/policy/engine.hpp"

namespace sealgate::gateway {

/// What was deployed last; on a machine where nothing was yet, the drafts that say `deployed`, and
/// then they are stored. Throws std::runtime_error when the file cannot be read or understood: what
/// is in force would be a guess.
boost::asio::awaitable<std::shared_ptr<const policy::Engine>> load_policies(
    host::Host& host, policy::PolicySet drafts);

/// Resolves when they are durable, as a whole.
boost::asio::awaitable<host::ErrorCode> store_policies(host::Host& host,
                                                       const policy::PolicySet& deployed);

}  // namespace sealgate::gateway
