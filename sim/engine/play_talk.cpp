// How a client's dialogue is played, and which of its steps decides.
#include <fmt/format.h>

#include "sim/engine/script_runner.hpp"

namespace sealcheck::engine {
namespace {

using Kind = plan::TalkStep::Kind;
namespace raw = fakes::raw_step;

host::Duration or_usual(std::int64_t ns, host::Duration usual) {
  return ns > 0 ? host::Duration(ns) : usual;
}

fakes::RawStep to_raw(const plan::TalkStep& step) {
  switch (step.kind) {
    case Kind::send:
      return raw::Send{step.bytes, step.times, host::Duration(step.duration_ns)};
    case Kind::expect:
      return raw::Expect{step.code, step.times, or_usual(step.duration_ns, raw::Expect{}.within)};
    case Kind::silence:
      return raw::Wait{host::Duration(step.duration_ns)};
    case Kind::start_tls:
      return raw::StartTls{};
    case Kind::expect_closed:
      return raw::ExpectClosed{or_usual(step.duration_ns, raw::ExpectClosed{}.within)};
    case Kind::close:
      return raw::Close{};
    case Kind::reset:
      return raw::Reset{};
  }
  return raw::Close{};
}

std::string expected_of(const plan::TalkStep& step) {
  if (step.kind == Kind::expect_closed) return "the gateway ends the connection";
  if (step.kind == Kind::start_tls) return "the handshake succeeds";
  if (step.kind != Kind::expect) return "the connection stays open";
  const std::string code = step.code == 0   ? "any reply"
                           : step.code < 10 ? fmt::format("a reply {}xx", step.code)
                                            : fmt::format("a reply {}", step.code);
  return step.times == 1 ? code : fmt::format("{}, {} times", code, step.times);
}

}  // namespace

void ScriptRunner::play(const plan::Step& step, const plan::Talk& talk) {
  if (plan_.sweep) await_start();
  note("lab.talk", {{"client", talk.client}, {"at", step.place.position}});
  mark(plan::Anchor::last_send);
  fakes::RawConversation conversation;
  for (const plan::TalkStep& one : talk.steps) conversation.steps.push_back(to_raw(one));
  auto result = std::make_shared<std::optional<fakes::RawResult>>();
  cast_.talk(talk.origin, std::move(conversation),
             [result](fakes::RawResult how) { *result = std::move(how); });
  world_.run(virtual_ns_max_, true, [&] { return result->has_value(); });
  mark(plan::Anchor::last_send);
  if (!result->has_value())
    return decide(step, false, talk.client + " comes to an end", "it waits for ever");
  const fakes::RawResult& how = **result;
  if (how.as_expected || how.step >= talk.steps.size())
    return decide(step, how.as_expected, talk.client + " says and gets all of it",
                  how.as_expected ? "as expected" : how.seen);
  const plan::TalkStep& failed = talk.steps[how.step];
  decide({{}, step.requirements, failed.place}, false, expected_of(failed),
         fmt::format("{} got: {}", talk.client, how.seen));
}

}  // namespace sealcheck::engine
