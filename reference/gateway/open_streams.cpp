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
  found->second->cancel = nullptr;
  registry_->entries.erase(found);
}

OpenStreams::Leash OpenStreams::add(boost::asio::any_io_executor executor,
                                    std::function<void()> cancel) {
  const std::lock_guard lock(registry_->mutex);
  Leash leash;
  leash.registry_ = registry_;
  leash.key_ = registry_->next++;
  registry_->entries.emplace(
      leash.key_, std::make_shared<Entry>(Entry{std::move(executor), std::move(cancel)}));
  return leash;
}

OpenStreams::Leash OpenStreams::add(host::Stream& stream) {
  return add(stream.executor(), [&stream] { stream.cancel(); });
}

void OpenStreams::cancel_all() {
  const std::lock_guard lock(registry_->mutex);
  for (const auto& [key, entry] : registry_->entries) {
    auto cancel = [entry = entry] {
      if (entry->cancel) entry->cancel();
    };
    boost::asio::post(entry->executor, std::move(cancel));
  }
}

}  // namespace sealgate::gateway
