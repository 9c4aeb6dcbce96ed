// The direction of a message to one recipient (RUL-25). Pure: domains in, direction out.
#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

namespace sealgate::message {

enum class Direction { inbound, outbound, internal };
std::string_view to_string(Direction direction);

/// Both protected: internal. Only the recipient: inbound. Otherwise outbound, which needs a trusted
/// client; that check is the caller's (no open relay).
Direction direction_of(bool sender_protected, bool recipient_protected);

/// The domains whose mail the gateway protects: exact names, compared without ASCII case, a final
/// dot ignored; a subdomain is protected only when it is listed.
class ProtectedDomains {
 public:
  ProtectedDomains() = default;
  ProtectedDomains(std::initializer_list<std::string_view> domains);

  void add(std::string_view domain);
  /// False for the empty domain (the null sender).
  bool contains(std::string_view domain) const;
  bool empty() const { return domains_.empty(); }

  Direction direction(std::string_view sender_domain, std::string_view recipient_domain) const;

 private:
  std::set<std::string> domains_;  ///< lower case, without a final dot
};

}  // namespace sealgate::message
