// The administrator's operations of sealgate as a system under test: pages and certificates
// (sim/engine/sut.hpp lists operations, arguments and results).
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "reference/gateway/administration.hpp"

namespace sealcheck::adapters {

/// None: it is no operation of these.
boost::asio::awaitable<std::optional<boost::json::object>> administer(
    sealgate::gateway::Administration& office, std::string operation,
    boost::json::object arguments);

}  // namespace sealcheck::adapters
