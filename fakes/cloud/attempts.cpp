#include "fakes/cloud/attempts.hpp"

namespace fakes {

bool Attempts::count(const std::string& key, unsigned max, host::Duration window,
                     host::MonoTime now) {
  auto found = windows_.find(key);
  if (found != windows_.end() && found->second.end <= now) {
    windows_.erase(found);
    found = windows_.end();
  }
  if (found == windows_.end()) {
    if (windows_.size() >= keys_max)
      std::erase_if(windows_, [now](const auto& entry) { return entry.second.end <= now; });
    if (windows_.size() >= keys_max) return false;
    found = windows_.emplace(key, Window{0, now + window}).first;
  }
  return ++found->second.count <= max;
}

bool Attempts::is_exhausted(const std::string& key, unsigned max, host::MonoTime now) const {
  const auto found = windows_.find(key);
  return found != windows_.end() && found->second.end > now && found->second.count >= max;
}

}  // namespace fakes
