// SQLite on the simulated disks: registered once per process as the default VFS, so that SQLite
// touches neither the real file system nor the real clock.
//
// A database's file name is "<disk number>/<name>"; DiskMount gives a disk its number while it
// lives. There is no shared memory, so WAL needs locking_mode=EXCLUSIVE, set first.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "sim/world/virtual/disk.hpp"

namespace sealcheck::world {

/// Registers the VFS and makes it SQLite's default. Idempotent.
void use_simulated_disks_for_sqlite();

class DiskMount {
 public:
  /// `wall_ns` is the disk's machine's UTC clock.
  DiskMount(Disk& disk, std::function<std::int64_t()> wall_ns);
  ~DiskMount();
  DiskMount(const DiskMount&) = delete;
  DiskMount& operator=(const DiskMount&) = delete;

  std::string path(std::string_view name) const;

 private:
  int number_;
};

}  // namespace sealcheck::world
