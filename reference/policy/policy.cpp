#include "reference/policy/policy.hpp"

#include <algorithm>

namespace sealgate::policy {

std::string_view to_word(Action action) {
  static constexpr std::array<std::string_view, 4> words = {"permit", "encrypt", "quarantine",
                                                            "drop"};
  return words.at(static_cast<std::size_t>(action));
}

std::string_view to_word(Severity severity) {
  static constexpr std::array<std::string_view, 3> words = {"low", "medium", "high"};
  return words.at(static_cast<std::size_t>(severity));
}

std::string_view to_word(Mode mode) {
  return mode == Mode::monitor ? "monitor" : "enforce";
}

std::string_view area_word(std::uint8_t area) {
  switch (area) {
    case subject_area:
      return "subject";
    case headers_area:
      return "headers";
    case body_area:
      return "body";
    case attachments_area:
      return "attachments";
  }
  return "unknown";
}

bool may_edit(const Policy& policy, std::string_view administrator) {
  const auto& owners = policy.owners;
  return owners.empty() || std::find(owners.begin(), owners.end(), administrator) != owners.end();
}

}  // namespace sealgate::policy
