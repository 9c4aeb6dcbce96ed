#include "reference/gateway/delivery.hpp"

#include <map>

#include "reference/gateway/delivery_attempt.hpp"
#include "reference/gateway/notices.hpp"
#include "reference/gateway/record.hpp"
#include "reference/gateway/waiting_groups.hpp"
#include "reference/host/io.hpp"
#include "reference/message/idna.hpp"
#include "reference/smtp/path.hpp"

namespace sealgate::gateway {
namespace {

using boost::asio::awaitable;
using namespace std::chrono_literals;

constexpr std::size_t due_max = 500;       // fetched at once
constexpr std::size_t waiting_max = 5000;  // of one domain that is slow, while others go on
constexpr auto sleep_max = 1h;             // then a wall clock that was set is noticed
constexpr auto pause_after_disk_error = 1min;
constexpr host::Duration clock_step_min = 5s;  // less is NTP's slewing, and harmless
constexpr int record_tries = 3;

void give_back(Core& core, const Group& group) {
  for (const int n : group.recipients) core.queue->give_back(group.message, n);
}

/// What is not recorded stays in flight, and is not tried again before a restart: the attempt may
/// have delivered it.
awaitable<void> record(CorePtr core, const queue::StoredMessage& message,
                       std::vector<queue::RecipientUpdate> updates,
                       std::vector<queue::NewMessage> notices) {
  for (int tries = 1;; ++tries) {
    auto recording = core->queue->record_attempts(message.id, updates, notices);
    const auto error = co_await std::move(recording);
    if (!error) co_return;
    core->host.log(host::Severity::error, "delivery",
                   message.queue_id + ": outcome not recorded: " + error.message());
    if (tries == record_tries) co_return;
    auto timer = core->host.make_timer(host::TimerKind::activity, core->host.queue_executor());
    co_await host::wait_until(*timer, core->host.mono_now() + 1s);
  }
}

/// The updates, and whoever is told of them, in one commit.
awaitable<void> tell_and_record(CorePtr core, const Configuration& configuration,
                                const queue::StoredMessage& message, const Verdicts& verdicts,
                                std::vector<queue::RecipientUpdate> updates) {
  const NoticeContext context{core->decisions, configuration.settings, core->host.wall_now(),
                              [core] { return core->queue->make_queue_id(); }};
  auto notices = make_notices(context, message, verdicts, updates);
  for (const auto& update : updates) {
    core->host.log(host::Severity::info, "delivery",
                   log_line(message, update, verdicts.at(update.n)));
  }
  for (const auto& notice : notices) {
    core->host.log(host::Severity::info, "delivery", log_line(message, notice));
  }
  auto recording = record(core, message, std::move(updates), std::move(notices));
  co_await std::move(recording);
}

awaitable<void> settle(CorePtr core, const queue::StoredMessage& message, Verdicts verdicts) {
  const auto configuration = core->configuration.load();
  const auto now = core->host.wall_now();
  std::vector<queue::RecipientUpdate> updates;
  for (const auto& [n, verdict] : verdicts) {
    const bool delivered = verdict.disposition == smtp::Disposition::delivered;
    if (core->stopping && !delivered) {  // stop() may be what ended it
      core->queue->give_back(message.id, n);
      continue;
    }
    updates.push_back(make_update(core->decisions, configuration->settings.delivery.retry, message,
                                  n, verdict, now));
  }
  if (updates.empty()) co_return;
  auto recording = tell_and_record(core, *configuration, message, verdicts, std::move(updates));
  co_await std::move(recording);
}

/// Those that an encryption server was to hand back by now are not tried: they are held, and their
/// sender is told (RUL-29).
awaitable<void> expire_returns(CorePtr core, const queue::StoredMessage& message,
                               std::vector<int>& recipients) {
  const auto configuration = core->configuration.load();
  const auto now = core->host.wall_now();
  Verdicts verdicts;
  std::vector<queue::RecipientUpdate> updates;
  std::erase_if(recipients, [&](int n) {
    const auto& recipient = message.recipients.at(static_cast<std::size_t>(n));
    if (recipient.queue_name != queue::awaiting_return_queue) return false;
    updates.push_back(make_overdue(n, now));
    verdicts[n];
    return true;
  });
  if (updates.empty()) co_return;
  auto recording = tell_and_record(core, *configuration, message, verdicts, std::move(updates));
  co_await std::move(recording);
}

awaitable<void> deliver(CorePtr core, Group group, boost::asio::any_io_executor executor,
                        KeptConnection& kept) {
  auto loading = core->queue->load(group.message);
  auto loaded = co_await std::move(loading);
  if (!loaded) {  // removed meanwhile, or the disk fails
    give_back(*core, group);
    co_return;
  }
  const auto message = std::make_shared<const queue::StoredMessage>(*std::move(loaded));
  // Paused or removed between its turn and now.
  const int known = static_cast<int>(message->recipients.size());
  std::erase_if(group.recipients, [&](int n) {
    const bool waits = n < known && awaits_attempt(message->recipients.at(n).state);
    if (!waits) core->queue->give_back(message->id, n);
    return !waits;
  });
  if (group.recipients.empty()) co_return;
  auto expiring = expire_returns(core, *message, group.recipients);
  co_await std::move(expiring);
  if (group.recipients.empty()) co_return;
  const auto record_now = [core, message](Verdicts verdicts) {
    return settle(core, *message, std::move(verdicts));
  };
  auto attempt = attempt_delivery(core, core->configuration.load(),
                                  {message, group.recipients, group.domain, record_now}, kept);
  auto verdicts = co_await on_executor(std::move(executor), std::move(attempt));
  auto settling = settle(core, *message, std::move(verdicts));
  co_await std::move(settling);
}

/// One connection's worth of deliveries to one domain, in turn.
awaitable<void> run_lane(CorePtr core, std::shared_ptr<WaitingGroups> waiting, Group group,
                         std::exception_ptr& failure) {
  const auto executor = core->host.session_executor();
  const auto domain = group.domain;
  KeptConnection kept;
  try {
    std::optional<Group> next = std::move(group);
    while (next) {
      auto delivery = deliver(core, *std::move(next), executor, kept);
      co_await std::move(delivery);
      const auto& limits = core->configuration.load()->settings.delivery;
      const bool goes_on =
          kept && kept->messages() < limits.messages_per_connection && !core->stopping;
      next = goes_on ? waiting->take(domain) : std::nullopt;
    }
  } catch (...) {
    failure = std::current_exception();
  }
  if (kept) retire(core, executor, std::move(kept));
}

/// The loop's own: lives in its coroutine.
class Scheduler {
 public:
  explicit Scheduler(CorePtr core) : core_(std::move(core)) {}

  awaitable<void> run() {
    while (!core_->stopping) {
      co_await follow_the_clock();
      const bool fine = co_await start_what_is_due();
      const auto due = co_await next_wake(fine);
      if (core_->stopping) break;
      co_await core_->delivery_wake.wait_until(due);
    }
    while (const auto group = waiting_->take_any()) give_back(*core_, *group);
  }

 private:
  host::Duration wall_minus_mono() const {
    return core_->host.wall_now().time_since_epoch() - core_->host.mono_now().time_since_epoch();
  }

  /// What is queued is due by wall time, because that survives a restart. When the wall clock was
  /// set, every stored time is off by as much: the schedule goes on as if it had not been.
  awaitable<void> follow_the_clock() {
    const auto offset = wall_minus_mono();
    const auto step = offset - clock_offset_;
    if (step > -clock_step_min && step < clock_step_min) co_return;
    core_->host.log(host::Severity::warning, "delivery", "the clock was set: retries are moved");
    const auto policy = core_->configuration.load()->settings.delivery.retry;
    queue::Queue::Schedule schedule =
        [policy, step, &decisions = core_->decisions](const queue::RetryTimes& times) {
          return decisions.next_attempt(policy, times.attempts, times.last_attempt + step,
                                        times.first_queued + step);
        };
    auto rescheduling = core_->queue->reschedule(std::move(schedule));
    const auto error = co_await std::move(rescheduling);
    if (error)
      complain(error);
    else
      clock_offset_ = offset;
  }

  /// False: the disk fails.
  awaitable<bool> start_what_is_due() {
    while (waiting_->lanes() < lanes_max && !core_->stopping) {
      const auto limits = core_->configuration.load()->settings.delivery;
      auto group = waiting_->start(limits.connections_per_destination);
      if (!group) {
        if (waiting_->recipients() >= waiting_max) co_return true;
        const auto due = co_await core_->queue->due(core_->host.wall_now(), due_max);
        if (!due) co_return complain(due.error());
        if (due->empty()) co_return true;
        for (auto& found : group_by_destination(*due)) waiting_->add(std::move(found));
        continue;
      }
      core_->run(core_->host.queue_executor(), "delivery",
                 lane(core_, waiting_, *std::move(group)));
    }
    co_return true;
  }

  static awaitable<void> lane(CorePtr core, std::shared_ptr<WaitingGroups> waiting, Group group) {
    const auto domain = group.domain;
    std::exception_ptr failure;
    auto running = run_lane(core, waiting, std::move(group), failure);
    co_await std::move(running);
    waiting->finish(domain);
    core->delivery_wake.notify();
    if (failure) std::rethrow_exception(failure);
  }

  awaitable<host::MonoTime> next_wake(bool disk_is_fine) {
    const auto now = core_->host.mono_now();
    if (!disk_is_fine) co_return now + pause_after_disk_error;
    // With all lanes taken the end of one is what to wait for.
    const bool full = waiting_->lanes() >= lanes_max || waiting_->recipients() >= waiting_max;
    if (full) co_return now + sleep_max;
    const auto next = co_await core_->queue->next_due();
    if (!next) {
      complain(next.error());
      co_return now + pause_after_disk_error;
    }
    if (!*next) co_return now + sleep_max;
    const host::Duration gap = **next - core_->host.wall_now();
    co_return now + std::min<host::Duration>(gap, sleep_max);
  }

  bool complain(host::ErrorCode error) {
    core_->host.log(host::Severity::error, "delivery", "queue: " + error.message());
    return false;
  }

  CorePtr core_;
  host::Duration clock_offset_ = wall_minus_mono();
  std::shared_ptr<WaitingGroups> waiting_ = std::make_shared<WaitingGroups>();
};

}  // namespace

std::vector<Group> group_by_destination(const std::vector<queue::DueRecipient>& due) {
  std::vector<Group> groups;
  std::map<std::pair<queue::MessageId, std::string>, std::size_t> index;
  for (const auto& recipient : due) {
    const auto& path = recipient.forward_path;
    auto domain = smtp::to_lower(
        message::to_ascii_domain(std::string_view(path).substr(path.rfind('@') + 1)));
    // An internationalised address asks something of the next server that the others do not ask.
    const auto local = smtp::is_ascii({path.substr(0, path.rfind('@')), ""}) ? "" : "utf8@";
    const auto [place, added] =
        index.emplace(std::pair(recipient.message, local + domain), groups.size());
    if (added || groups[place->second].recipients.size() == recipients_max) {
      place->second = groups.size();
      groups.push_back({recipient.message, std::move(domain), {}});
    }
    groups[place->second].recipients.push_back(recipient.n);
  }
  return groups;
}

awaitable<void> run_deliveries(CorePtr core) {
  Scheduler scheduler(std::move(core));
  co_await scheduler.run();
}

}  // namespace sealgate::gateway
