// For tests only: a queue on a test host, and messages to put into it.
#pragma once

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "reference/queue/queue.hpp"
#include "reference/queue/statement.hpp"
#include "reference/queue/test_database.hpp"

namespace sealgate::queue::test {

struct QueueFixture {
  QueueFixture() { open(); }

  void open() { queue = host.run(Queue::open(host)); }
  void restart() {
    queue.reset();
    open();
  }

  static NewMessage message(std::vector<std::string> recipients) {
    NewMessage message;
    message.envelope.reverse_path = "alice@corp.test";
    message.received_at = start;
    message.message_id_header = "<m1@corp.test>";
    message.content = "Subject: x\r\n\r\nbody\r\n";
    for (auto& path : recipients) {
      NewRecipient recipient;
      recipient.forward_path = std::move(path);
      recipient.expires_at = start + std::chrono::hours(24);
      message.recipients.push_back(std::move(recipient));
    }
    return message;
  }

  MessageId insert(NewMessage message) {
    return host.run(queue->insert(std::move(message))).value();
  }

  /// The outcome of an attempt made at `start`.
  static RecipientUpdate update(int n, RecipientState state, std::string reason = "") {
    RecipientUpdate update;
    update.n = n;
    update.state = state;
    update.reason = std::move(reason);
    update.at = start;
    if (state == RecipientState::delayed) update.next_attempt_at = start + std::chrono::minutes(15);
    return update;
  }

  host::ErrorCode record(MessageId id, std::vector<RecipientUpdate> updates) {
    return host.run(queue->record_attempts(id, std::move(updates)));
  }

  std::vector<Entry> snapshot(Filter filter = {}) {
    return host.run(queue->snapshot(std::move(filter))).value();
  }

  std::vector<DueRecipient> due(host::WallTime now, std::size_t limit = 100) {
    return host.run(queue->due(now, limit)).value();
  }

  std::int64_t rows(const std::string& table) {
    Statement query(host.connection(), "SELECT count(*) FROM " + table);
    query.step();
    return query.integer(0);
  }

  inline static const host::WallTime start{
      std::chrono::sys_days(std::chrono::year(2026) / 11 / 23)};
  TestHost host{boost::unit_test::framework::current_test_case().p_name.get()};
  std::unique_ptr<Queue> queue;
};

}  // namespace sealgate::queue::test
