// How often something was tried of late: the limits against guessing and flooding.
//
// Counts by key in fixed windows, in memory, for a bounded number of keys: those whose window is
// over go first, then the fullest table refuses what it does not know. No clock of its own.
#pragma once

#include <map>
#include <string>

#include "reference/host/time.hpp"

namespace fakes {

class Attempts {
 public:
  static constexpr std::size_t keys_max = 10'000;

  /// Within `max` for this key in its window, this one counted.
  bool count(const std::string& key, unsigned max, host::Duration window, host::MonoTime now);
  /// The same, and nothing is counted.
  bool is_exhausted(const std::string& key, unsigned max, host::MonoTime now) const;
  void forget(const std::string& key) { windows_.erase(key); }

 private:
  struct Window {
    unsigned count = 0;
    host::MonoTime end;
  };

  std::map<std::string, Window> windows_;
};

}  // namespace fakes
