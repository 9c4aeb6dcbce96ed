#include "reference/gateway/take_back.hpp"

#include "reference/encryption/third_party.hpp"
#include "reference/gateway/returned_mail.hpp"

namespace sealgate::gateway {
namespace {

using boost::asio::awaitable;
using namespace std::chrono_literals;
using smtp::Reply;

constexpr auto turn_pause = 10ms;  // a commit takes less
constexpr auto turn_patience = 1min;

/// One return at a time of each hand-over: the second sees what the first has decided.
class Turn {
 public:
  explicit Turn(CorePtr core) : core_(std::move(core)) {}
  ~Turn() {
    if (!id_.empty()) core_->returning.erase(id_);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  /// False: the one before takes too long. Nobody waits for the turn of an empty ID.
  awaitable<bool> take(std::string id) {
    const auto patience = core_->host.mono_now() + turn_patience;
    auto timer = core_->host.make_timer(host::TimerKind::activity, core_->host.queue_executor());
    while (!id.empty() && !core_->returning.insert(id).second) {
      if (core_->stopping || core_->host.mono_now() > patience) co_return false;
      co_await host::wait_until(*timer, core_->host.mono_now() + turn_pause);
    }
    id_ = std::move(id);
    co_return true;
  }

 private:
  CorePtr core_;
  std::string id_;
};

Reply not_stored(const CorePtr& core, const Reception& reception, host::ErrorCode error) {
  core->host.log(host::Severity::error, "inbound",
                 reception.queue_id + ": not taken back: " + error.message());
  return Reply(451, {4, 3, 0}, "the message could not be stored");
}

}  // namespace

awaitable<Reply> take_back(CorePtr core, ConfigurationPtr configuration,
                           smtp::Transaction transaction, Reception reception,
                           std::optional<Received> beside) {
  const auto header = message::scan_header(transaction.content);
  auto handover = encryption::handover_of(header);
  const bool certain = handover.has_value();
  if (!handover)
    handover = encryption::handover_by_received(header, configuration->settings.hostname);
  const auto* name = header.find("Message-ID");
  const std::string id = handover ? handover->id : "";
  const std::string message_id = name ? name->value : "";
  Turn turn(core);
  auto waiting = turn.take(id.empty() ? message_id : id);
  if (!co_await std::move(waiting))
    co_return Reply(451, {4, 3, 2}, "it is just being handed back already");
  auto finding = core->queue->find_handover(id, message_id);
  auto known = co_await std::move(finding);
  if (known && !certain && !known->copy && known->returned.empty()) {
    auto by_name = core->queue->find_handover("", message_id);
    known = co_await std::move(by_name);
  }
  if (!known) co_return not_stored(core, reception, known.error());
  const ReturnFacts facts{configuration->settings, core->decisions, reception,
                          [core] { return core->queue->make_queue_id(); }};
  auto settled = settle_return(facts, std::move(transaction), *known);
  if (beside) {
    settled.record.messages.push_back(std::move(beside->message));
    for (auto& notice : beside->notices) settled.record.messages.push_back(std::move(notice));
  }
  auto recording = core->queue->record_return(std::move(settled.record));
  if (const auto error = co_await std::move(recording))
    co_return not_stored(core, reception, error);
  for (const auto& line : settled.log) core->host.log(host::Severity::info, "inbound", line);
  core->delivery_wake.notify();
  co_return Reply(250, {2, 0, 0}, "taken back as " + reception.queue_id);
}

awaitable<host::ErrorCode> insert_again(CorePtr core, queue::NewMessage message,
                                        std::string handover, host::WallTime now) {
  Turn turn(core);
  auto waiting = turn.take(handover);
  if (!co_await std::move(waiting)) co_return host::Error::timed_out;
  auto finding = core->queue->find_handover(handover, "");
  const auto known = co_await std::move(finding);
  if (!known) co_return known.error();
  auto recording = core->queue->record_return(supersede(*known, std::move(message), now));
  co_return co_await std::move(recording);
}

}  // namespace sealgate::gateway
