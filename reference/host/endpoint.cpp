#include "reference/host/endpoint.hpp"

namespace host {

namespace {

// Four octets, not by the C library's inet_ntop: a trace names two endpoints in each event, and
// that one takes fifteen times as long.
std::string dotted(const boost::asio::ip::address_v4& address) {
  std::string text;
  for (const unsigned char octet : address.to_bytes()) {
    if (!text.empty()) text += '.';
    if (octet >= 100) text += static_cast<char>('0' + octet / 100);
    if (octet >= 10) text += static_cast<char>('0' + octet / 10 % 10);
    text += static_cast<char>('0' + octet % 10);
  }
  return text;
}

}  // namespace

std::string Endpoint::to_string() const {
  std::string text = address.is_v6() ? "[" + address.to_string() + "]" : dotted(address.to_v4());
  text += ':';
  text += std::to_string(port);
  return text;
}

}  // namespace host
