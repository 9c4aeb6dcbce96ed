// Small files that are replaced as a whole, and the lock on the directory that holds them. Blocking
// calls on the file system; names are plain file names in that directory.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "reference/host/real/descriptor.hpp"
#include "reference/host/result.hpp"

namespace host {

/// A data directory, held by one opener at a time (flock on its file "lock").
class DataDirectory {
 public:
  /// Throws std::runtime_error naming the path when it is not a writable directory or another
  /// opener, in this process or another one, holds it.
  explicit DataDirectory(std::filesystem::path path);

  std::filesystem::path file(std::string_view name) const;

  /// Whether a name is taken, by whatever it may be.
  bool has(std::string_view name) const;

  /// The content, or the system's error (errno, generic category).
  Result<std::string> read(std::string_view name) const;

  /// Writes "NAME.new", makes it durable, renames it over the old file, makes the directory
  /// durable. On an error the file is old or new, whole: the system's error when nothing changed,
  /// Error::not_durable when the device did not confirm.
  ErrorCode replace(std::string_view name, std::string_view content) const;

  /// Makes sure that `name` exists; a new file is empty and its owner's only. Throws
  /// std::runtime_error.
  void touch(std::string_view name) const;

 private:
  std::filesystem::path path_;
  Descriptor directory_;
  Descriptor lock_;
};

}  // namespace host
