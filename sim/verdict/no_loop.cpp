#include "sim/verdict/no_loop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "sim/verdict/delivery.hpp"
#include "sim/verdict/pattern_set.hpp"

namespace sealcheck::verdict {
namespace {

using Key = std::pair<std::string, std::string>;  // message, recipient

// The Received fields of the content whose by-clause names the host (RFC 5321 section 4.4).
std::size_t received_by(std::string_view content, const std::string& host) {
  const std::string clause = " by " + lower_ascii(host) + " ";
  std::size_t count = 0;
  std::string field;
  const auto end_field = [&] {
    if (field.starts_with("received:") && field.find(clause) != std::string::npos) ++count;
    field.clear();
  };
  while (!content.empty()) {
    const std::size_t end = std::min(content.find('\n'), content.size() - 1);
    std::string line = lower_ascii(content.substr(0, end));
    content.remove_prefix(end + 1);
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty()) break;  // the body is nobody's witness
    if (line[0] != ' ' && line[0] != '\t') end_field();
    if (line[0] == '\t') line[0] = ' ';
    field += line + " ";
  }
  end_field();
  return count;
}

struct Rounds {
  std::size_t passes = 0;    ///< deliveries, each but the first after the message was handed back
  std::size_t received = 0;  ///< the most Received fields of the gateway in one copy
  bool on_its_way = true;    ///< handed to the gateway since its last delivery
  const trace::Event* last = nullptr;

  std::size_t most() const { return std::max(passes, received); }
};

Assertion loop(const plan::Plan& plan, const Key& key, const Rounds& rounds, Assertion assertion) {
  if (const plan::Message* message = plan.find_message(key.first))
    assertion.position = message->place.position;
  assertion.verdict = Verdict::fail;
  assertion.expected = fmt::format("{} for {} stopped after {} rounds at the most", key.first,
                                   key.second, passes_max);
  assertion.seen = fmt::format(
      "{} for {} has passed the gateway {} times, the last time to {} at {}, where it had {} "
      "Received fields of the gateway",
      key.first, key.second, rounds.most(), rounds.last->actor,
      trace::readable_time(rounds.last->at_ns), rounds.received);
  return assertion;
}

}  // namespace

std::vector<Assertion> judge_no_loop(const plan::Plan& plan,
                                     const std::vector<trace::Event>& events) {
  std::map<Key, Rounds> all;
  for (const trace::Event& event : events) {
    const Key key(event.field("message"), plain_address(event.field("to")));
    if (event.kind == "smtp.hand-back") {
      all[key].on_its_way = true;
    } else if (event.kind == "smtp.message" && is_positive(event.field("reply"))) {
      Rounds& rounds = all[key];
      if (std::exchange(rounds.on_its_way, false)) ++rounds.passes;
      rounds.received = std::max(rounds.received, received_by(event.payload, plan.gateway.name));
      rounds.last = &event;
    }
  }

  Assertion assertion;
  assertion.position = plan.place.position;
  assertion.source = "No loop: a message does not pass the gateway again and again";
  assertion.expected = fmt::format("no message more than {} times through", passes_max);
  std::vector<Assertion> failures;
  std::size_t most = 0;
  for (const auto& [key, rounds] : all) {
    most = std::max(most, rounds.most());
    if (rounds.most() > passes_max) failures.push_back(loop(plan, key, rounds, assertion));
  }
  if (!failures.empty()) return failures;
  assertion.seen = fmt::format("{} at the most", most);
  return {assertion};
}

}  // namespace sealcheck::verdict
