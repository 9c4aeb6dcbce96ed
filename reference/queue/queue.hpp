// The gateway's durable queue: every message that it has answered 250 to and has not finished with.
//
// Rows are in a database of the host (bodies too, in chunks), and nothing but the recipients handed
// out by due() is kept in memory. A call that changes something resolves when the change is
// durable: 250 follows insert() and nothing else.
//
// One owner: every call is made, and completes, on the host's queue executor. The queue must
// outlive its pending calls, and the host the queue. Errors are the disk's (category "sqlite" or
// host::Error) or Error::not_found; after an error nothing of the call has happened.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reference/host/host.hpp"
#include "reference/queue/entry.hpp"
#include "reference/queue/handover.hpp"
#include "reference/queue/message.hpp"

namespace sealgate::queue {

enum class Error {
  not_found = 1,  ///< no such message or recipient: it was removed, or it is final
};
host::ErrorCode make_error_code(Error error);

/// One recipient of a message, or all of them.
struct Selection {
  MessageId message{};
  std::optional<int> n;
};

/// The records of what a policy dropped: there is nothing left to deliver.
inline constexpr std::string_view dropped_queue = "dropped";

/// What an encryption server has taken and is to hand back: state delayed, due when it is overdue.
inline constexpr std::string_view awaiting_return_queue = "awaiting-return";

/// What a new schedule may look at.
struct RetryTimes {
  int attempts = 0;
  host::WallTime last_attempt;
  host::WallTime first_queued;
};

class Queue {
 public:
  /// Opens or creates the queue file. Throws std::runtime_error when it is unusable or was written
  /// by a later version.
  static boost::asio::awaitable<std::unique_ptr<Queue>> open(
      host::Host& host, std::string_view name = "queue.sqlite");

  /// A fresh name for a message, for people: 16 letters and digits. Does not touch the disk.
  std::string make_queue_id();

  /// At least one recipient is required.
  boost::asio::awaitable<host::Result<MessageId>> insert(NewMessage message);

  boost::asio::awaitable<host::Result<StoredMessage>> load(MessageId id);

  /// Up to `limit` recipients whose attempt is due, the earliest first. What is handed out is in
  /// flight: neither due() nor next_due() shows it again until record_attempts() or give_back().
  boost::asio::awaitable<host::Result<std::vector<DueRecipient>>> due(host::WallTime now,
                                                                      std::size_t limit);

  /// When the next recipient that is not in flight is due; none when nothing waits for an attempt.
  boost::asio::awaitable<host::Result<std::optional<host::WallTime>>> next_due();

  /// Stores the outcome of one delivery attempt, and the notices that it causes (an NDR), in one
  /// commit. When all recipients of the message are final, it is deleted in the same commit. A
  /// recipient that was removed meanwhile is skipped; one that was held meanwhile stays held unless
  /// its outcome is final. On an error the recipients stay in flight: the attempt may have
  /// delivered, so the caller chooses between recording again and give_back().
  boost::asio::awaitable<host::ErrorCode> record_attempts(MessageId id,
                                                          std::vector<RecipientUpdate> updates,
                                                          std::vector<NewMessage> notices = {});

  /// Ends the flight of a recipient that was not tried after all; it is due as before.
  void give_back(MessageId id, int n);

  /// What is known of a message that comes back from an encryption server. Without an ID it is
  /// looked for by its Message-ID, among those that are awaited.
  boost::asio::awaitable<host::Result<Handover>> find_handover(std::string id,
                                                               std::string message_id_header);
  /// All of it in one commit. A copy that is not there any more is not missed.
  boost::asio::awaitable<host::ErrorCode> record_return(Return returned);

  /// Gives every delayed recipient that was tried a new time, all in one statement (RUL-35). None
  /// makes it due at its expiry. `schedule` runs on a storage thread: it must be pure.
  using Schedule = std::function<std::optional<host::WallTime>(const RetryTimes&)>;
  boost::asio::awaitable<host::ErrorCode> reschedule(Schedule schedule);

  /// Keeps what is not final from being tried until release(). Without a name it stays in the queue
  /// that it is in. Neither hold() nor release() touches what is in the queue `dropped_queue`.
  boost::asio::awaitable<host::ErrorCode> hold(Selection which, std::string queue_name,
                                               std::string reason);
  /// Makes what is not final, held or not, due at `now`. What was held has no reason any more and
  /// moves to the named queue, or to none if it was never tried.
  boost::asio::awaitable<host::ErrorCode> release(Selection which, host::WallTime now,
                                                  std::string queue_name = "delayed");
  /// Deletes without delivery. The message goes when no unfinished recipient is left.
  boost::asio::awaitable<host::ErrorCode> remove(Selection which);

  /// In the order of arrival.
  boost::asio::awaitable<host::Result<std::vector<Entry>>> snapshot(Filter filter = {});
  boost::asio::awaitable<host::Result<Counts>> counts();

 private:
  Queue(host::Host& host, std::unique_ptr<host::Database> database);

  using Change = std::function<void(sqlite3*)>;
  boost::asio::awaitable<host::ErrorCode> commit(Change change);
  template <class T>
  boost::asio::awaitable<host::Result<T>> read(std::function<T(sqlite3*)> query);
  NewMessage named(NewMessage message);

  host::Host& host_;
  std::unique_ptr<host::Database> database_;
  std::set<std::pair<MessageId, int>> in_flight_;  ///< bounded by the gateway's concurrency
};

}  // namespace sealgate::queue

template <>
struct boost::system::is_error_code_enum<sealgate::queue::Error> : std::true_type {};
