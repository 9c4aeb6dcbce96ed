// What a disk's faults do to its operations.
#include "sim/world/virtual/disk_faults.hpp"

#include "sim/world/virtual/disk.hpp"

namespace sealcheck::world {

void Disk::set_faults(const DiskFaults& faults) {
  faults_ = faults;
  syncs_ = 0;
  writes_ = 0;
  capacity_bytes_ = faults.full_after_bytes ? used_bytes() + *faults.full_after_bytes : UINT64_MAX;
}

std::uint64_t Disk::used_bytes() const {
  std::uint64_t sum = 0;
  for (const auto& entry : live_) sum += entry.second->live.size;
  return sum;
}

namespace {

bool is_due(const std::optional<std::uint64_t>& fails_at, std::uint64_t count) {
  return fails_at && (*fails_at == DiskFaults::each || *fails_at == count);
}

}  // namespace

DiskStatus Disk::sync_outcome() {
  if (!is_due(faults_.sync_fails_at, ++syncs_)) return DiskStatus::ok;
  if (fault_hook_) fault_hook_("sync", DiskStatus::io_error);
  return DiskStatus::io_error;
}

DiskStatus Disk::write_outcome(const File& file, std::uint64_t end) {
  DiskStatus status = DiskStatus::ok;
  const std::uint64_t growth = end > file.live.size ? end - file.live.size : 0;
  if (is_due(faults_.write_fails_at, ++writes_))
    status = DiskStatus::io_error;
  else if (growth > 0 && capacity_bytes_ != UINT64_MAX && used_bytes() + growth > capacity_bytes_)
    status = DiskStatus::no_space;
  if (status != DiskStatus::ok && fault_hook_) fault_hook_("write", status);
  return status;
}

// What the failed sync was to cover has reached the medium or has not; nothing will try again.
void Disk::abandon_writes(File& file) {
  settle(operation_count_);  // what an earlier sync covers is safe
  for (Operation& operation : journal_) {
    if (operation.file.get() != &file || operation.on_directory()) continue;
    apply_by_chance(operation);
    operation.done = true;
  }
  std::erase_if(journal_, [](const Operation& operation) { return operation.done; });
  file.apart = true;
}

}  // namespace sealcheck::world
