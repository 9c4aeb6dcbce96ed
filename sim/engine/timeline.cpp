#include "sim/engine/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

namespace sealcheck::engine {
namespace {

using trace::Event;
using Describe = std::function<std::string(const Event&)>;

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

// "scenarios/tls/x.scn:12:5" → "line 12": the reader knows which file it is.
std::string line_of(const Event& event) {
  const std::string_view position = event.field("at");
  const std::size_t column = position.rfind(':');
  const std::size_t line = position.rfind(':', column - 1);
  return fmt::format("line {}", position.substr(line + 1, column - line - 1));
}

std::string describe_answer(const Event& event) {
  if (!event.has("message")) return {};  // the fake's own account of the same submission
  return fmt::format("{}: {} {} {}", event.field("message"), event.field("result"),
                     event.field("code"), first_line(event.field("text")));
}

std::string describe_entry(const Event& event) {
  return fmt::format("{} for {}: {}{}{}", event.field("message"), event.field("recipient"),
                     event.field("queue"), event.field("reason").empty() ? "" : " because ",
                     event.field("reason"));
}

std::string describe_transfer(const Event& event) {
  const auto tls = event.field("tls");
  return fmt::format("received {} for {} over {}: {}", event.field("message"), event.field("to"),
                     tls == "no" ? "plain text" : tls, event.field("reply"));
}

// "stripped at byte 212 of connection 3, mx.partner.test to gw.corp.test: 250-STARTTLS"
std::string describe_path(const Event& event) {
  const auto what = event.kind.substr(event.kind.find('.') + 1);
  std::string text = what;
  if (event.has("offset")) text += fmt::format(" at byte {}", event.field("offset"));
  text += event.has("connection") ? fmt::format(" of connection {}", event.field("connection"))
                                  : " a datagram";
  text += fmt::format(", {} to {}", event.field("sender"), event.field("peer"));
  const bool shows = what == "stripped" || what == "injected";
  return shows ? text + ": " + first_line(event.payload) : text;
}

// The kinds that a person wants to see; a kind that is not listed is left out.
const std::map<std::string, Describe, std::less<>>& descriptions() {
  static const std::map<std::string, Describe, std::less<>> table{
      {"cloud.analysed",
       [](const Event& e) {
         return fmt::format("analysis: {} {}", e.field("result"), first_line(e.field("name")));
       }},
      {"cloud.client",
       [](const Event& e) {
         return fmt::format("{} {}{}{}", e.field("subject"), e.field("result"),
                            e.field("reason").empty() ? "" : ": " + std::string(e.field("reason")),
                            e.field("distrusted") == "yes" ? ", by a root since distrusted" : "");
       }},
      {"cloud.decryption",
       [](const Event& e) { return fmt::format("decryption: {}", e.field("result")); }},
      {"cloud.relayed",
       [](const Event& e) {
         return fmt::format("hands over for {}: {} {}", e.field("to"), e.field("code"),
                            first_line(e.field("text")));
       }},
      {"host.killed", [](const Event&) { return "the program is killed"; }},
      {"host.log", [](const Event& e) { return std::string(e.field("text")); }},
      {"host.power-lost", [](const Event&) { return "the power is lost"; }},
      {"host.started", [](const Event&) { return "the machine starts again"; }},
      {"lab.deleted",
       [](const Event& e) { return fmt::format("deleted for {}", e.field("recipient")); }},
      {"lab.admin", [](const Event& e) { return fmt::format("admin: {}", e.field("operation")); }},
      {"lab.change-path",
       [](const Event& e) {
         return fmt::format("change path between {} and {}", e.field("one"), e.field("other"));
       }},
      {"lab.change", [](const Event& e) { return fmt::format("change {}", e.field("peer")); }},
      {"lab.crash", [](const Event&) { return "crash gateway"; }},
      {"lab.fail", [](const Event& e) { return line_of(e) + " FAILS"; }},
      {"lab.opens",
       [](const Event& e) {
         return fmt::format("{} opens {}", e.field("recipient"), e.field("message"));
       }},
      {"lab.pass", [](const Event& e) { return line_of(e) + " holds"; }},
      {"lab.restart", [](const Event&) { return "restart gateway"; }},
      {"lab.send", [](const Event& e) { return fmt::format("send {}", e.field("message")); }},
      {"lab.talk", [](const Event& e) { return fmt::format("client {}", e.field("client")); }},
      {"path.flipped", describe_path},
      {"path.injected", describe_path},
      {"path.lost", describe_path},
      {"path.refused", describe_path},
      {"path.reset", describe_path},
      {"path.stalled", describe_path},
      {"path.stripped", describe_path},
      {"path.swallowed", describe_path},
      {"portal.request",
       [](const Event& e) {
         return fmt::format("{} {}: {} {}", e.field("method"), e.field("path"), e.field("status"),
                            e.field("outcome"));
       }},
      {"recipient.page",
       [](const Event& e) { return fmt::format("{}: {}", e.field("path"), e.field("status")); }},
      {"recipient.reads",
       [](const Event& e) { return fmt::format("reads {}", e.field("message")); }},
      {"recipient.refused",
       [](const Event& e) {
         return fmt::format("is refused {}: {}", e.field("message"), e.field("told"));
       }},
      {"seal.gave-up",
       [](const Event& e) {
         return fmt::format("gives {} up: {}", e.field("message"), first_line(e.field("reply")));
       }},
      {"seal.made",
       [](const Event& e) { return fmt::format("{}: {}", e.field("message"), e.field("how")); }},
      {"sender.done", describe_answer},
      {"smtp.hand-back",
       [](const Event& e) { return fmt::format("hands {} back", e.field("message")); }},
      {"smtp.closed", [](const Event& e) { return fmt::format("closed: {}", e.field("how")); }},
      {"smtp.command", [](const Event& e) { return fmt::format("<- {}", e.field("line")); }},
      {"smtp.message", describe_transfer},
      {"smtp.reply",
       [](const Event& e) {
         return fmt::format("-> {} {}", e.field("code"), first_line(e.field("text")));
       }},
      {"sut.queue",
       [](const Event& e) { return fmt::format("queue: {} entries", e.field("entries")); }},
      {"sut.queue-entry", describe_entry},
      {"tcp.open", [](const Event& e) { return fmt::format("connects to {}", e.field("peer")); }},
      {"tcp.refused", [](const Event& e) { return fmt::format("refused by {}", e.field("peer")); }},
      {"tcp.reset", [](const Event& e) { return fmt::format("resets {}", e.field("peer")); }},
      {"tcp.unanswered",
       [](const Event& e) { return fmt::format("no answer from {}", e.field("to")); }},
      {"tls.established",
       [](const Event& e) { return fmt::format("{} {}", e.field("version"), e.field("cipher")); }},
      {"tls.failed",
       [](const Event& e) { return fmt::format("TLS fails: {}", e.field("reason")); }},
      {"tls.starttls",
       [](const Event& e) { return fmt::format("STARTTLS: {}", e.field("behaviour")); }},
  };
  return table;
}

}  // namespace

std::string describe(const Event& event) {
  const auto found = descriptions().find(event.kind);
  return found == descriptions().end() ? std::string() : found->second(event);
}

std::vector<TimelineLine> timeline(const std::vector<Event>& events, std::size_t per_actor) {
  Counterparts counterparts;
  std::vector<Arrow> arrows;
  arrows.reserve(events.size());
  for (const Event& event : events) arrows.push_back(counterparts.see(event));
  std::map<std::string, std::size_t> kept;
  std::vector<TimelineLine> lines;
  for (std::size_t i = events.size(); i-- > 0;) {
    const Event& event = events[i];
    if (kept[event.actor] >= per_actor) continue;
    std::string text = describe(event);
    if (text.empty()) continue;
    ++kept[event.actor];
    lines.push_back({event.at_ns, event.actor, std::move(text), std::move(arrows[i])});
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

}  // namespace sealcheck::engine
