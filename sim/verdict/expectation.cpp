#include "sim/verdict/expectation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/verdict/delivery.hpp"
#include "sim/verdict/delivery_report.hpp"
#include "sim/verdict/mime_entity.hpp"
#include "sim/verdict/notice.hpp"

namespace sealcheck::verdict {
namespace {

using trace::Event;

bool accepted(const Event& event) {
  return event.field("reply").starts_with('2');
}

bool is_transfer_of(const Event& event, const plan::Receives& condition) {
  return event.kind == "smtp.message" && event.actor == condition.peer &&
         event.field("message") == condition.message &&
         plain_address(event.field("to")) == plain_address(condition.recipient);
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool has_fields(const Event& event, const plan::Receives& condition) {
  if (condition.headers.empty() && condition.absent.empty()) return true;
  const std::string_view header = parse_entity(event.payload).header;
  const auto is_there = [&](std::string_view field) {
    const auto colon = field.find(':');
    return field_of(header, field.substr(0, colon)) == trimmed(field.substr(colon + 1));
  };
  return std::all_of(condition.headers.begin(), condition.headers.end(), is_there) &&
         std::all_of(condition.absent.begin(), condition.absent.end(),
                     [&](std::string_view name) { return field_of(header, name).empty(); });
}

std::string transport_of(const Event& event) {
  const auto tls = event.field("tls");
  return tls == "no" ? "plain" : std::string(tls);
}

bool is_entry_of(const Event& event, const plan::InQueue& condition) {
  return event.kind == "sut.queue-entry" && event.field("message") == condition.message &&
         plain_address(event.field("recipient")) == plain_address(condition.recipient);
}

// Where two methods failed the gateway says "first: reason; second: reason": either is one.
bool names_reason(std::string_view said, std::string_view wanted) {
  if (wanted.empty() || said == wanted) return true;
  while (!said.empty()) {
    const auto part = said.substr(0, said.find("; "));
    const auto colon = part.find(": ");
    if (colon != part.npos && part.substr(colon + 2) == wanted) return true;
    said.remove_prefix(std::min(part.size() + 2, said.size()));
  }
  return false;
}

bool is_answer_of(const Event& event, const plan::Answered& condition) {
  if (event.field("message") != condition.message) return false;
  if (condition.recipient.empty()) return event.kind == "sender.done";
  return event.kind == "sender.recipient" &&
         plain_address(event.field("recipient")) == plain_address(condition.recipient);
}

bool has_code(const Event& event, const std::vector<int>& codes) {
  return std::find(codes.begin(), codes.end(), event.number("code")) != codes.end();
}

bool is_about(const DeliveryReport::Recipient& recipient, const std::string& whom) {
  const std::string wanted = plain_address(whom);
  return plain_address(recipient.final_recipient) == wanted ||
         plain_address(recipient.original_recipient) == wanted;
}

bool report_says(const Event& event, const plan::ReceivesReport& condition) {
  const auto report = report_received(event);
  if (!report || report->message_id != condition.message_id) return false;
  const std::string& because = condition.because;
  return std::any_of(report->recipients.begin(), report->recipients.end(), [&](const auto& one) {
    const bool reason = because.empty() || one.status == because ||
                        one.diagnostic.find(because) != std::string::npos ||
                        report->text.find(because) != std::string::npos;
    return is_about(one, condition.recipient) && one.action == condition.action && reason;
  });
}

// An automatic mail that is no report: plan_text.cpp has its words, and its owner is the recipient.
bool is_notice(const plan::ReceivesReport& condition) {
  return condition.action == "notice";
}

bool refers_to(const Notice& notice, const plan::ReceivesReport& condition) {
  return !condition.message_id.empty() &&
         notice.references.find(condition.message_id) != std::string::npos;
}

bool notice_says(const Event& event, const plan::ReceivesReport& condition) {
  const auto notice = notice_received(event);
  return notice && refers_to(*notice, condition) &&
         (condition.recipient.empty() || notice->to == plain_address(condition.recipient)) &&
         notice->text.find(condition.because) != std::string::npos;
}

// RFC 3463 section 3.5: X.4.7 is "delivery time expired".
bool is_told_as_expired(const Event& event, const plan::Outcome& condition) {
  const auto report = report_received(event);
  return report && report->message_id == condition.message_id &&
         std::any_of(report->recipients.begin(), report->recipients.end(), [&](const auto& one) {
           return is_about(one, condition.recipient) && one.action == "failed" &&
                  one.status.ends_with(".4.7");
         });
}

bool is_end_of(const Event& event, const plan::Outcome& condition) {
  const auto& peers = condition.peers;
  if (std::find(peers.begin(), peers.end(), event.actor) == peers.end()) return false;
  if (condition.kind == plan::Outcome::Kind::expired) return is_told_as_expired(event, condition);
  return is_transfer_of(event, {event.actor, condition.message, condition.recipient}) &&
         accepted(event);
}

struct Satisfies {
  const Event& event;

  bool operator()(const plan::Receives& condition) const {
    if (!is_transfer_of(event, condition) || !accepted(event) || !has_fields(event, condition))
      return false;
    const bool plain = event.field("tls") == "no";
    return condition.transport == plan::Transport::any ||
           plain == (condition.transport == plan::Transport::plain);
  }
  bool operator()(const plan::Answered& condition) const {
    return is_answer_of(event, condition) &&
           (has_code(event, condition.codes) || has_code(event, condition.tolerated));
  }
  bool operator()(const plan::ReceivesReport& condition) const {
    if (event.actor != condition.peer) return false;
    return is_notice(condition) ? notice_says(event, condition) : report_says(event, condition);
  }
  bool operator()(const plan::SeesVerb& condition) const {
    return event.kind == "smtp.command" && event.actor == condition.peer &&
           event.field("verb") == condition.verb;
  }
  bool operator()(const plan::ClientDecision& condition) const {
    return event.kind == "cloud.client" && event.actor == condition.peer &&
           (event.field("result") == "admitted") == condition.admitted &&
           (condition.root.empty() || event.field("root") == condition.root) &&
           (condition.reason.empty() || event.field("reason") == condition.reason);
  }
  bool operator()(const plan::Reads& condition) const {
    return event.kind == (condition.refused ? "recipient.refused" : "recipient.reads") &&
           event.actor == condition.recipient && event.field("message") == condition.message &&
           event.field("told").find(condition.because) != std::string_view::npos;
  }
  bool operator()(const plan::Outcome& condition) const { return is_end_of(event, condition); }
  bool operator()(const plan::InQueue&) const { return false; }
  bool operator()(const plan::QueueEmpty&) const { return false; }
};

std::string describe_entry(const Event& entry) {
  const auto reason = entry.field("reason");
  return fmt::format("in queue {}{}{}", entry.field("queue"), reason.empty() ? "" : " because ",
                     reason);
}

// The last event for which `wanted` holds.
template <class Predicate>
const Event* find_last(const std::vector<Event>& events, std::size_t begin, Predicate wanted) {
  for (std::size_t i = events.size(); i > begin; --i)
    if (wanted(events[i - 1])) return &events[i - 1];
  return nullptr;
}

// What its header has in the place of what is asked for.
std::string describe_fields(const Event& event, const plan::Receives& condition) {
  const std::string_view header = parse_entity(event.payload).header;
  std::string text;
  const auto tell = [&](std::string_view name) {
    const auto value = field_of(header, name);
    text += value.empty() ? fmt::format(", without {}", name)
                          : fmt::format(", with \"{}:{}\"", name, value);
  };
  for (const std::string& one : condition.headers) tell(one.substr(0, one.find(':')));
  for (const std::string& name : condition.absent) tell(name);
  return text;
}

struct Describe {
  const std::vector<Event>& events;
  std::size_t begin;

  std::string operator()(const plan::Receives& condition) const {
    std::string text;
    for (std::size_t i = begin; i < events.size(); ++i) {
      const Event& event = events[i];
      if (!is_transfer_of(event, condition)) continue;
      text +=
          fmt::format("{}{} received {} at {} over {}, and answered {}", text.empty() ? "" : "; ",
                      condition.peer, condition.message, trace::readable_time(event.at_ns),
                      transport_of(event), event.field("reply"));
      text += describe_fields(event, condition);
    }
    if (!text.empty()) return text;
    return where_is(condition.message, condition.recipient);
  }

  std::string operator()(const plan::InQueue& condition) const {
    return where_is(condition.message, condition.recipient);
  }

  std::string operator()(const plan::Outcome& condition) const {
    return where_is(condition.message, condition.recipient);
  }

  std::string operator()(const plan::QueueEmpty&) const {
    const Event* snapshot =
        find_last(events, 0, [](const Event& event) { return event.kind == "sut.queue"; });
    if (!snapshot) return "the gateway gave no snapshot of its queue";
    std::string text;
    for (std::size_t i = snapshot->sequence + 1;
         i < events.size() && events[i].kind == "sut.queue-entry"; ++i)
      text += fmt::format("{}{} for {} {}", text.empty() ? "" : "; ", events[i].field("message"),
                          events[i].field("recipient"), describe_entry(events[i]));
    return text.empty() ? "the queue is empty" : text;
  }

  std::string operator()(const plan::Answered& condition) const {
    const Event* done =
        find_last(events, 0, [&](const Event& event) { return is_answer_of(event, condition); });
    if (!done) return fmt::format("the sender of {} got no final answer", condition.message);
    if (!condition.recipient.empty())
      return fmt::format("RCPT for {} was answered {}", condition.recipient, done->field("code"));
    return fmt::format("{}: {} {}", done->field("result"), done->field("code"),
                       done->field("text"));
  }

  std::string operator()(const plan::ReceivesReport& condition) const {
    if (is_notice(condition)) return notices_about(condition);
    std::string text;
    for (std::size_t i = begin; i < events.size(); ++i) {
      const auto report = report_received(events[i]);
      if (!report || report->message_id != condition.message_id) continue;
      for (const auto& one : report->recipients)
        text += fmt::format("{}{} received at {}: {} {} for {}, {}", text.empty() ? "" : "; ",
                            events[i].actor, trace::readable_time(events[i].at_ns), one.action,
                            one.status, one.final_recipient,
                            one.diagnostic.empty() ? "no diagnostic" : one.diagnostic);
    }
    if (!text.empty()) return text;
    return fmt::format("no report about {}; {}", condition.message,
                       where_is(condition.message, condition.recipient));
  }

  std::string operator()(const plan::Reads& condition) const {
    const Event* end = find_last(events, begin, [&](const Event& event) {
      return event.kind.starts_with("recipient.re") && event.actor == condition.recipient &&
             event.field("message") == condition.message;
    });
    if (!end)
      return fmt::format("{} has opened no file of {}", condition.recipient, condition.message);
    return fmt::format("he {} at {}: {}", end->kind == "recipient.reads" ? "reads" : "is refused",
                       trace::readable_time(end->at_ns), end->field("told"));
  }

  std::string operator()(const plan::SeesVerb& condition) const {
    const Event* seen =
        find_last(events, begin, [&](const Event& event) { return Satisfies{event}(condition); });
    if (!seen) return fmt::format("{} saw no {}", condition.peer, condition.verb);
    return fmt::format("{} saw {} at {} on connection {}", condition.peer, condition.verb,
                       trace::readable_time(seen->at_ns), seen->field("connection"));
  }

  std::string operator()(const plan::ClientDecision& condition) const {
    const Event* decided = find_last(events, begin, [&](const Event& event) {
      return event.kind == "cloud.client" && event.actor == condition.peer;
    });
    if (!decided) return fmt::format("{} was asked by nobody", condition.peer);
    const auto reason = decided->field("reason");
    return fmt::format("{} {} {} at {}{}{}", condition.peer, decided->field("result"),
                       decided->field("subject"), trace::readable_time(decided->at_ns),
                       reason.empty() ? " by root " : " because ",
                       reason.empty() ? std::string(decided->field("root"))
                                      : fmt::format("{}: {}", reason, decided->field("detail")));
  }

 private:
  std::string notices_about(const plan::ReceivesReport& condition) const {
    std::string text;
    for (std::size_t i = begin; i < events.size(); ++i) {
      const auto notice = notice_received(events[i]);
      if (!notice || !refers_to(*notice, condition)) continue;
      text += fmt::format("{}{} received one to {} at {}: {}", text.empty() ? "" : "; ",
                          events[i].actor, notice->to, trace::readable_time(events[i].at_ns),
                          notice->text);
    }
    return text.empty() ? fmt::format("no notice about {}", condition.message) : text;
  }

  std::string where_is(const std::string& message, const std::string& recipient) const {
    const Event* found = find_last(events, 0, [&](const Event& event) {
      const bool entry = event.kind == "sut.queue-entry" && event.field("recipient") == recipient;
      const bool transfer =
          event.kind == "smtp.message" && event.field("to") == recipient && accepted(event);
      return (entry || transfer) && event.field("message") == message;
    });
    if (!found) return fmt::format("{} for {} is in no queue and at no peer", message, recipient);
    if (found->kind == "sut.queue-entry")
      return fmt::format("{} for {} is {}", message, recipient, describe_entry(*found));
    return fmt::format("{} received {} at {} over {}", found->actor, message,
                       trace::readable_time(found->at_ns), transport_of(*found));
  }
};

}  // namespace

bool is_state(const plan::Condition& condition) {
  return std::holds_alternative<plan::InQueue>(condition) ||
         std::holds_alternative<plan::QueueEmpty>(condition);
}

bool satisfies(const Event& event, const plan::Condition& condition) {
  return std::visit(Satisfies{event}, condition);
}

bool only_tolerates(const Event& event, const plan::Condition& condition) {
  const auto* answered = std::get_if<plan::Answered>(&condition);
  return answered && is_answer_of(event, *answered) && !has_code(event, answered->codes) &&
         has_code(event, answered->tolerated);
}

bool snapshot_satisfies(const std::vector<Event>& events, std::size_t snapshot,
                        const plan::Condition& condition) {
  const std::size_t begin = snapshot + 1;
  std::size_t end = begin;
  while (end < events.size() && events[end].kind == "sut.queue-entry") ++end;
  if (std::holds_alternative<plan::QueueEmpty>(condition)) return begin == end;
  const auto& wanted = std::get<plan::InQueue>(condition);
  for (std::size_t i = begin; i < end; ++i)
    if (is_entry_of(events[i], wanted) && events[i].field("queue") == wanted.queue &&
        names_reason(events[i].field("reason"), wanted.reason))
      return true;
  return false;
}

std::string describe_seen(const std::vector<Event>& events, std::size_t begin,
                          const plan::Condition& condition) {
  return std::visit(Describe{events, begin}, condition);
}

}  // namespace sealcheck::verdict
