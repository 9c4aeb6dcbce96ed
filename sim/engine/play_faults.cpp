// How the script's crashes, restarts, pauses, clock jumps and disk changes are played.
#include <fmt/format.h>

#include <algorithm>

#include "sim/engine/disk_moment.hpp"
#include "sim/engine/script_runner.hpp"
#include "sim/verdict/expectation.hpp"

namespace sealcheck::engine {
namespace {

world::Death death_of(plan::CrashKind kind) {
  return kind == plan::CrashKind::kill ? world::Death::kill : world::Death::power_loss;
}

std::string what_was_awaited(const plan::Crash& crash) {
  if (crash.when) return to_text(*crash.when);
  return fmt::format("{} {} of {}'s disk", crash.at_disk->nth,
                     crash.at_disk->commit ? "commits" : "operations", crash.machine);
}

}  // namespace

void ScriptRunner::play(const plan::Step& step, const plan::Crash& crash) {
  world::VirtualHost& machine = cast_.machine(crash.machine);
  note("lab.crash", {{"machine", crash.machine}, {"at", step.place.position}});
  mark(plan::Anchor::last_action);
  if (!machine.alive() && crash.kind == plan::CrashKind::kill)
    return decide(step, false, crash.machine + " runs, to be killed", "it is dead already");
  if (!crash.at_disk && !crash.when) return machine.die(death_of(crash.kind));
  armed_.push_back({&step, &crash, machine.node().incarnation, world_.trace().events().size()});
  if (crash.at_disk) machine.die_at(death_of(crash.kind), to_world(*crash.at_disk));
  if (crash.when) world_.scheduler().watch([this] { crash_if_it_is_time(); });
}

bool ScriptRunner::has_happened(const ArmedCrash& armed) {
  const world::VirtualHost& machine = cast_.machine(armed.crash->machine);
  return !machine.alive() || machine.incarnation() != armed.incarnation;
}

// Asked after each task: a crash falls right behind the event that it waits for.
void ScriptRunner::crash_if_it_is_time() {
  const auto& events = world_.trace().events();
  for (ArmedCrash& armed : armed_) {
    if (!armed.crash->when || has_happened(armed)) continue;
    const auto begin = events.begin() + static_cast<std::ptrdiff_t>(armed.looked_at);
    const bool now = std::any_of(begin, events.end(), [&](const trace::Event& event) {
      return verdict::satisfies(event, *armed.crash->when);
    });
    armed.looked_at = events.size();
    if (now) cast_.machine(armed.crash->machine).die(death_of(armed.crash->kind));
  }
}

void ScriptRunner::play(const plan::Step& step, const plan::Restart& restart) {
  close_nevers(false);
  world::VirtualHost& machine = cast_.machine(restart.machine);
  world_.run(virtual_ns_max_, true, [&] { return !machine.alive(); });
  note("lab.restart", {{"machine", restart.machine}, {"at", step.place.position}});
  if (machine.alive())
    return decide(step, false, restart.machine + " dies before it is started again",
                  "it still runs, and the world has come to rest");
  if (&machine == &cast_.gateway_machine()) {
    machine.restart();
    start_gateway();
  } else {
    cast_.restart(restart.machine);
  }
  mark(plan::Anchor::last_restart);
}

void ScriptRunner::play(const plan::Step& step, const plan::Pause& pause) {
  note("lab.pause", {{"machine", pause.machine}, {"at", step.place.position}});
  world::VirtualHost& machine = cast_.machine(pause.machine);
  if (!machine.alive())
    return decide(step, false, pause.machine + " runs, to be paused", "it is dead");
  machine.pause_for(host::Duration(pause.duration_ns));
  mark(plan::Anchor::last_action);
}

void ScriptRunner::play(const plan::Step& step, const plan::ClockJump& jump) {
  note("lab.clock", {{"by_ns", std::to_string(jump.by_ns)}, {"at", step.place.position}});
  cast_.gateway_machine().jump_clock(host::Duration(jump.by_ns));
  mark(plan::Anchor::last_action);
}

void ScriptRunner::play(const plan::Step& step, const plan::ChangeDisk& change) {
  close_nevers(false);
  note("lab.disk", {{"at", step.place.position}});
  set_disk(change.phase);
  mark(plan::Anchor::last_change);
}

void ScriptRunner::set_disk(const plan::DiskPhase& phase) {
  world::VirtualHost& machine = cast_.gateway_machine();
  machine.disk().set_faults({.full_after_bytes = phase.full_after_bytes,
                             .sync_fails_at = phase.fsync_fails_at,
                             .write_fails_at = phase.write_fails_at});
  machine.storage().set_commit_latency(phase.fsync_takes_ns
                                           ? host::Duration(*phase.fsync_takes_ns)
                                           : world::VirtualStorage::usual_commit_latency);
}

void ScriptRunner::close_crashes() {
  for (const ArmedCrash& armed : armed_) {
    if (has_happened(armed)) continue;
    decide(*armed.step, false, armed.crash->machine + " dies as the script says",
           fmt::format("there was no {} until the end", what_was_awaited(*armed.crash)));
  }
}

// A sender that is talking to the gateway when it dies, or calls it while it is dead, learns
// nothing; that is no fault of anybody.
bool ScriptRunner::was_lost_in_a_crash(const std::string& message) const {
  bool dead = false;
  bool under_way = false;
  bool met_a_dead_gateway = false;
  for (const trace::Event& event : world_.trace().events()) {
    if (event.actor == plan_.gateway.name) {
      if (event.kind == "host.killed" || event.kind == "host.power-lost") dead = true;
      if (event.kind == "host.started") dead = false;
    }
    if (event.kind == "lab.send" && event.field("message") == message) under_way = true;
    met_a_dead_gateway = met_a_dead_gateway || (under_way && dead);
    if (event.kind == "sender.done" && event.field("message") == message)
      return event.field("result") == "lost" && met_a_dead_gateway;
  }
  return false;
}

}  // namespace sealcheck::engine
