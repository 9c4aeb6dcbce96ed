#include "sim/verdict/cleartext.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/verdict/boundary.hpp"
#include "sim/verdict/flow.hpp"
#include "sim/verdict/sealed_canaries.hpp"

namespace sealcheck::verdict {
namespace {

const char* to_words(plan::Boundary boundary) {
  switch (boundary) {
    case plan::Boundary::none:
      return "nothing";
    case plan::Boundary::gateway:
      return "the gateway";
    case plan::Boundary::encryption_group:
      return "the encryption group";
    case plan::Boundary::cloud:
      return "the cloud";
  }
  return "?";
}

std::string decoding(const Sighting& sighting) {
  return sighting.how.empty() ? "" : ", " + sighting.how;
}

struct Evidence {
  std::string first;
  std::size_t count = 0;
};

// What speaks against one canary, by its index in SealedCanaries::all().
struct Findings {
  Evidence wire;
  Evidence log;
};

// How much lies beyond a boundary. It is the same for all messages of one origin.
struct Coverage {
  const plan::Message* message;  ///< one of them
  std::size_t streams = 0;
  std::size_t datagrams = 0;
  std::size_t bytes = 0;
};

class Inquiry {
 public:
  explicit Inquiry(const plan::Plan& plan)
      : plan_(plan), canaries_(plan), findings_(canaries_.all().size()) {
    for (const plan::Message& message : plan.messages)
      coverage_.try_emplace({message.sealed_beyond, message.origin}, Coverage{&message});
  }

  void look_at(const Flow& flow) {
    const std::string bytes = flow.bytes();
    bool beyond = false;  // where it lies within every boundary it convicts nobody
    for (auto& [key, coverage] : coverage_) {
      if (!is_beyond(plan_, *coverage.message, flow.sender, flow.receiver)) continue;
      beyond = true;
      ++(flow.connection.empty() ? coverage.datagrams : coverage.streams);
      coverage.bytes += bytes.size();
    }
    if (!beyond) return;
    for (const Sighting& sighting : canaries_.find(bytes)) {
      if (!canaries_.convicts(sighting.text, flow.sender, flow.receiver)) continue;
      const std::string when = trace::readable_time(flow.segment_at(sighting.offset).at_ns);
      const std::string where =
          fmt::format("in clear on {} at byte {}{}, sent at {}", flow.description(),
                      sighting.offset, decoding(sighting), when);
      for (const std::size_t owner : canaries_.with_text(sighting.text))
        if (!may_show(canaries_.all()[owner], flow))
          add(findings_[owner].wire, canaries_.all()[owner], where);
    }
  }

  // What a mail exchanger has received, whether or not it came inside TLS.
  void look_at_mail(const trace::Event& received) {
    ++mails_;
    for (const Sighting& sighting : canaries_.find(received.payload)) {
      if (!canaries_.convicts_inside_tls(sighting.text)) continue;
      const std::string where =
          fmt::format("in clear in what {} received at {}, at byte {}{}", received.actor,
                      trace::readable_time(received.at_ns), sighting.offset, decoding(sighting));
      for (const std::size_t owner : canaries_.with_text(sighting.text))
        if (!canaries_.all()[owner].is_address())
          add(findings_[owner].wire, canaries_.all()[owner], where);
    }
  }

  void look_at_log(const trace::Event& line) {
    ++log_lines_;
    for (const Sighting& sighting : canaries_.find(line.field("text"))) {
      if (!canaries_.can_convict(sighting.text)) continue;
      const std::string where = fmt::format("in the log of {}, component {}{}, written at {}",
                                            line.actor, line.field("component"), decoding(sighting),
                                            trace::readable_time(line.at_ns));
      for (const std::size_t owner : canaries_.with_text(sighting.text))
        if (!canaries_.all()[owner].is_address())
          add(findings_[owner].log, canaries_.all()[owner], where);
    }
  }

  std::vector<Assertion> assertions() const {
    std::vector<Assertion> result;
    std::size_t next = 0;  // canaries_.all() is grouped by message, in the same order
    for (const plan::Message& message : plan_.messages)
      if (message.sealed_beyond != plan::Boundary::none) decide(message, next, result);
    return result;
  }

 private:
  bool may_show(const SealedCanary& canary, const Flow& flow) const {
    return canary.may_show() ||
           (canary.is_address() &&
            addresses_may_show(plan_, *canary.message, flow.sender, flow.receiver));
  }

  static void add(Evidence& evidence, const SealedCanary& canary, const std::string& where) {
    if (evidence.count++ > 0) return;
    evidence.first =
        fmt::format("canary of {}'s {} {}", canary.message->name, canary.canary->what, where);
  }

  static void merge(Evidence& into, const Evidence& more) {
    if (into.count == 0) into.first = more.first;
    into.count += more.count;
  }

  void decide(const plan::Message& message, std::size_t& next,
              std::vector<Assertion>& result) const {
    Assertion assertion;
    assertion.position = message.place.position;
    assertion.source =
        "Cleartext: what must be sealed beyond a boundary shows on no wire beyond it";
    assertion.expected =
        fmt::format("no canary of {} in clear beyond {}, none of its content in a log",
                    message.name, to_words(message.sealed_beyond));
    std::size_t looked_for = 0;
    std::string shared;
    const std::size_t failures_before = result.size();
    const auto fail = [&](const Evidence& evidence) {
      if (evidence.count == 0) return;
      assertion.verdict = Verdict::fail;
      assertion.seen = evidence.first;
      if (evidence.count > 1)
        assertion.seen += fmt::format("; and in {} more places", evidence.count - 1);
      result.push_back(assertion);
    };
    // A message has one subject and many lines: one failure for each part of it, not for each line.
    std::vector<std::pair<std::string, Findings>> by_part;
    for (; next < findings_.size() && canaries_.all()[next].message == &message; ++next) {
      const SealedCanary& canary = canaries_.all()[next];
      if (canaries_.can_convict(canary.text))
        looked_for += !canary.may_show();
      else
        shared += (shared.empty() ? "" : ", ") + canary.canary->what;
      if (by_part.empty() || by_part.back().first != canary.canary->what)
        by_part.emplace_back(canary.canary->what, Findings{});
      merge(by_part.back().second.wire, findings_[next].wire);
      merge(by_part.back().second.log, findings_[next].log);
    }
    for (const auto& [part, findings] : by_part) {
      fail(findings.wire);
      fail(findings.log);
    }
    if (result.size() == failures_before)
      result.push_back(without_findings(std::move(assertion), message, looked_for, shared));
  }

  Assertion without_findings(Assertion assertion, const plan::Message& message,
                             std::size_t looked_for, const std::string& shared) const {
    const Coverage& seen = coverage_.at({message.sealed_beyond, message.origin});
    if (looked_for == 0) {
      assertion.verdict = Verdict::error;
      assertion.seen = fmt::format("{} has no canary of its own: nothing was judged", message.name);
    } else {
      assertion.seen = fmt::format(
          "none of {}'s {} canaries in {} streams and {} datagrams, {} bytes, nor in {} log lines",
          message.name, looked_for, seen.streams, seen.datagrams, seen.bytes, log_lines_);
      if (message.sealed_beyond == plan::Boundary::cloud)
        assertion.seen += fmt::format(", nor in {} messages that peers received", mails_);
    }
    if (!shared.empty())
      assertion.seen +=
          "; no evidence, because a message that may travel in clear has them too: " + shared;
    return assertion;
  }

  const plan::Plan& plan_;
  SealedCanaries canaries_;
  std::vector<Findings> findings_;
  std::map<std::pair<plan::Boundary, std::string>, Coverage> coverage_;
  std::size_t log_lines_ = 0;
  std::size_t mails_ = 0;  ///< looked through, where the plan has the hybrid service
};

}  // namespace

std::vector<Assertion> judge_cleartext(const plan::Plan& plan,
                                       const std::vector<trace::Event>& events) {
  if (std::none_of(plan.messages.begin(), plan.messages.end(), [](const plan::Message& message) {
        return message.sealed_beyond != plan::Boundary::none;
      }))
    return {};
  Inquiry inquiry(plan);
  for (const Flow& flow : collect_flows(events)) inquiry.look_at(flow);
  for (const trace::Event& event : events) {
    if (event.kind == "host.log" && event.actor == plan.gateway.name) inquiry.look_at_log(event);
    if (event.kind == "smtp.message" && plan.cloud && event.actor != plan.cloud->name)
      inquiry.look_at_mail(event);
  }
  return inquiry.assertions();
}

}  // namespace sealcheck::verdict
