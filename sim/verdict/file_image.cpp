#include "sim/verdict/file_image.hpp"

#include <algorithm>
#include <limits>

namespace sealcheck::verdict {
namespace {

constexpr std::uint64_t page_bytes = 4096;
constexpr std::uint64_t offset_max = std::numeric_limits<std::uint64_t>::max();

}  // namespace

void FileImage::write(std::uint64_t offset, std::string_view bytes) {
  bytes = bytes.substr(0, std::min<std::uint64_t>(bytes.size(), offset_max - offset));
  end_ = std::max(end_, offset + bytes.size());
  while (!bytes.empty()) {
    const std::uint64_t at = offset % page_bytes;
    const auto size = std::min<std::uint64_t>(bytes.size(), page_bytes - at);
    std::string& page = pages_.try_emplace(offset / page_bytes, page_bytes, '\0').first->second;
    page.replace(at, size, bytes.substr(0, size));
    bytes.remove_prefix(size);
    offset += size;
  }
}

std::string FileImage::around(std::uint64_t offset, std::uint64_t size,
                              std::uint64_t margin) const {
  std::uint64_t at = offset - std::min(offset, margin);
  const std::uint64_t last = std::min(end_, offset + std::min(offset_max - offset, size));
  const std::uint64_t end = last + std::min(end_ - last, margin);
  std::string bytes;
  while (at < end) {
    const std::uint64_t step = std::min(end - at, page_bytes - at % page_bytes);
    const auto page = pages_.find(at / page_bytes);
    if (page == pages_.end()) bytes.append(step, '\0');
    if (page != pages_.end()) bytes.append(page->second, at % page_bytes, step);
    at += step;
  }
  return bytes;
}

}  // namespace sealcheck::verdict
