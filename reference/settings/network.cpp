#include "reference/settings/network.hpp"

#include "reference/syntax/values.hpp"

namespace sealgate::settings {

std::optional<Network> parse_network(std::string_view text) {
  const auto parsed = syntax::parse_network(text);
  if (!parsed) return std::nullopt;
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(parsed->ip, error);
  if (error) return std::nullopt;
  return Network{address, parsed->prefix_length};
}

}  // namespace sealgate::settings
