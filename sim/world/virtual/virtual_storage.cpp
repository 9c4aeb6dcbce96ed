#include "sim/world/virtual/virtual_storage.hpp"

#include "reference/host/initiate.hpp"
#include "reference/host/sqlite_transactions.hpp"

namespace sealcheck::world {

namespace asio = boost::asio;
using host::ErrorCode;

class VirtualDatabase final : public host::Database {
 public:
  VirtualDatabase(VirtualStorage& storage, std::string_view name)
      : storage_(storage),
        name_(name),
        number_(storage.next_database_++),
        connection_(host::open_sqlite(storage.mount_.path(name), nullptr)) {
    storage_.databases_[number_] = this;
  }

  ~VirtualDatabase() override {
    storage_.databases_.erase(number_);
    storage_.scheduler_.cancel_timer(settling_);
  }

  asio::awaitable<ErrorCode> commit(Work work) override {
    auto start = [this, work = std::move(work)](host::Completion<ErrorCode> done) mutable {
      waiting_.push_back({std::move(work), std::move(done), {}});
      run_batch();
    };
    const auto [error] = co_await host::initiate<ErrorCode>(storage_.executor_, std::move(start));
    co_return error;
  }

  asio::awaitable<ErrorCode> read(Work work) override {
    while (!waiting_.empty()) {
      auto no_work = [](sqlite3*) { return ErrorCode{}; };
      const ErrorCode error = co_await commit(std::move(no_work));
      if (error) co_return error;
    }
    co_return work(connection_.get());
  }

  void drop() {
    const auto doomed = std::move(waiting_);
    const auto also_doomed = std::move(in_flight_);
    waiting_.clear();
    in_flight_.clear();
  }

 private:
  struct Item {
    Work work;
    host::Completion<ErrorCode> done;
    ErrorCode error;
  };

  void run_batch() {
    if (!in_flight_.empty() || waiting_.empty()) return;
    in_flight_ = std::move(waiting_);
    waiting_.clear();
    host::SqliteTransaction transaction(connection_.get());
    for (Item& item : in_flight_) item.error = transaction.run(item.work);
    storage_.note_commit(Side::before);
    const bool durable = !transaction.commit();
    if (durable) storage_.note_commit(Side::during);
    const std::uint64_t issued = storage_.disk_.operation_count();
    settling_ = storage_.scheduler_.add_timer(
        storage_.scheduler_.now() + storage_.commit_latency_.count(), host::TimerKind::activity,
        storage_.node_, make_task([this, issued, durable] { on_settled(issued, durable); }));
  }

  void on_settled(std::uint64_t issued, bool durable) {
    storage_.disk_.settle(issued);
    if (durable) storage_.note_commit(Side::after);
    if (!storage_.node_.alive) return;
    auto finished = std::move(in_flight_);
    in_flight_.clear();
    storage_.trace_.record(storage_.node_.name, durable ? "disk.commit" : "disk.commit-failed",
                           {{"database", name_}, {"works", std::to_string(finished.size())}});
    for (Item& item : finished) {
      if (!durable) item.error = host::Error::not_durable;
      item.done(item.error);
    }
    run_batch();
  }

  VirtualStorage& storage_;
  std::string name_;
  std::uint64_t number_;
  host::SqliteConnection connection_;
  std::vector<Item> waiting_;
  std::vector<Item> in_flight_;
  Scheduler::TimerKey settling_{-1, 0};  // no timer has this key
};

VirtualStorage::VirtualStorage(Scheduler& scheduler, trace::Trace& trace, Node& node,
                               std::uint64_t seed, asio::any_io_executor executor,
                               std::function<std::int64_t()> wall_ns)
    : scheduler_(scheduler),
      trace_(trace),
      node_(node),
      executor_(std::move(executor)),
      disk_(seed),
      mount_(disk_, std::move(wall_ns)) {
  disk_.on_fault([this](std::string_view operation, DiskStatus status) {
    trace_.record(node_.name, "disk.failed",
                  {{"operation", std::string(operation)},
                   {"error", status == DiskStatus::no_space ? "no-space" : "io-error"}});
  });
}

VirtualStorage::~VirtualStorage() = default;

std::unique_ptr<host::Database> VirtualStorage::open_database(std::string_view name) {
  return std::make_unique<VirtualDatabase>(*this, name);
}

bool VirtualStorage::has_file(std::string_view name) {
  return disk_.find(std::string(name)) != nullptr;
}

host::Result<std::string> VirtualStorage::read_file(std::string_view name) {
  const auto file = disk_.find(std::string(name));
  if (!file) return make_error_code(boost::system::errc::no_such_file_or_directory);
  std::string content(file->live.size, '\0');
  file->live.read(0, content.data(), content.size());
  return content;
}

namespace {

ErrorCode to_error(DiskStatus status) {
  if (status == DiskStatus::ok) return {};
  return make_error_code(status == DiskStatus::no_space ? boost::system::errc::no_space_on_device
                                                        : boost::system::errc::io_error);
}

// The new content under a temporary name, durable there; then the name changes.
DiskStatus replace(Disk& disk, const std::string& name, std::string_view content) {
  const std::string temporary = name + ".new";
  const auto file = disk.create(temporary);
  DiskStatus status = disk.write(file, 0, content);
  if (status == DiskStatus::ok) status = disk.sync(file);
  if (status != DiskStatus::ok) {
    disk.remove(temporary);
    return status;
  }
  disk.rename(temporary, name);
  return disk.sync_directory();
}

}  // namespace

asio::awaitable<ErrorCode> VirtualStorage::replace_file(std::string_view name,
                                                        std::string content) {
  const ErrorCode outcome = to_error(replace(disk_, std::string(name), content));
  const std::uint64_t issued = disk_.operation_count();
  auto start = [this, issued, outcome](host::Completion<ErrorCode> done) {
    auto finish = [this, issued, outcome, done = std::move(done)]() mutable {
      disk_.settle(issued);
      done(outcome);
    };
    scheduler_.add_timer(scheduler_.now() + commit_latency_.count(), host::TimerKind::activity,
                         node_, make_task(std::move(finish)));
  };
  const auto [error] = co_await host::initiate<ErrorCode>(executor_, std::move(start));
  co_return error;
}

void VirtualStorage::note_commit(Side side) const {
  const auto hook = commit_hook_;  // it may take itself away
  if (hook) hook(side);
}

void VirtualStorage::drop() {
  for (const auto& entry : std::map(databases_)) entry.second->drop();
}

}  // namespace sealcheck::world
