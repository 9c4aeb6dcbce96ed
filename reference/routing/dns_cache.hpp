// What a resolver remembers: answers, and the absence of records or names, each for its time to
// live (RFC 1035 section 3.2.1, RFC 2308).
//
// Bounded: a day for an answer, an hour for an absence, entries_max entries of at most records_max
// records; when it is full, what ends first goes first. Failures are never kept. Thread-safe. Times
// are the host's monotonic ones: a wall clock that is set does not age anything.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "reference/host/time.hpp"
#include "reference/routing/answer.hpp"

namespace sealgate::routing {

class DnsCache {
 public:
  static constexpr std::size_t records_max = 64;

  explicit DnsCache(std::size_t entries_max = 4096) : entries_max_(entries_max) {}

  /// With the time that is left to it.
  std::optional<Answer> find(const Question& question, host::MonoTime now);
  void store(const Question& question, const Answer& answer, host::MonoTime now);

 private:
  using Key = std::pair<std::string, RecordType>;
  struct Entry {
    Answer answer;
    host::MonoTime ends;
  };
  void erase(std::map<Key, Entry>::iterator entry);

  std::size_t entries_max_;
  std::mutex mutex_;
  std::map<Key, Entry> entries_;
  std::set<std::pair<host::MonoTime, Key>> by_end_;
};

}  // namespace sealgate::routing
