// How paths get into the world, and how the script changes them.
#include <fmt/format.h>

#include <stdexcept>

#include "sim/engine/paths.hpp"
#include "sim/engine/script_runner.hpp"

namespace sealcheck::engine {
namespace {

world::LinkParameters parameters_of(const plan::PathPhase& phase) {
  world::LinkParameters link;
  link.latency = host::Duration(phase.latency_ns);
  link.jitter = host::Duration(phase.jitter_ns);
  link.bytes_per_second = phase.bytes_per_second;
  link.segment_bytes_max = phase.segment_bytes_max;
  link.window_bytes = phase.window_bytes;
  link.chop = {phase.piece_bytes_max, phase.random_piece_bytes_max, phase.cuts,
               phase.cut_between_cr_and_lf, phase.cut_inside_tls_headers};
  link.coalesces = phase.coalesces;
  link.refuses = phase.refuses;
  link.swallows = phase.swallows;
  link.reset_at = phase.reset_at;
  link.stall_at = phase.stall_at;
  link.datagram_loss_percent = phase.datagram_loss_percent;
  link.party.listens = phase.party_listens;
  link.party.strips_starttls = phase.party_strips_starttls;
  link.party.flips = phase.flips;
  for (const plan::PathInjection& injection : phase.injections)
    link.party.injections.push_back({injection.bytes, injection.offset, injection.after_text});
  return link;
}

world::VirtualHost& machine(const world::World& world, const std::string& name) {
  if (world::VirtualHost* host = world.find_host(name)) return *host;
  throw std::runtime_error(fmt::format("there is no machine {}", name));
}

}  // namespace

void lay_path(world::World& world, const plan::Path& path) {
  const world::Node& one = machine(world, path.one).node();
  const world::Node& other = machine(world, path.other).node();
  world.network().set_link(one, other, parameters_of(path.from_one));
  world.network().set_link(other, one, parameters_of(path.from_other));
}

void ScriptRunner::play(const plan::Step& step, const plan::ChangePath& change) {
  close_nevers(false);
  note("lab.change-path",
       {{"one", change.path.one}, {"other", change.path.other}, {"at", step.place.position}});
  lay_path(world_, change.path);
  mark(plan::Anchor::last_change);
}

}  // namespace sealcheck::engine
