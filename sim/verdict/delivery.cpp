#include "sim/verdict/delivery.hpp"

#include "sim/verdict/pattern_set.hpp"

namespace sealcheck::verdict {

std::vector<Delivery> deliveries(const std::vector<trace::Event>& events) {
  std::vector<Delivery> result;
  for (const trace::Event& event : events) {
    if (event.kind != "smtp.message" || !is_positive(event.field("reply"))) continue;
    result.push_back(
        {std::string(event.field("message")), plain_address(event.field("to")), &event});
  }
  return result;
}

std::string plain_address(std::string_view address) {
  if (address.starts_with('<') && address.ends_with('>'))
    address = address.substr(1, address.size() - 2);
  return lower_ascii(address);
}

bool is_positive(std::string_view reply) {
  return reply.starts_with('2');
}

}  // namespace sealcheck::verdict
