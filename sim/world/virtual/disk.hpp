// A simulated disk: what a program sees (live), what a power loss would leave (durable), and the
// journal of operations between the two.
//
// Files are tables of shared 4 kB pages, copied on write, so that making a file durable costs only
// the pages that changed. Every write, truncation, sync, creation and removal enters the journal.
// The device works it off in order: settle(n) says that it has done so up to operation n. A sync
// that the device has reached makes the earlier operations of its file durable, and the file's
// directory entry with them.
//
// On a power loss the device has reached some operation at or after the settled one. What a reached
// sync covers stays; any other operation it has seen is kept, dropped or torn at sector bounds, by
// chance from the run's seed; what it has not seen is gone.
//
// A disk may be made to fail (disk_faults.hpp). Operations tell how they ended; the machine's death
// makes the disk inert, and each one then fails without an effect.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/world/virtual/disk_faults.hpp"

namespace sealcheck::world {

class Disk {
 public:
  static constexpr std::size_t page_bytes = 4096;
  static constexpr std::size_t sector_bytes = 512;
  using Page = std::array<char, page_bytes>;

  /// One state of one file's content.
  struct Content {
    std::vector<std::shared_ptr<Page>> pages;  // null: a hole of zeros
    std::uint64_t size = 0;

    void write(std::uint64_t offset, std::string_view bytes);
    void truncate(std::uint64_t new_size);
    std::size_t read(std::uint64_t offset, char* into, std::size_t count) const;
  };

  struct File {
    Content live;
    Content durable;
    bool apart = false;  // a sync failed: parts of the live content may never become durable
  };
  using FilePtr = std::shared_ptr<File>;

  explicit Disk(std::uint64_t seed) : seed_(seed) {}

  FilePtr find(const std::string& name) const;
  FilePtr create(const std::string& name);
  /// False when there is no such file.
  bool remove(const std::string& name);
  /// Atomic in the live view; durable once sync_directory() is settled.
  void rename(const std::string& from, const std::string& to);
  DiskStatus write(const FilePtr& file, std::uint64_t offset, std::string_view bytes);
  DiskStatus truncate(const FilePtr& file, std::uint64_t size);
  DiskStatus sync(const FilePtr& file);
  DiskStatus sync_directory();

  /// Takes the place of the faults set before; its counts begin now.
  void set_faults(const DiskFaults& faults);
  /// Bytes in the files that have a name.
  std::uint64_t used_bytes() const;

  /// Operations issued so far; an argument for settle().
  std::uint64_t operation_count() const { return operation_count_; }
  /// The device has worked off every operation before `count`.
  void settle(std::uint64_t count);
  /// The kernel has written back every operation before `count`, synced or not.
  void write_back(std::uint64_t count);

  /// Leaves what the power loss leaves, as the new live state.
  void lose_power();
  /// Another outcome of the same power losses; 0 is the run's own.
  void set_outcome(std::uint64_t outcome) { outcome_ = outcome; }

  /// Called right before and right after each operation; the machine may die in it.
  void on_operation(std::function<void(Side)> hook) { operation_hook_ = std::move(hook); }
  /// Called with what failed ("write", "sync") because of a fault.
  void on_fault(std::function<void(std::string_view, DiskStatus)> hook) {
    fault_hook_ = std::move(hook);
  }

  /// Called with a file's name, an offset and what was written there.
  void on_write(std::function<void(const std::string&, std::uint64_t, std::string_view)> hook) {
    write_hook_ = std::move(hook);
  }

  /// Between a machine's death and its restart every operation is ignored.
  void set_inert(bool inert) { inert_ = inert; }
  bool inert() const { return inert_; }

  std::vector<std::string> names() const;

 private:
  enum class Kind { write, truncate, sync, create, remove, rename, sync_directory };
  struct Operation {
    Kind kind;
    FilePtr file;
    std::uint64_t offset = 0;
    std::string bytes;   // the data of a write, the name of a directory operation
    std::string target;  // the new name of a rename
    std::uint64_t number = 0;
    bool done = false;  // its effect is durable, or never will be

    bool on_directory() const {
      return kind == Kind::create || kind == Kind::remove || kind == Kind::rename;
    }
  };

  std::string name_of(const FilePtr& file) const;
  /// False when the machine is dead, or dies now.
  bool may_begin();
  DiskStatus issue(Operation operation);
  DiskStatus sync_outcome();
  DiskStatus write_outcome(const File& file, std::uint64_t end);
  void abandon_writes(File& file);
  void apply_by_chance(const Operation& operation);
  void apply(const Operation& operation);
  std::uint64_t chance(std::string_view purpose, std::uint64_t number, std::uint64_t offset) const;
  void make_file_durable(const FilePtr& file, std::uint64_t before);
  void settle_names_before(const Operation& operation);
  void make_directory_durable(std::uint64_t before);
  void apply_to_directory(const Operation& operation);
  void apply_torn(const Operation& operation);

  std::uint64_t seed_;
  std::uint64_t power_losses_ = 0;
  std::uint64_t outcome_ = 0;
  DiskFaults faults_;
  std::uint64_t capacity_bytes_ = UINT64_MAX;
  std::uint64_t syncs_ = 0;   // since the faults were set
  std::uint64_t writes_ = 0;  // since then
  std::function<void(Side)> operation_hook_;
  std::function<void(std::string_view, DiskStatus)> fault_hook_;
  std::function<void(const std::string&, std::uint64_t, std::string_view)> write_hook_;
  bool inert_ = false;
  std::map<std::string, FilePtr> live_;
  std::map<std::string, FilePtr> durable_;
  std::uint64_t operation_count_ = 0;
  std::uint64_t settled_ = 0;      // the device has worked off the operations before this number
  std::deque<Operation> journal_;  // those that are not durable yet, in order
};

}  // namespace sealcheck::world
