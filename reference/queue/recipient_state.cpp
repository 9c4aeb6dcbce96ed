#include "reference/queue/recipient_state.hpp"

#include <array>

namespace sealgate::queue {
namespace {

constexpr std::array<std::string_view, 6> words = {"queued",    "delayed", "held",
                                                   "delivered", "expired", "failed"};

}  // namespace

std::string_view to_word(RecipientState state) {
  return words.at(static_cast<std::size_t>(state));
}

std::optional<RecipientState> state_from_word(std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == word) return static_cast<RecipientState>(i);
  }
  return std::nullopt;
}

bool is_final(RecipientState state) {
  return !awaits_attempt(state) && state != RecipientState::held;
}

bool awaits_attempt(RecipientState state) {
  return state == RecipientState::queued || state == RecipientState::delayed;
}

}  // namespace sealgate::queue
