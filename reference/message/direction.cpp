#include "reference/message/direction.hpp"

#include <algorithm>

#include "reference/message/idna.hpp"

namespace sealgate::message {
namespace {

std::string key_of(std::string_view domain) {
  if (!domain.empty() && domain.back() == '.') domain.remove_suffix(1);
  std::string key = to_ascii_domain(domain);
  std::transform(key.begin(), key.end(), key.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return key;
}

}  // namespace

std::string_view to_string(Direction direction) {
  switch (direction) {
    case Direction::inbound:
      return "inbound";
    case Direction::outbound:
      return "outbound";
    case Direction::internal:
      return "internal";
  }
  return {};
}

Direction direction_of(bool sender_protected, bool recipient_protected) {
  if (!recipient_protected) return Direction::outbound;
  return sender_protected ? Direction::internal : Direction::inbound;
}

ProtectedDomains::ProtectedDomains(std::initializer_list<std::string_view> domains) {
  for (const std::string_view domain : domains) add(domain);
}

void ProtectedDomains::add(std::string_view domain) {
  if (auto key = key_of(domain); !key.empty()) domains_.insert(std::move(key));
}

bool ProtectedDomains::contains(std::string_view domain) const {
  return domains_.count(key_of(domain)) > 0;
}

Direction ProtectedDomains::direction(std::string_view sender_domain,
                                      std::string_view recipient_domain) const {
  return direction_of(contains(sender_domain), contains(recipient_domain));
}

}  // namespace sealgate::message
