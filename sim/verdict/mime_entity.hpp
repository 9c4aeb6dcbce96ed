// A MIME entity (RFC 2045, RFC 2046) as far as a report needs it: its type, its parts, its decoded
// content. Views go into the text that was parsed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sealcheck::verdict {

struct MimeEntity {
  std::string_view header;
  std::string_view body;
  std::string type;  ///< in lower case, without parameters; "text/plain" where there is none

  /// Of Content-Type, without quotes; empty when absent.
  std::string parameter(std::string_view name) const;
  /// What stands between the boundaries; empty when it is no multipart.
  std::vector<MimeEntity> parts() const;
  /// The body without its transfer encoding.
  std::string decoded() const;
};

MimeEntity parse_entity(std::string_view text);

/// The first field of that name in any letter case, unfolded and trimmed; empty when absent.
std::string field_of(std::string_view header, std::string_view name);

}  // namespace sealcheck::verdict
