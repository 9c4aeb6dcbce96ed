#include "sim/world/virtual/disk.hpp"

#include <algorithm>
#include <set>

#include "sim/world/virtual/random.hpp"

namespace sealcheck::world {

// --- the live view ---

bool Disk::may_begin() {
  if (inert_) return false;
  const auto hook = operation_hook_;  // it may take itself away
  if (hook) hook(Side::before);
  return !inert_;
}

DiskStatus Disk::issue(Operation operation) {
  operation.number = operation_count_++;
  journal_.push_back(std::move(operation));
  const auto hook = operation_hook_;
  if (hook) hook(Side::after);
  return inert_ ? DiskStatus::io_error : DiskStatus::ok;
}

Disk::FilePtr Disk::find(const std::string& name) const {
  const auto found = live_.find(name);
  return found == live_.end() ? nullptr : found->second;
}

Disk::FilePtr Disk::create(const std::string& name) {
  auto file = std::make_shared<File>();
  if (!may_begin()) return file;
  live_[name] = file;
  issue({.kind = Kind::create, .file = file, .bytes = name, .target = {}});
  return file;
}

bool Disk::remove(const std::string& name) {
  if (!live_.contains(name) || !may_begin()) return false;
  live_.erase(name);
  issue({.kind = Kind::remove, .file = nullptr, .bytes = name, .target = {}});
  return true;
}

void Disk::rename(const std::string& from, const std::string& to) {
  const FilePtr file = find(from);
  if (!file || !may_begin()) return;
  live_.erase(from);
  live_[to] = file;
  issue({.kind = Kind::rename, .file = file, .bytes = from, .target = to});
}

DiskStatus Disk::write(const FilePtr& file, std::uint64_t offset, std::string_view bytes) {
  if (!may_begin()) return DiskStatus::io_error;
  const DiskStatus status = write_outcome(*file, offset + bytes.size());
  if (status != DiskStatus::ok) return status;
  file->live.write(offset, bytes);
  if (write_hook_) write_hook_(name_of(file), offset, bytes);
  return issue({.kind = Kind::write,
                .file = file,
                .offset = offset,
                .bytes = std::string(bytes),
                .target = {}});
}

DiskStatus Disk::truncate(const FilePtr& file, std::uint64_t size) {
  if (!may_begin()) return DiskStatus::io_error;
  file->live.truncate(size);
  return issue({.kind = Kind::truncate, .file = file, .offset = size, .bytes = {}, .target = {}});
}

DiskStatus Disk::sync(const FilePtr& file) {
  if (!may_begin()) return DiskStatus::io_error;
  const DiskStatus status = sync_outcome();
  if (status != DiskStatus::ok) {
    abandon_writes(*file);
    return status;
  }
  return issue({.kind = Kind::sync, .file = file, .bytes = {}, .target = {}});
}

DiskStatus Disk::sync_directory() {
  if (!may_begin()) return DiskStatus::io_error;
  const DiskStatus status = sync_outcome();
  if (status != DiskStatus::ok) return status;
  return issue({.kind = Kind::sync_directory, .file = nullptr, .bytes = {}, .target = {}});
}

std::string Disk::name_of(const FilePtr& file) const {
  for (const auto& [name, known] : live_)
    if (known == file) return name;
  return {};
}

std::vector<std::string> Disk::names() const {
  std::vector<std::string> names;
  for (const auto& entry : live_) names.push_back(entry.first);
  return names;
}

// --- the device ---

void Disk::settle(std::uint64_t count) {
  for (Operation& operation : journal_) {
    if (operation.number < settled_) continue;
    if (operation.number >= count) break;
    if (operation.kind == Kind::sync) make_file_durable(operation.file, operation.number);
    if (operation.kind == Kind::sync_directory) make_directory_durable(operation.number);
    if (operation.kind == Kind::sync || operation.kind == Kind::sync_directory)
      operation.done = true;
  }
  settled_ = std::max(settled_, count);
  std::erase_if(journal_, [](const Operation& operation) { return operation.done; });
}

void Disk::make_file_durable(const FilePtr& file, std::uint64_t before) {
  const bool live_is_ahead = std::any_of(journal_.begin(), journal_.end(), [&](const auto& other) {
    return other.file == file && other.number > before &&
           (other.kind == Kind::write || other.kind == Kind::truncate);
  });
  for (Operation& operation : journal_) {
    if (operation.number >= before) break;
    if (operation.file != file || operation.done) continue;
    if (operation.on_directory()) settle_names_before(operation);
    apply(operation);
    operation.done = true;
    if (live_is_ahead || file->apart || operation.kind != Kind::write) continue;
    // Both views are equal now: share the pages instead of holding two copies.
    const std::size_t first = operation.offset / page_bytes;
    const std::size_t last =
        (operation.offset + operation.bytes.size() + page_bytes - 1) / page_bytes;
    const std::size_t end = std::min({last, file->live.pages.size(), file->durable.pages.size()});
    if (file->live.size == file->durable.size)
      for (std::size_t page = first; page < end; ++page)
        file->durable.pages[page] = file->live.pages[page];
  }
}

// What happened to a name stays in its order: the removal of an old file of that name must not come
// over the new one later.
void Disk::settle_names_before(const Operation& operation) {
  std::set<std::string> names;
  const auto add = [&](const Operation& other) {
    names.insert(other.bytes);
    if (other.kind == Kind::rename) names.insert(other.target);
  };
  add(operation);
  std::vector<Operation*> earlier;
  for (auto other = journal_.rbegin(); other != journal_.rend(); ++other) {
    if (other->number >= operation.number || !other->on_directory() || other->done) continue;
    if (!names.contains(other->bytes) && !names.contains(other->target)) continue;
    add(*other);
    earlier.push_back(&*other);
  }
  for (auto other = earlier.rbegin(); other != earlier.rend(); ++other) {
    apply_to_directory(**other);
    (*other)->done = true;
  }
}

void Disk::make_directory_durable(std::uint64_t before) {
  for (Operation& operation : journal_) {
    if (operation.number >= before) break;
    if (!operation.on_directory() || operation.done) continue;
    apply_to_directory(operation);
    operation.done = true;
  }
}

void Disk::apply(const Operation& operation) {
  if (operation.on_directory())
    apply_to_directory(operation);
  else if (operation.kind == Kind::write)
    operation.file->durable.write(operation.offset, operation.bytes);
  else if (operation.kind == Kind::truncate)
    operation.file->durable.truncate(operation.offset);
}

void Disk::write_back(std::uint64_t count) {
  for (Operation& operation : journal_) {
    if (operation.number >= count) break;
    if (operation.done) continue;
    apply(operation);
    operation.done = true;
  }
  settle(count);
}

void Disk::apply_to_directory(const Operation& operation) {
  if (operation.kind != Kind::create) durable_.erase(operation.bytes);
  if (operation.kind == Kind::create) durable_[operation.bytes] = operation.file;
  if (operation.kind == Kind::rename) durable_[operation.target] = operation.file;
}

void Disk::apply_torn(const Operation& operation) {
  std::string_view rest = operation.bytes;
  std::uint64_t offset = operation.offset;
  while (!rest.empty()) {
    const std::size_t count = std::min(rest.size(), sector_bytes - offset % sector_bytes);
    if (chance("torn-sector", operation.number, offset) % 2 == 0)
      operation.file->durable.write(offset, rest.substr(0, count));
    rest.remove_prefix(count);
    offset += count;
  }
}

std::uint64_t Disk::chance(std::string_view purpose, std::uint64_t number,
                           std::uint64_t offset) const {
  return random_value(seed_, purpose, {power_losses_, outcome_, number, offset});
}

// Kept, dropped or torn.
void Disk::apply_by_chance(const Operation& operation) {
  const std::uint64_t fate = chance("unsynced", operation.number, 0) % 3;
  if (fate == 0) return;
  if (fate == 1 && operation.kind == Kind::write)
    apply_torn(operation);
  else
    apply(operation);
}

void Disk::lose_power() {
  ++power_losses_;
  const std::uint64_t unsettled = operation_count_ - settled_;
  const std::uint64_t reached = settled_ + chance("device-reached", 0, 0) % (unsettled + 1);
  settle(reached);
  for (const Operation& operation : journal_) {
    if (operation.number >= reached) break;
    apply_by_chance(operation);
  }
  journal_.clear();
  settled_ = operation_count_;
  live_.clear();
  for (auto& [name, file] : durable_) {
    // Handles of the dead machine keep the old object.
    auto survivor = std::make_shared<File>();
    survivor->durable = file->durable;
    survivor->live = file->durable;
    file = survivor;
    live_[name] = survivor;
  }
}

}  // namespace sealcheck::world
