#include "reference/gateway/open_streams.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace sealgate::gateway {

OpenStreams::Leash& OpenStreams::Leash::operator=(Leash&& other) noexcept {
  Leash dropped = std::move(*this);
  registry_ = std::move(other.registry_);
  key_ = other.key_;
  return *this;
}

OpenStreams::Leash::~Leash() {
  if (!registry_) return;
  const std::lock_guard lock(registry_->mutex);
  const auto found = registry_->entries.find(key_);
  found->second->stream = nullptr;
  registry_->entries.erase(found);
}

OpenStreams::Leash OpenStreams::add(host::Stream& stream) {
  const std::lock_guard lock(registry_->mutex);
  Leash leash;
  leash.registry_ = registry_;
  leash.key_ = registry_->next++;
  registry_->entries.emplace(leash.key_, std::make_shared<Entry>(Entry{&stream}));
  return leash;
}

void OpenStreams::cancel_all() {
  const std::lock_guard lock(registry_->mutex);
  for (const auto& [key, entry] : registry_->entries) {
    auto cancel = [entry = entry] {
      if (entry->stream) entry->stream->cancel();
    };
    boost::asio::post(entry->stream->executor(), std::move(cancel));
  }
}

}  // namespace sealgate::gateway
