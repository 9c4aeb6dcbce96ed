#include "reference/gateway/take_back.hpp"

#include "reference/encryption/third_party.hpp"
#include "reference/gateway/returned_mail.hpp"

namespace sealgate::gateway {
namespace {

using boost::asio::awaitable;
using smtp::Reply;

/// One return at a time of each hand-over: the second sees what the first has decided.
class Turn {
 public:
  Turn(CorePtr core, std::string id) : core_(std::move(core)), id_(std::move(id)) {
    has_it_ = core_->returning.insert(id_).second;
  }
  ~Turn() {
    if (has_it_) core_->returning.erase(id_);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  bool has_it() const { return has_it_; }

 private:
  CorePtr core_;
  std::string id_;
  bool has_it_ = false;
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
  const auto handover = encryption::handover_of(header);
  const auto* name = header.find("Message-ID");
  const std::string id = handover ? handover->id : "";
  const std::string message_id = name ? name->value : "";
  const Turn turn(core, id.empty() ? message_id : id);
  if (!turn.has_it()) co_return Reply(451, {4, 3, 2}, "it is just being handed back already");
  auto finding = core->queue->find_handover(id, message_id);
  const auto known = co_await std::move(finding);
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
  const Turn turn(core, handover);
  auto finding = core->queue->find_handover(handover, "");
  const auto known = co_await std::move(finding);
  if (!known) co_return known.error();
  auto recording = core->queue->record_return(supersede(*known, std::move(message), now));
  co_return co_await std::move(recording);
}

}  // namespace sealgate::gateway
