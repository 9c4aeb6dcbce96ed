// A file of TLS secrets in NSS key log format, for an operator who wants to read a capture. Who has
// it can read the connections: it is made for its owner only (mode 0600) and only on request.
//
// Safe from any thread and shared between processes: each line is one appending write.
#pragma once

#include <filesystem>
#include <string_view>

#include "reference/host/real/descriptor.hpp"

namespace host {

class KeyLogFile {
 public:
  /// Throws std::runtime_error naming the file when it cannot be opened or protected.
  explicit KeyLogFile(const std::filesystem::path& path);

  /// A line that cannot be written is dropped.
  void append(std::string_view line);

 private:
  Descriptor file_;
};

}  // namespace host
