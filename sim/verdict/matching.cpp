#include "sim/verdict/matching.hpp"

#include <utility>

namespace sealcheck::verdict {

void Matching::offer(std::uint64_t event, std::vector<std::size_t> fits) {
  if (fits.empty() || complete()) return;
  offers_.push_back({event, std::move(fits)});
  std::vector<bool> tried(taken_by_.size());
  if (place(offers_.size() - 1, tried))
    ++matched_;
  else
    offers_.pop_back();
}

// An augmenting path: whoever holds the part may hold another instead.
bool Matching::place(std::size_t offer, std::vector<bool>& tried) {
  for (const std::size_t part : std::vector<std::size_t>(offers_[offer].fits)) {
    if (tried[part]) continue;
    tried[part] = true;
    if (taken_by_[part] && !place(*taken_by_[part], tried)) continue;
    taken_by_[part] = offer;
    return true;
  }
  return false;
}

std::optional<std::uint64_t> Matching::event_of(std::size_t part) const {
  if (!taken_by_[part]) return std::nullopt;
  return offers_[*taken_by_[part]].event;
}

}  // namespace sealcheck::verdict
