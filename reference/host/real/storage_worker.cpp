#include "reference/host/real/storage_worker.hpp"

#include <algorithm>

namespace host {
namespace {

using Item = StorageWorker::Item;
using Kind = StorageWorker::Kind;

// Runs an item by `run`; what it throws belongs to whoever waits for it.
template <class Run>
void guard(Item& item, Run run) {
  try {
    item.error = run(item.work);
  } catch (...) {
    *item.failure = std::current_exception();
  }
}

void run_alone(Item& item) {
  sqlite3* connection = item.source ? item.source->connection.get() : nullptr;
  guard(item, [connection](const Database::Work& work) { return work(connection); });
}

}  // namespace

StorageWorker::StorageWorker() : thread_([this] { run(); }) {}

StorageWorker::~StorageWorker() {
  stop();
}

void StorageWorker::submit(Item item) {
  const std::lock_guard lock(mutex_);
  if (item.source) ++item.source->pending;
  // After stop() it stays here and is dropped with the worker.
  waiting_.push_back(std::move(item));
  changed_.notify_all();
}

void StorageWorker::drain(Source& source) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return source.pending == 0 || ended_; });
}

void StorageWorker::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
  // A completion owns the coroutine that waits for it, and that may own a database, the host's
  // objects, and submit again: it is destroyed when the worker is already consistent.
  for (;;) {
    std::vector<Item> doomed;
    const std::lock_guard lock(mutex_);
    ended_ = true;
    doomed.swap(waiting_);
    if (doomed.empty()) return;
  }
}

void StorageWorker::run() {
  for (;;) {
    std::vector<Item> batch;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
      if (stopped_) return;
      batch.swap(waiting_);
    }
    run_batch(batch);
  }
}

void StorageWorker::run_batch(std::span<Item> batch) {
  while (!batch.empty()) {
    const Item& first = batch.front();
    std::size_t count = 1;
    if (first.kind == Kind::commit) {
      const auto other = std::find_if(batch.begin(), batch.end(), [&first](const Item& item) {
        return item.source != first.source;
      });
      count = static_cast<std::size_t>(other - batch.begin());
      run_transaction(batch.first(count));
    } else {
      run_alone(batch.front());
    }
    complete(batch.first(count));
    batch = batch.subspan(count);
  }
}

void StorageWorker::run_transaction(std::span<Item> items) {
  SqliteTransaction transaction(items.front().source->connection.get());
  for (Item& item : items) {
    if (item.kind == Kind::read) {
      run_alone(item);
    } else {
      guard(item, [&](const Database::Work& work) { return transaction.run(work); });
    }
  }
  const ErrorCode error = transaction.commit();
  for (Item& item : items)
    if (error) item.error = error;
}

void StorageWorker::complete(std::span<Item> items) {
  for (Item& item : items) {
    // The caller may destroy the database as soon as it knows: let go of it first.
    if (item.source) {
      const std::lock_guard lock(mutex_);
      --item.source->pending;
      changed_.notify_all();
    }
    item.work = nullptr;
    item.done(item.error);
  }
}

}  // namespace host
