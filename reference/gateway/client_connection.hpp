// One connection to one mail host's address, one message over it: performs what
// smtp::ClientSession asks for and says in one word what went wrong. Internal to this folder.
//
// It decides nothing but whether the TLS that was negotiated is acceptable (RUL-01), which is
// Decisions' word. Without acceptable TLS, where it is required, neither envelope nor content is
// sent and the connection is closed (TLS-M-02, TLS-M-03). Deadlines are RFC 5321's, section
// 4.5.3.2.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "reference/encryption/tls_failure.hpp"
#include "reference/gateway/core.hpp"
#include "reference/smtp/client_session.hpp"

namespace sealgate::gateway {

struct Target {
  std::string host;  ///< for SNI and the log; may be an address
  host::Endpoint endpoint;
};

struct ConnectionResult {
  smtp::Outcome outcome;                       ///< one result for each recipient, in any case
  std::optional<encryption::Failure> failure;  ///< of the connection or session as a whole
  std::string detail;                          ///< of the failure, one line for people
  std::string tls;                             ///< protocol and cipher; empty: none was established
};

/// On the session executor.
boost::asio::awaitable<ConnectionResult> deliver_over_connection(CorePtr core,
                                                                 ConfigurationPtr configuration,
                                                                 Target target, smtp::TlsUse use,
                                                                 smtp::OutgoingMessage message);

}  // namespace sealgate::gateway
