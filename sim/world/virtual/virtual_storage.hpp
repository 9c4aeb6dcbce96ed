// host::Storage on a simulated disk.
//
// Work runs at once on the live state; its completion arrives a modelled device latency later, when
// the disk has settled everything the transaction wrote. Between the two other things happen, and a
// power loss falls where it likes. Commits that arrive while one is in flight share the next
// transaction.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "reference/host/storage.hpp"
#include "sim/trace/trace.hpp"
#include "sim/world/virtual/disk.hpp"
#include "sim/world/virtual/scheduler.hpp"
#include "sim/world/virtual/sqlite_vfs.hpp"

namespace sealcheck::world {

class VirtualDatabase;

class VirtualStorage final : public host::Storage {
 public:
  VirtualStorage(Scheduler& scheduler, trace::Trace& trace, Node& node, std::uint64_t seed,
                 boost::asio::any_io_executor executor, std::function<std::int64_t()> wall_ns);
  ~VirtualStorage() override;

  std::unique_ptr<host::Database> open_database(std::string_view name) override;
  bool has_file(std::string_view name) override;
  host::Result<std::string> read_file(std::string_view name) override;
  boost::asio::awaitable<host::ErrorCode> replace_file(std::string_view name,
                                                       std::string content) override;

  Disk& disk() { return disk_; }
  host::Duration commit_latency() const { return commit_latency_; }
  void set_commit_latency(host::Duration latency) { commit_latency_ = latency; }
  /// What a commit takes on a disk in good order.
  static constexpr host::Duration usual_commit_latency = std::chrono::microseconds(155);

  /// Called before each commit is handed to the disk, on its way (during), and when it is
  /// durable and nobody has been told; the machine may die in it.
  void on_commit(std::function<void(Side)> hook) { commit_hook_ = std::move(hook); }

  /// Destroys the waiting completions of a dead machine, uncalled.
  void drop();

 private:
  friend class VirtualDatabase;

  void note_commit(Side side) const;

  Scheduler& scheduler_;
  trace::Trace& trace_;
  Node& node_;
  boost::asio::any_io_executor executor_;
  Disk disk_;
  DiskMount mount_;
  host::Duration commit_latency_ = usual_commit_latency;
  std::function<void(Side)> commit_hook_;
  std::uint64_t next_database_ = 0;
  std::map<std::uint64_t, VirtualDatabase*> databases_;
};

}  // namespace sealcheck::world
