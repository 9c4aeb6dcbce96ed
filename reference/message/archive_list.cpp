#include "reference/message/archive_list.hpp"

#include <algorithm>
#include <optional>

#include "reference/message/charset.hpp"

namespace sealgate::message {
namespace {

constexpr std::size_t name_max = 1024;

/// Little-endian reads that know where the bytes end.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}

  bool has(std::size_t at, std::size_t count) const {
    return at <= bytes_.size() && count <= bytes_.size() - at;
  }
  std::uint32_t number(std::size_t at, int octets) const {
    std::uint32_t value = 0;
    for (int i = octets; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes_[at + i]);
    return value;
  }
  std::string_view text(std::size_t at, std::size_t count) const {
    return bytes_.substr(at, count);
  }
  std::size_t size() const { return bytes_.size(); }

 private:
  std::string_view bytes_;
};

/// False: the list is full.
bool add(ArchiveList& list, std::string_view name, std::uint64_t size, std::size_t files_max,
         std::string_view charset) {
  if (list.files.size() == files_max) {
    list.too_long = true;
    return false;
  }
  list.files.push_back({to_utf8(std::string(name.substr(0, name_max)), charset).text, size});
  return true;
}

// The directory stands at the end, and its own end is at most 64 KiB of comment before that.
std::optional<std::size_t> end_of_directory(std::string_view bytes) {
  constexpr std::size_t record = 22;
  if (bytes.size() < record) return std::nullopt;
  const std::size_t first = bytes.size() - std::min<std::size_t>(bytes.size(), record + 0xFFFF);
  const auto at = bytes.substr(first).rfind(std::string_view("PK\5\6", 4));
  if (at == bytes.npos || bytes.size() - first - at < record) return std::nullopt;
  return first + at;
}

ArchiveList list_zip(std::string_view bytes, std::size_t files_max) {
  ArchiveList list{.kind = ArchiveList::Kind::zip};
  const Bytes from(bytes);
  const auto end = end_of_directory(bytes);
  list.damaged = !end;
  if (!end) return list;
  const std::size_t count = from.number(*end + 10, 2);
  std::size_t at = from.number(*end + 16, 4);
  constexpr std::size_t fixed = 46;
  for (std::size_t i = 0; i < count; ++i) {
    if (!from.has(at, fixed) || from.text(at, 4) != std::string_view("PK\1\2", 4)) {
      list.damaged = true;
      break;
    }
    const std::size_t name = from.number(at + 28, 2);
    const bool utf8 = (from.number(at + 8, 2) & 0x800) != 0;
    if (!from.has(at + fixed, name)) {
      list.damaged = true;
      break;
    }
    if (!add(list, from.text(at + fixed, name), from.number(at + 24, 4), files_max,
             utf8 ? "utf-8" : "IBM437")) {
      break;
    }
    at += fixed + name + from.number(at + 30, 2) + from.number(at + 32, 2);
  }
  return list;
}

std::optional<std::uint64_t> octal(std::string_view field) {
  std::uint64_t value = 0;
  bool any = false;
  for (const char c : field) {
    if (c == '\0' || c == ' ') {
      if (any) break;
      continue;
    }
    if (c < '0' || c > '7') return std::nullopt;
    any = true;
    value = value * 8 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

std::string_view until_nul(std::string_view field) {
  return field.substr(0, std::min(field.find('\0'), field.size()));
}

ArchiveList list_tar(std::string_view bytes, std::size_t files_max) {
  constexpr std::size_t block = 512;
  ArchiveList list{.kind = ArchiveList::Kind::tar};
  std::string long_name;  // GNU's type L: the next entry's name is this one's content
  for (std::size_t at = 0; at + block <= bytes.size();) {
    const auto header = bytes.substr(at, block);
    if (header[0] == '\0') return list;  // the end is marked by empty blocks
    const auto size = octal(header.substr(124, 12));
    if (!size || header.substr(257, 5) != "ustar" || *size > bytes.size()) {
      list.damaged = true;
      return list;
    }
    const char type = header[156];
    const auto content = std::min<std::size_t>(*size, bytes.size() - at - block);
    std::string name(until_nul(header.substr(345, 155)));
    if (!name.empty()) name += '/';
    name += until_nul(header.substr(0, 100));
    if (type == 'L') {
      long_name = until_nul(bytes.substr(at + block, std::min(content, name_max)));
    } else if (type == '0' || type == '\0' || type == '5' || type == '1' || type == '2') {
      if (!add(list, long_name.empty() ? name : long_name, *size, files_max, "utf-8")) return list;
      long_name.clear();
    }
    at += block + (static_cast<std::size_t>(*size) + block - 1) / block * block;
  }
  list.damaged = true;
  return list;
}

ArchiveList list_tnef(std::string_view bytes, std::size_t files_max) {
  constexpr std::uint32_t attach_title = 0x00018010, attach_data = 0x0006800F,
                          attach_rendering = 0x00069002;
  ArchiveList list{.kind = ArchiveList::Kind::tnef};
  const Bytes from(bytes);
  std::string name;
  std::uint64_t size = 0;
  bool open = false;
  const auto close = [&] {
    return !open || add(list, name.empty() ? "untitled" : name, size, files_max, "windows-1252");
  };
  for (std::size_t at = 6; at < bytes.size();) {
    if (!from.has(at, 9)) return list.damaged = true, close(), list;
    const auto id = from.number(at + 1, 4);
    const auto length = from.number(at + 5, 4);
    if (!from.has(at + 9, std::size_t{length} + 2)) return list.damaged = true, close(), list;
    if (id == attach_rendering) {  // begins the next attachment
      if (!close()) return list;
      open = true;
      name.clear();
      size = 0;
    } else if (id == attach_title) {
      name = until_nul(from.text(at + 9, length));
      open = true;
    } else if (id == attach_data) {
      size = length;
      open = true;
    }
    at += 9 + std::size_t{length} + 2;
  }
  close();
  return list;
}

}  // namespace

ArchiveList list_archive(std::string_view bytes, std::size_t files_max) {
  if (bytes.starts_with(std::string_view("PK\3\4", 4)) ||
      bytes.starts_with(std::string_view("PK\5\6", 4))) {
    return list_zip(bytes, files_max);
  }
  if (bytes.starts_with(std::string_view("\x78\x9f\x3e\x22", 4))) {
    return list_tnef(bytes, files_max);
  }
  if (bytes.size() >= 512 && bytes.substr(257, 5) == "ustar") return list_tar(bytes, files_max);
  return {};
}

}  // namespace sealgate::message
