#include "reference/queue/queue.hpp"

#include <array>
#include <stdexcept>

#include "reference/queue/handover_rows.hpp"
#include "reference/queue/read_rows.hpp"
#include "reference/queue/schema.hpp"
#include "reference/queue/statement.hpp"
#include "reference/queue/write_rows.hpp"

namespace sealgate::queue {
namespace {

using boost::asio::awaitable;
using host::ErrorCode;
using host::Result;
using host::WallTime;

class QueueCategory final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "sealgate.queue"; }
  std::string message(int) const override { return "no such message or recipient in the queue"; }
};

// Beside what is left of a queue without its file, SQLite has to decide what that is worth: over a
// file that is not empty it would be taken for this one's.
bool is_new(host::Storage& storage, const std::string& name) {
  return !storage.has_file(name) && !storage.has_file(name + "-wal") &&
         !storage.has_file(name + "-journal");
}

void require(ErrorCode error, const std::string& refusal = {}) {
  if (error) throw std::runtime_error("queue: " + (refusal.empty() ? error.message() : refusal));
}

}  // namespace

ErrorCode make_error_code(Error error) {
  static const QueueCategory category;
  return {static_cast<int>(error), category};
}

Queue::Queue(host::Host& host, std::unique_ptr<host::Database> database)
    : host_(host), database_(std::move(database)) {}

awaitable<std::unique_ptr<Queue>> Queue::open(host::Host& host, std::string_view name) {
  if (is_new(host.storage(), std::string(name))) {
    std::string content = empty_file();
    require(co_await host.storage().replace_file(name, std::move(content)));
  }
  std::unique_ptr<Queue> queue(new Queue(host, host.storage().open_database(name)));
  // Work reports error codes only, so the later version's message travels beside it.
  auto refusal = std::make_shared<std::string>();
  Change prepare = [refusal](sqlite3* database) {
    try {
      prepare_schema(database);
    } catch (const std::exception& error) {
      *refusal = error.what();
      throw boost::system::system_error(make_error_code(boost::system::errc::not_supported));
    }
  };
  require(co_await queue->commit(std::move(prepare)), *refusal);
  co_return queue;
}

std::string Queue::make_queue_id() {
  // 32 letters, none that are mistaken for another: 5 bits each, 80 bits in all.
  constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::array<std::byte, 16> random{};
  host_.fill_random(random);
  std::string id;
  for (const auto byte : random) id += alphabet[std::to_integer<std::size_t>(byte) % 32];
  return id;
}

NewMessage Queue::named(NewMessage message) {
  if (message.recipients.empty()) throw std::logic_error("queue: a message without recipients");
  if (message.queue_id.empty()) message.queue_id = make_queue_id();
  return message;
}

// What a work touches is shared with it: it runs on a storage thread, and it may still run when the
// coroutine that waits for it has been destroyed.
awaitable<ErrorCode> Queue::commit(Change change) {
  host::Database::Work work = as_work(std::move(change));
  co_return co_await database_->commit(std::move(work));
}

template <class T>
awaitable<Result<T>> Queue::read(std::function<T(sqlite3*)> query) {
  auto value = std::make_shared<T>();
  host::Database::Work work =
      as_work([value, query = std::move(query)](sqlite3* database) { *value = query(database); });
  const auto error = co_await database_->read(std::move(work));
  if (error) co_return error;
  co_return std::move(*value);
}

awaitable<Result<MessageId>> Queue::insert(NewMessage message) {
  auto input = std::make_shared<const NewMessage>(named(std::move(message)));
  auto id = std::make_shared<MessageId>();
  Change change = [input, id](sqlite3* database) { *id = insert_message(database, *input); };
  const auto error = co_await commit(std::move(change));
  if (error) co_return error;
  co_return *id;
}

awaitable<Result<StoredMessage>> Queue::load(MessageId id) {
  std::function<StoredMessage(sqlite3*)> query = [id](sqlite3* database) {
    return load_message(database, id);
  };
  co_return co_await read(std::move(query));
}

awaitable<Result<std::vector<DueRecipient>>> Queue::due(WallTime now, std::size_t limit) {
  // Those in flight are still rows that are due, perhaps the first ones: read past them.
  std::function<std::vector<DueRecipient>(sqlite3*)> query =
      [now, rows = limit + in_flight_.size()](sqlite3* database) {
        return due_rows(database, now, rows);
      };
  auto result = co_await read(std::move(query));
  if (!result) co_return result;
  std::vector<DueRecipient> fresh;
  for (auto& row : *result) {
    if (fresh.size() == limit) break;
    if (in_flight_.emplace(row.message, row.n).second) fresh.push_back(std::move(row));
  }
  co_return fresh;
}

awaitable<Result<std::optional<WallTime>>> Queue::next_due() {
  std::function<std::vector<DueRecipient>(sqlite3*)> query =
      [rows = 1 + in_flight_.size()](sqlite3* database) {
        return due_rows(database, WallTime::max(), rows);
      };
  const auto result = co_await read(std::move(query));
  if (!result) co_return result.error();
  std::optional<WallTime> next;
  for (const auto& row : *result) {
    if (in_flight_.contains({row.message, row.n})) continue;
    next = row.next_attempt_at;
    break;
  }
  co_return next;
}

awaitable<ErrorCode> Queue::record_attempts(MessageId id, std::vector<RecipientUpdate> updates,
                                            std::vector<NewMessage> notices) {
  for (auto& notice : notices) notice = named(std::move(notice));
  auto input = std::make_shared<const std::vector<RecipientUpdate>>(std::move(updates));
  auto reports = std::make_shared<const std::vector<NewMessage>>(std::move(notices));
  Change change = [id, input, reports](sqlite3* database) {
    for (const auto& update : *input) record_update(database, id, update);
    for (const auto& notice : *reports) insert_message(database, notice);
    finish_if_final(database, id);
  };
  const auto error = co_await commit(std::move(change));
  if (error) co_return error;
  for (const auto& update : *input) in_flight_.erase({id, update.n});
  co_return ErrorCode();
}

void Queue::give_back(MessageId id, int n) {
  in_flight_.erase({id, n});
}

awaitable<Result<Handover>> Queue::find_handover(std::string id, std::string message_id_header) {
  std::function<Handover(sqlite3*)> query =
      [id = std::move(id), name = std::move(message_id_header)](sqlite3* database) {
        return find_handover_rows(database, id, name);
      };
  co_return co_await read(std::move(query));
}

awaitable<ErrorCode> Queue::record_return(Return returned) {
  for (auto& message : returned.messages) message = named(std::move(message));
  auto input = std::make_shared<const Return>(std::move(returned));
  Change change = [input](sqlite3* database) {
    remember_returns(database, *input);
    for (const auto& message : input->messages) insert_message(database, message);
    if (!input->copy) return;
    for (const auto& update : input->updates) record_update(database, *input->copy, update);
    finish_if_final(database, *input->copy);
  };
  co_return co_await commit(std::move(change));
}

awaitable<ErrorCode> Queue::reschedule(Schedule schedule) {
  Change change = [schedule = std::move(schedule)](sqlite3* database) {
    reschedule_delayed(database, schedule);
  };
  co_return co_await commit(std::move(change));
}

awaitable<ErrorCode> Queue::hold(Selection which, std::string queue_name, std::string reason) {
  Change change = [which, queue_name = std::move(queue_name), reason = std::move(reason)](
                      sqlite3* database) { hold_recipients(database, which, queue_name, reason); };
  co_return co_await commit(std::move(change));
}

awaitable<ErrorCode> Queue::release(Selection which, WallTime now, std::string queue_name) {
  Change change = [which, now, queue_name = std::move(queue_name)](sqlite3* database) {
    release_recipients(database, which, now, queue_name);
  };
  co_return co_await commit(std::move(change));
}

awaitable<ErrorCode> Queue::remove(Selection which) {
  Change change = [which](sqlite3* database) { remove_recipients(database, which); };
  co_return co_await commit(std::move(change));
}

awaitable<Result<std::vector<Entry>>> Queue::snapshot(Filter filter) {
  std::function<std::vector<Entry>(sqlite3*)> query =
      [filter = std::move(filter)](sqlite3* database) { return snapshot_rows(database, filter); };
  co_return co_await read(std::move(query));
}

awaitable<Result<Counts>> Queue::counts() {
  std::function<Counts(sqlite3*)> query = [](sqlite3* database) { return count_rows(database); };
  co_return co_await read(std::move(query));
}

}  // namespace sealgate::queue
