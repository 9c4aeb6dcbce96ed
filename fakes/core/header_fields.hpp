// A message's header as the peers behind the gateway read and write it, by their own lights:
// fields in order, each kept as it came, folding included (RFC 5322 section 2.2).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fakes {

struct HeaderLine {
  std::string name;
  std::string value;  ///< unfolded and trimmed
  std::string raw;    ///< with its line end
};

struct SplitMessage {
  std::vector<HeaderLine> header;  ///< a line that is no field has an empty name
  std::string body;                ///< behind the empty line

  std::string text() const;
  /// Of that name in any letter case.
  void remove(std::string_view name);
  void add_first(const std::string& name, const std::string& value);
};

SplitMessage split_message(std::string_view message);

/// Letter case aside.
bool same_name(std::string_view a, std::string_view b);

}  // namespace fakes
