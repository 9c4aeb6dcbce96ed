#include "fakes/cloud/zip_members.hpp"

#include <archive.h>

#include <algorithm>
#include <stdexcept>

namespace fakes {

constexpr std::string_view member_signature = "PK\3\4";

ZipMembers::ZipMembers(std::string_view octets) : archive_(archive_read_new()) {
  if (!archive_) throw std::runtime_error("libarchive has no memory");
  archive_read_support_format_zip(archive_);
  first_ =
      archive_read_open_memory(archive_, octets.data(), octets.size()) == ARCHIVE_OK && go_on();
  whole_ = first_ || !octets.starts_with(member_signature);
}

ZipMembers::~ZipMembers() {
  archive_read_free(archive_);
}

bool ZipMembers::next() {
  if (begun_) return go_on();
  begun_ = true;
  return first_;
}

bool ZipMembers::go_on() {
  archive_entry* entry = nullptr;
  const int result = archive_read_next_header(archive_, &entry);
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN && result != ARCHIVE_EOF) whole_ = false;
  return result == ARCHIVE_OK || result == ARCHIVE_WARN;
}

std::string ZipMembers::read(std::size_t limit) {
  constexpr std::size_t step = 64 * 1024;
  std::string octets;
  for (std::size_t size = 0;;) {
    octets.resize(std::min(size + step, limit));
    const la_ssize_t count =
        octets.size() == size
            ? 0
            : archive_read_data(archive_, octets.data() + size, octets.size() - size);
    if (count < 0) whole_ = false;
    if (count <= 0) {
      octets.resize(size);
      return octets;
    }
    size += static_cast<std::size_t>(count);
  }
}

}  // namespace fakes
