// One state of one file: shared pages, copied on write.
#include <algorithm>
#include <cstring>
#include <utility>

#include "sim/world/virtual/disk.hpp"

namespace sealcheck::world {

void Disk::Content::write(std::uint64_t offset, std::string_view bytes) {
  size = std::max(size, offset + bytes.size());
  pages.resize((size + page_bytes - 1) / page_bytes);
  while (!bytes.empty()) {
    auto& page = pages[offset / page_bytes];
    const std::size_t begin = offset % page_bytes;
    const std::size_t count = std::min(bytes.size(), page_bytes - begin);
    if (!page || page.use_count() > 1) {
      const auto copied = std::exchange(page, std::make_shared_for_overwrite<Page>());
      if (copied && count < page_bytes) *page = *copied;
      if (!copied && count < page_bytes) page->fill(0);
    }
    std::memcpy(page->data() + begin, bytes.data(), count);
    bytes.remove_prefix(count);
    offset += count;
  }
}

void Disk::Content::truncate(std::uint64_t new_size) {
  if (new_size < size && new_size % page_bytes != 0) {
    // What a later extension shows beyond the cut are zeros.
    const std::string zeros(page_bytes - new_size % page_bytes, '\0');
    write(new_size, zeros);
  }
  size = new_size;
  pages.resize((size + page_bytes - 1) / page_bytes);
}

std::size_t Disk::Content::read(std::uint64_t offset, char* into, std::size_t count) const {
  if (offset >= size) return 0;
  count = std::min<std::uint64_t>(count, size - offset);
  for (std::size_t done = 0; done < count;) {
    const std::size_t begin = (offset + done) % page_bytes;
    const std::size_t part = std::min(count - done, page_bytes - begin);
    const auto& page = pages[(offset + done) / page_bytes];
    if (page)
      std::memcpy(into + done, page->data() + begin, part);
    else
      std::memset(into + done, 0, part);
    done += part;
  }
  return count;
}

}  // namespace sealcheck::world
