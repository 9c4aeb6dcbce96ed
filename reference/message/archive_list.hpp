// The names of the files in an archive, as its own directory tells them: zip, tar, and the TNEF
// container that is called winmail.dat. Nothing is unpacked.
//
// What cannot be read ends the list and says so; a list that reaches the limit is "too_long", and
// its caller must not take the archive for harmless. Names are UTF-8 and come from a stranger.
// PKWARE APPNOTE 4.3 and 4.4; POSIX ustar; MS-OXTNEF.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sealgate::message {

struct ListedFile {
  std::string name;
  std::uint64_t size = 0;  ///< unpacked, as the directory says
};

struct ArchiveList {
  enum class Kind { none, zip, tar, tnef };

  Kind kind = Kind::none;
  std::vector<ListedFile> files = {};
  bool damaged = false;
  bool too_long = false;
};

/// Recognised by content; none for anything else.
ArchiveList list_archive(std::string_view bytes, std::size_t files_max);

}  // namespace sealgate::message
