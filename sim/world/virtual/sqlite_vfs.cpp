#include "sim/world/virtual/sqlite_vfs.hpp"

#include <sqlite3.h>

#include <charconv>
#include <cstring>
#include <map>
#include <new>
#include <stdexcept>

#include "sim/world/virtual/random.hpp"

namespace sealcheck::world {
namespace {

struct Mount {
  Disk* disk = nullptr;
  std::function<std::int64_t()> wall_ns;
};

std::map<int, Mount>& mounts() {
  static std::map<int, Mount> table;
  return table;
}

// "<number>/<name>" → the disk, and the name on it.
Disk* resolve(const char* path, std::string& name) {
  const std::string_view text = path;
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto found = mounts().find(number);
  if (error != std::errc{} || *end != '/' || found == mounts().end()) return nullptr;
  name = end + 1;
  return found->second.disk;
}

// SQLite allocates this; `base` must come first.
struct OpenFile {
  sqlite3_file base;
  Disk* disk;
  Disk::FilePtr* file;
};

OpenFile& open_file(sqlite3_file* file) {
  return *reinterpret_cast<OpenFile*>(file);
}

int close_file(sqlite3_file* file) {
  delete open_file(file).file;
  return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* into, int count, sqlite3_int64 offset) {
  const OpenFile& self = open_file(file);
  if (self.disk->inert()) return SQLITE_IOERR_READ;
  const auto wanted = static_cast<std::size_t>(count);
  const std::size_t got =
      (*self.file)->live.read(static_cast<std::uint64_t>(offset), static_cast<char*>(into), wanted);
  if (got == wanted) return SQLITE_OK;
  std::memset(static_cast<char*>(into) + got, 0, wanted - got);
  return SQLITE_IOERR_SHORT_READ;
}

int to_sqlite(DiskStatus status, int io_error) {
  if (status == DiskStatus::ok) return SQLITE_OK;
  return status == DiskStatus::no_space ? SQLITE_FULL : io_error;
}

int write_file(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
  const OpenFile& self = open_file(file);
  const std::string_view bytes(static_cast<const char*>(from), static_cast<std::size_t>(count));
  return to_sqlite(self.disk->write(*self.file, static_cast<std::uint64_t>(offset), bytes),
                   SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  const OpenFile& self = open_file(file);
  return to_sqlite(self.disk->truncate(*self.file, static_cast<std::uint64_t>(size)),
                   SQLITE_IOERR_TRUNCATE);
}

int sync_file(sqlite3_file* file, int) {
  const OpenFile& self = open_file(file);
  return to_sqlite(self.disk->sync(*self.file), SQLITE_IOERR_FSYNC);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>((*open_file(file).file)->live.size);
  return SQLITE_OK;
}

// One opener of a database: locks never collide.
int no_lock(sqlite3_file*, int) {
  return SQLITE_OK;
}
int no_reserved_lock(sqlite3_file*, int* held) {
  *held = 0;
  return SQLITE_OK;
}
int no_control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
  return static_cast<int>(Disk::sector_bytes);
}
// As SQLite assumes of any real disk: a torn write leaves the bytes beside it alone. Without it the
// WAL is padded to whole sectors, and a failed sync may orphan padding that later commits build on.
int characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

const sqlite3_io_methods file_methods = [] {
  sqlite3_io_methods methods{};
  methods.iVersion = 1;
  methods.xClose = close_file;
  methods.xRead = read_file;
  methods.xWrite = write_file;
  methods.xTruncate = truncate_file;
  methods.xSync = sync_file;
  methods.xFileSize = file_size;
  methods.xLock = no_lock;
  methods.xUnlock = no_lock;
  methods.xCheckReservedLock = no_reserved_lock;
  methods.xFileControl = no_control;
  methods.xSectorSize = sector_size;
  methods.xDeviceCharacteristics = characteristics;
  return methods;
}();

int vfs_open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  OpenFile& self = open_file(file);
  self.base.pMethods = nullptr;
  std::string name;
  // temp_store=MEMORY keeps SQLite from asking for an unnamed temporary file.
  Disk* disk = path ? resolve(path, name) : nullptr;
  if (!disk || disk->inert()) return SQLITE_CANTOPEN;
  Disk::FilePtr found = disk->find(name);
  if (!found && !(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
  if (!found) found = disk->create(name);
  if (disk->inert()) return SQLITE_CANTOPEN;  // the machine died in it
  self.disk = disk;
  self.file = new Disk::FilePtr(found);
  self.base.pMethods = &file_methods;
  if (out_flags) *out_flags = flags;
  return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs*, const char* path, int sync_directory) {
  std::string name;
  Disk* disk = resolve(path, name);
  if (!disk || disk->inert()) return SQLITE_IOERR_DELETE;
  if (!disk->remove(name)) return SQLITE_IOERR_DELETE_NOENT;
  if (!sync_directory) return SQLITE_OK;
  return to_sqlite(disk->sync_directory(), SQLITE_IOERR_DIR_FSYNC);
}

int vfs_access(sqlite3_vfs*, const char* path, int, int* result) {
  std::string name;
  Disk* disk = resolve(path, name);
  *result = disk && disk->find(name) != nullptr;
  return SQLITE_OK;
}

int vfs_full_path(sqlite3_vfs*, const char* path, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", path);
  return SQLITE_OK;
}

// Names of temporary files and salts: equal in every run, which is what a run's identity asks for.
int vfs_randomness(sqlite3_vfs*, int count, char* out) {
  for (int i = 0; i < count; ++i)
    out[i] = static_cast<char>(random_value(0, "sqlite", {static_cast<std::uint64_t>(i)}));
  return count;
}

int vfs_sleep(sqlite3_vfs*, int microseconds) {
  return microseconds;
}

int vfs_current_time(sqlite3_vfs*, sqlite3_int64* milliseconds) {
  constexpr sqlite3_int64 unix_epoch_julian_ms = 210'866'760'000'000;
  const std::int64_t now = mounts().empty() ? 0 : mounts().begin()->second.wall_ns();
  *milliseconds = unix_epoch_julian_ms + now / 1'000'000;
  return SQLITE_OK;
}

int vfs_last_error(sqlite3_vfs*, int, char*) {
  return 0;
}

}  // namespace

void use_simulated_disks_for_sqlite() {
  static sqlite3_vfs vfs = [] {
    // A world has one thread, and its budget counts memory without SQLite's help. Where SQLite was
    // in use before (it refuses then), it locks and counts: slower, and nothing else.
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_vfs made{};
    made.iVersion = 2;
    made.szOsFile = sizeof(OpenFile);
    made.mxPathname = 512;
    made.zName = "sealcheck-disk";
    made.xOpen = vfs_open;
    made.xDelete = vfs_delete;
    made.xAccess = vfs_access;
    made.xFullPathname = vfs_full_path;
    made.xRandomness = vfs_randomness;
    made.xSleep = vfs_sleep;
    made.xCurrentTimeInt64 = vfs_current_time;
    made.xGetLastError = vfs_last_error;
    return made;
  }();
  if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) throw std::runtime_error("no SQLite VFS");
  sqlite3_randomness(0, nullptr);  // forget what the process drew before this world
}

DiskMount::DiskMount(Disk& disk, std::function<std::int64_t()> wall_ns)
    : number_(mounts().empty() ? 1 : mounts().rbegin()->first + 1) {
  mounts()[number_] = {&disk, std::move(wall_ns)};
}

DiskMount::~DiskMount() {
  mounts().erase(number_);
}

std::string DiskMount::path(std::string_view name) const {
  return std::to_string(number_) + "/" + std::string(name);
}

}  // namespace sealcheck::world
