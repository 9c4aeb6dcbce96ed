#include "reference/host/endpoint.hpp"

namespace host {

std::string Endpoint::to_string() const {
  const std::string text = address.to_string();
  return (address.is_v6() ? "[" + text + "]" : text) + ":" + std::to_string(port);
}

}  // namespace host
