// A client's dialogue with the gateway, octet by octet.
#include <fmt/format.h>

#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

constexpr std::size_t dialogue_octets_max = 64 * 1024 * 1024;

// RFC 5321 section 4.5.2. What does not end with CRLF gets one: the final dot needs it.
std::string with_final_dot(std::string_view content) {
  std::string out;
  bool line_start = true;
  for (std::size_t i = 0; i < content.size(); ++i) {
    if (line_start && content[i] == '.') out += '.';
    out += content[i];
    line_start = content[i] == '\n' && i > 0 && content[i - 1] == '\r';
  }
  return out + (line_start ? ".\r\n" : "\r\n.\r\n");
}

}  // namespace

void PlanBuilder::add_talk(const Node& node) {
  Talk talk{node.text("name"), origin_for("client@" + node.text("domain")), {}};
  std::size_t octets = 0;
  for (const Node& child : node.children()) {
    talk.steps.push_back(talk_step(child));
    octets += talk.steps.back().bytes.size() * talk.steps.back().times;
  }
  if (octets > dialogue_octets_max)
    diagnostics_.error(node.span(), fmt::format("the client says {} octets", octets),
                       fmt::format("{} are the most", dialogue_octets_max));
  push(std::move(talk), node);
}

TalkStep PlanBuilder::talk_step(const Node& node) {
  TalkStep step;
  step.place = place(node.span());
  step.times = times(node);
  if (node.has("gap")) step.duration_ns = node.duration("gap").count();
  if (node.has("limit")) step.duration_ns = node.duration("limit").count();
  if (node.has("duration")) step.duration_ns = node.duration("duration").count();
  if (node.is("says")) {
    step.bytes = node.text("bytes");
  } else if (node.is("says-content")) {
    if (const Message* message = message_named(node)) step.bytes = with_final_dot(message->content);
  } else if (node.is("gets")) {
    step.kind = TalkStep::Kind::expect;
    if (node.has("code")) step.code = static_cast<int>(node.integer("code"));
    const bool is_class = step.code >= 2 && step.code <= 5;
    if (node.has("code") && !is_class && (step.code < 200 || step.code > 599))
      diagnostics_.error(node.span("code"), "a reply code lies between 200 and 599",
                         "or one digit from 2 to 5 for its class");
  } else if (node.is("silent")) {
    step.kind = TalkStep::Kind::silence;
  } else if (node.is("starts-tls")) {
    step.kind = TalkStep::Kind::start_tls;
  } else if (node.is("ended")) {
    step.kind = TalkStep::Kind::expect_closed;
  } else {
    step.kind = node.text("how") == "closes" ? TalkStep::Kind::close : TalkStep::Kind::reset;
  }
  return step;
}

}  // namespace sealcheck::plan
