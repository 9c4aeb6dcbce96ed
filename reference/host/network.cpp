#include "reference/host/network.hpp"

#include <algorithm>

namespace host {
namespace {

namespace ip = boost::asio::ip;

Address without_mapping(const Address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

template <class Bytes>
bool same_head(const Bytes& a, const Bytes& b, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(a.begin(), a.begin() + whole, b.begin())) return false;
  const int rest = bits % 8;
  return rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}

}  // namespace

bool Network::contains(const Address& other) const {
  const auto candidate = without_mapping(other);
  if (address.is_v4() != candidate.is_v4()) return false;
  return address.is_v4()
             ? same_head(address.to_v4().to_bytes(), candidate.to_v4().to_bytes(), prefix_length)
             : same_head(address.to_v6().to_bytes(), candidate.to_v6().to_bytes(), prefix_length);
}

std::string to_string(const Network& network) {
  const int all = network.address.is_v4() ? 32 : 128;
  const auto text = network.address.to_string();
  return network.prefix_length == all ? text : text + "/" + std::to_string(network.prefix_length);
}

}  // namespace host
