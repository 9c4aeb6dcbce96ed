#include "sim/verdict/nothing_lost.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "sim/plan/drop_rules.hpp"
#include "sim/verdict/delivery.hpp"
#include "sim/verdict/delivery_report.hpp"
#include "sim/verdict/hybrid_hop.hpp"
#include "sim/verdict/queue_snapshot.hpp"

namespace sealcheck::verdict {
namespace {

using Key = std::pair<std::string, std::string>;  // message, recipient

struct Promise {
  std::string message;
  std::string recipient;
  const trace::Event* begun;  ///< when this recipient was accepted
  const trace::Event* done;   ///< when the sender was told
};

// Several submissions may be under way at once; those of one message come one after the other.
std::vector<Promise> promises(const std::vector<trace::Event>& events) {
  std::vector<Promise> result;
  std::map<std::string, std::vector<const trace::Event*>> accepted;  // of the submission under way
  for (const trace::Event& event : events) {
    const std::string message(event.field("message"));
    if (event.kind == "sender.recipient" && is_positive(event.field("code")))
      accepted[message].push_back(&event);
    if (event.kind != "sender.done") continue;
    if (event.field("result") == "accepted")
      for (const trace::Event* begun : accepted[message])
        result.push_back({message, std::string(begun->field("recipient")), begun, &event});
    accepted.erase(message);
  }
  return result;
}

Key key_of(const trace::Event& event) {
  return {std::string(event.field("message")), plain_address(event.field("recipient"))};
}

// The queue in which a gateway records what a policy made it drop. It counts only where a policy
// that drops was in force when the message was taken.
constexpr std::string_view dropped_queue = "dropped";

// When a policy that drops was in force: as installed, then as each deployment left it.
class DropTimes {
 public:
  DropTimes(const plan::Plan& plan, const std::vector<trace::Event>& events) {
    std::string drafts = plan.gateway.configuration;
    changes_.push_back({0, plan::may_drop(drafts, plan::Policies::deployed)});
    for (const trace::Event& event : events) {
      const plan::Admin* admin = event.kind == "lab.admin" ? admin_at(plan, event) : nullptr;
      if (!admin || admin->refused_with) continue;
      if (admin->operation == "apply") drafts = argument(*admin, "configuration");
      if (admin->operation == "deploy" && argument(*admin, "answer") != "no")
        changes_.push_back({event.sequence, plan::may_drop(drafts, plan::Policies::all)});
    }
  }

  /// At any time while the message was being handed over: a deployment may fall in between.
  bool cover(const Promise& promise) const {
    bool any = false;
    for (const Change& change : changes_) {
      if (change.sequence > promise.done->sequence) break;
      any = change.sequence <= promise.begun->sequence ? change.may_drop : any || change.may_drop;
    }
    return any;
  }

 private:
  struct Change {
    std::uint64_t sequence;
    bool may_drop;
  };

  static const plan::Admin* admin_at(const plan::Plan& plan, const trace::Event& event) {
    for (const plan::Step& step : plan.steps)
      if (step.place.position == event.field("at"))
        if (const auto* admin = std::get_if<plan::Admin>(&step.action))
          if (admin->operation == event.field("operation")) return admin;
    return nullptr;
  }

  static std::string argument(const plan::Admin& admin, std::string_view wanted) {
    for (const auto& [name, value] : admin.arguments)
      if (name == wanted) return value;
    return {};
  }

  std::vector<Change> changes_;
};

// RFC 3461 section 4.1: NOTIFY without FAILURE asks for silence on a failure.
bool wants_no_report(const plan::Plan& plan, const std::string& name) {
  const plan::Message* message = plan.find_message(name);
  if (!message) return false;
  const std::string& asked = message->submitting.recipient_parameters;
  return asked.find("NOTIFY=") != std::string::npos && asked.find("FAILURE") == std::string::npos;
}

// Recipients that a peer refused for good: at RCPT, which names no message, or at the final dot.
std::set<Key> refused_for_good(const std::vector<trace::Event>& events) {
  std::set<Key> refused;
  for (const trace::Event& event : events) {
    if (!event.field("reply").starts_with('5')) continue;
    if (event.kind == "smtp.rcpt") refused.emplace("", plain_address(event.field("path")));
    if (event.kind == "smtp.message")
      refused.emplace(event.field("message"), plain_address(event.field("to")));
  }
  return refused;
}

// Where the messages were at the end. A place may hold one that another place holds too.
struct Whereabouts {
  std::set<Key> delivered;
  std::set<Key> queued;
  std::set<Key> dropped;
  std::set<Key> reported;
  std::set<Key> deleted;  ///< by an administrator

  Whereabouts(const plan::Plan& plan, const std::vector<trace::Event>& events,
              const QueueSnapshot& snapshot) {
    for (const Delivery& delivery : deliveries(events))
      if (!is_on_loan(plan, events, delivery) && !is_at_service(plan, delivery))
        delivered.emplace(delivery.message, delivery.recipient);
    for (const trace::Event* entry : snapshot.entries)
      (entry->field("queue") == dropped_queue ? dropped : queued).insert(key_of(*entry));
    for (const trace::Event& event : events) {
      if (const auto report = report_received(event)) add(plan, *report);
      if (event.kind != "lab.deleted") continue;
      for (const plan::Message& message : plan.messages)
        if (message.message_id == event.field("message-id"))
          deleted.emplace(message.name, plain_address(event.field("recipient")));
    }
  }

  void add(const plan::Plan& plan, const DeliveryReport& report) {
    for (const plan::Message& message : plan.messages) {
      if (message.message_id.empty() || message.message_id != report.message_id) continue;
      for (const auto& recipient : report.recipients) {
        if (recipient.action != "failed") continue;
        reported.emplace(message.name, plain_address(recipient.final_recipient));
        if (!recipient.original_recipient.empty())
          reported.emplace(message.name, plain_address(recipient.original_recipient));
      }
    }
  }
};

// Why the snapshot cannot decide; empty if it can.
std::string objection(const std::optional<QueueSnapshot>& snapshot,
                      const std::vector<Promise>& promised) {
  if (!snapshot) return "no queue snapshot was taken in this run";
  if (!snapshot->complete())
    return fmt::format("the last queue snapshot announced {} entries and holds {}",
                       snapshot->mark->field("entries"), snapshot->entries.size());
  for (const Promise& promise : promised)
    if (promise.done->sequence > snapshot->mark->sequence)
      return fmt::format("the last queue snapshot, at {}, is older than the 250 to {} at {}",
                         trace::readable_time(snapshot->mark->at_ns), promise.message,
                         trace::readable_time(promise.done->at_ns));
  return {};
}

Assertion broken(const plan::Plan& plan, const Promise& promise, Assertion assertion) {
  if (const plan::Message* message = plan.find_message(promise.message))
    assertion.position = message->place.position;
  assertion.verdict = Verdict::fail;
  assertion.expected = fmt::format("{} for {} delivered, in the queue or reported by an NDR",
                                   promise.message, promise.recipient);
  assertion.seen = fmt::format(
      "{} for {} was answered 250 at {} and is nowhere: not delivered, not in a queue, no NDR",
      promise.message, promise.recipient, trace::readable_time(promise.done->at_ns));
  return assertion;
}

}  // namespace

std::vector<Assertion> judge_nothing_lost(const plan::Plan& plan,
                                          const std::vector<trace::Event>& events) {
  Assertion assertion;
  assertion.position = plan.place.position;
  assertion.source = "Nothing lost: what was answered 250 is delivered, in the queue or in an NDR";
  assertion.expected = "every recipient that was answered 250 accounted for";
  const std::vector<Promise> promised = promises(events);
  const std::optional<QueueSnapshot> snapshot = last_snapshot(events);
  if (const std::string reason = objection(snapshot, promised); !reason.empty()) {
    assertion.verdict = Verdict::error;
    assertion.seen = reason;
    return {assertion};
  }

  const Whereabouts known(plan, events, *snapshot);
  const std::set<Key> refused = refused_for_good(events);
  std::size_t delivered = 0, queued = 0, reported = 0, dropped = 0, deleted = 0, in_silence = 0;
  const DropTimes drop_times(plan, events);
  std::vector<Assertion> failures;
  for (const Promise& promise : promised) {
    const Key key(promise.message, plain_address(promise.recipient));
    if (known.delivered.contains(key)) {
      ++delivered;
    } else if (known.queued.contains(key)) {
      ++queued;
    } else if (known.reported.contains(key)) {
      ++reported;
    } else if (known.dropped.contains(key) && drop_times.cover(promise)) {
      ++dropped;
    } else if (known.deleted.contains(key)) {
      ++deleted;
    } else if (wants_no_report(plan, key.first) &&
               (refused.contains(key) || refused.contains({"", key.second}))) {
      ++in_silence;
    } else {
      failures.push_back(broken(plan, promise, assertion));
    }
  }
  if (!failures.empty()) return failures;
  assertion.seen =
      fmt::format("{} answered 250: {} delivered, {} in the queue, {} reported by an NDR",
                  promised.size(), delivered, queued, reported);
  if (dropped > 0) assertion.seen += fmt::format(", {} dropped by a policy", dropped);
  if (deleted > 0) assertion.seen += fmt::format(", {} deleted by an administrator", deleted);
  if (in_silence > 0)
    assertion.seen += fmt::format(", {} refused, and not to be reported", in_silence);
  return {assertion};
}

}  // namespace sealcheck::verdict
