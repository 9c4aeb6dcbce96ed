// The queue as people and judges see it: one entry per recipient, without bodies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reference/host/time.hpp"
#include "reference/queue/message.hpp"
#include "reference/queue/recipient_state.hpp"

namespace sealgate::queue {

/// One past attempt. The last 32 of a recipient are kept.
struct Attempt {
  host::WallTime at;
  std::string result;  ///< the state that it led to
  std::string reason;
  std::string reply;
  std::string tls;
};

struct Entry {
  MessageId message{};
  std::string queue_id;
  std::string message_id_header;
  std::string sender;
  host::WallTime received_at;
  std::uint64_t size = 0;  ///< bytes of the content
  bool encrypt = false;
  StoredRecipient recipient;
  std::vector<Attempt> history;  ///< oldest first; only when the filter asks for it
};

/// Which entries to show. Unset members do not restrict.
struct Filter {
  std::optional<MessageId> message;
  std::optional<RecipientState> state;
  std::optional<std::string> queue_name;
  bool history = false;
  /// Shows what follows this (message, n): the last entry of the page before.
  std::optional<std::pair<MessageId, int>> after;
  std::size_t limit = 1000;
};

/// A recipient whose attempt is due. Its message is fetched with Queue::load.
struct DueRecipient {
  MessageId message{};
  int n = 0;
  std::string queue_id;
  std::string forward_path;
  std::string direction;
  std::string route;
  std::string method;
  int attempts = 0;
  host::WallTime next_attempt_at;
};

/// Recipients per state, final ones of unfinished messages included.
struct Counts {
  std::uint64_t messages = 0;
  std::uint64_t queued = 0;
  std::uint64_t delayed = 0;
  std::uint64_t held = 0;
  std::uint64_t final = 0;
};

}  // namespace sealgate::queue
