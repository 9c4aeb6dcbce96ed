#include "sim/world/virtual/receive_buffer.hpp"

#include <algorithm>
#include <cstring>

#include "sim/world/virtual/chopper.hpp"

namespace sealcheck::world {

void ReceiveBuffer::release(const Chop& chop, std::uint64_t stream_seed) {
  const std::uint64_t offset = offset_ + (bytes_.size() - begin_);
  for (const std::uint64_t cut : find_cuts(chop, stream_seed, offset, held_))
    if (cuts_.empty() || cuts_.back() < cut) cuts_.push_back(cut);
  if (bytes_.empty()) bytes_.swap(held_);
  bytes_ += held_;
  held_.clear();
}

std::size_t ReceiveBuffer::take(void* into, std::size_t size) {
  size = std::min(size, bytes_.size() - begin_);
  if (!cuts_.empty())
    size = static_cast<std::size_t>(std::min<std::uint64_t>(size, cuts_.front() - offset_));
  std::memcpy(into, bytes_.data() + begin_, size);
  begin_ += size;
  offset_ += size;
  while (!cuts_.empty() && cuts_.front() <= offset_) cuts_.pop_front();
  // Not at each read: a stream read byte by byte would be moved as often.
  if (begin_ == bytes_.size() || begin_ > 64 * 1024) {
    bytes_.erase(0, begin_);
    begin_ = 0;
  }
  return size;
}

}  // namespace sealcheck::world
