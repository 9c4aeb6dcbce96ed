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
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

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
  };
  using FilePtr = std::shared_ptr<File>;

  explicit Disk(std::uint64_t seed) : seed_(seed) {}

  FilePtr find(const std::string& name) const;
  FilePtr create(const std::string& name);
  /// False when there is no such file.
  bool remove(const std::string& name);
  /// Atomic in the live view; durable once sync_directory() is settled.
  void rename(const std::string& from, const std::string& to);
  void write(const FilePtr& file, std::uint64_t offset, std::string_view bytes);
  void truncate(const FilePtr& file, std::uint64_t size);
  void sync(const FilePtr& file);
  void sync_directory();

  /// Operations issued so far; an argument for settle().
  std::uint64_t operation_count() const { return operation_count_; }
  /// The device has worked off every operation before `count`.
  void settle(std::uint64_t count);

  /// Leaves what the power loss leaves, as the new live state.
  void lose_power();

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
    bool done = false;  // its effect is durable

    bool on_directory() const {
      return kind == Kind::create || kind == Kind::remove || kind == Kind::rename;
    }
  };

  void issue(Operation operation);
  void make_file_durable(const FilePtr& file, std::uint64_t before);
  void make_directory_durable(std::uint64_t before);
  void apply_to_directory(const Operation& operation);
  void apply_torn(const Operation& operation);

  std::uint64_t seed_;
  std::uint64_t power_losses_ = 0;
  bool inert_ = false;
  std::map<std::string, FilePtr> live_;
  std::map<std::string, FilePtr> durable_;
  std::uint64_t operation_count_ = 0;
  std::uint64_t settled_ = 0;      // the device has worked off the operations before this number
  std::deque<Operation> journal_;  // those that are not durable yet, in order
};

}  // namespace sealcheck::world
