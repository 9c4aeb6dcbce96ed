#include "reference/routing/dns_cache.hpp"

#include <algorithm>

namespace sealgate::routing {

using namespace std::chrono_literals;

std::optional<Answer> DnsCache::find(const Question& question, host::MonoTime now) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find({question.name, question.type});
  if (found == entries_.end()) return std::nullopt;
  if (found->second.ends <= now) {
    erase(found);
    return std::nullopt;
  }
  auto answer = found->second.answer;
  answer.ttl = std::chrono::floor<std::chrono::seconds>(found->second.ends - now);
  return answer;
}

void DnsCache::store(const Question& question, const Answer& answer, host::MonoTime now) {
  const bool absence =
      answer.status == AnswerStatus::nodata || answer.status == AnswerStatus::nxdomain;
  if (!absence && answer.status != AnswerStatus::ok) return;
  if (answer.ttl <= 0s || answer.records.size() > records_max) return;
  const host::Duration longest = absence ? 1h : 24h;

  const std::lock_guard lock(mutex_);
  const Key key{question.name, question.type};
  if (const auto old = entries_.find(key); old != entries_.end()) erase(old);
  if (entries_.size() >= entries_max_) erase(entries_.find(by_end_.begin()->second));
  const auto ends = now + std::min<host::Duration>(answer.ttl, longest);
  entries_.emplace(key, Entry{answer, ends});
  by_end_.emplace(ends, key);
}

void DnsCache::erase(std::map<Key, Entry>::iterator entry) {
  by_end_.erase({entry->second.ends, entry->first});
  entries_.erase(entry);
}

}  // namespace sealgate::routing
