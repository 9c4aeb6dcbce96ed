// An IP address with a port: TCP or UDP by context.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <string>

namespace host {

using Address = boost::asio::ip::address;

struct Endpoint {
  Address address;
  std::uint16_t port = 0;

  friend bool operator==(const Endpoint&, const Endpoint&) = default;
  friend bool operator<(const Endpoint& a, const Endpoint& b) {
    return a.address != b.address ? a.address < b.address : a.port < b.port;
  }

  /// "192.0.2.1:25", "[2001:db8::1]:25".
  std::string to_string() const;
};

}  // namespace host
