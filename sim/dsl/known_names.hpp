// The names that a scenario's text declares, for completion: read from a text that may be broken.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sealcheck::dsl {

class KnownNames {
 public:
  explicit KnownNames(std::string_view text);

  /// What an argument of this name may say: peers, messages, addresses, machines, SMTP verbs;
  /// "$": the columns of the rows. Empty for all other arguments.
  std::vector<std::string> for_argument(std::string_view argument) const;

 private:
  std::vector<std::string> peers_;
  std::vector<std::string> messages_;
  std::vector<std::string> addresses_;
  std::vector<std::string> columns_;
};

}  // namespace sealcheck::dsl
