// A file as it stands after each of its writes, put together by their offsets.
//
// Writes may come in any order, overlap, and leave holes, which read as zeros; a page is kept for
// each 4096 octets that were ever touched, so that memory follows what was written and not how far
// out. What a truncation or another file of the same name cut off is not known here: it stays.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace sealcheck::verdict {

class FileImage {
 public:
  /// What does not fit below the largest offset is left out.
  void write(std::uint64_t offset, std::string_view bytes);

  /// The octets from `margin` before that place to `margin` behind it; less where the file begins
  /// or has ended by now.
  std::string around(std::uint64_t offset, std::uint64_t size, std::uint64_t margin) const;

 private:
  std::map<std::uint64_t, std::string> pages_;  ///< by number
  std::uint64_t end_ = 0;
};

}  // namespace sealcheck::verdict
