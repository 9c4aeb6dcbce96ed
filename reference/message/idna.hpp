// Domains with letters beyond ASCII, as DNS, routes and settings know them (IDNA 2008, RFC 5891).
#pragma once

#include <string>
#include <string_view>

namespace sealgate::message {

/// "bücher.test" becomes "xn--bcher-kva.test", in lower case. ASCII domains, address literals and
/// what no IDNA label can be made of come back as they are: they are found nowhere, then.
std::string to_ascii_domain(std::string_view domain);

}  // namespace sealgate::message
