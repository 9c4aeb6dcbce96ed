// How simulated machines die, stand still and come back.
#include <boost/assert.hpp>

#include "sim/world/virtual/virtual_host.hpp"
#include "sim/world/virtual/world.hpp"

namespace sealcheck::world {
namespace {

// Linux writes back pages that have been dirty for this long (vm.dirty_expire_centisecs).
constexpr host::Duration write_back_after = std::chrono::seconds(30);

}  // namespace

void VirtualHost::die(Death death) {
  BOOST_ASSERT(node_.alive || death == Death::power_loss);
  order_.reset();
  world_.trace().record(node_.name, death == Death::kill ? "host.killed" : "host.power-lost");
  if (!node_.alive) return disk().lose_power();
  if (death == Death::kill) world_.network().close_all(node_);
  node_.alive = false;
  node_.paused = false;
  disk().set_inert(true);
  world_.scheduler().at_safe_point([this, death] { bury(death); });
}

void VirtualHost::bury(Death death) {
  world_.network().drop(node_);
  storage_->drop();
  world_.scheduler().drop(node_);
  if (death == Death::power_loss) {
    disk().lose_power();
  } else {
    write_back_later();
  }
  if (on_buried_) on_buried_();
}

void VirtualHost::write_back_later() {
  // Until the kernel has written its cache back, a power loss finds it unwritten.
  const std::uint64_t issued = disk().operation_count();
  world_.scheduler().add_timer(world_.scheduler().now() + write_back_after.count(),
                               host::TimerKind::schedule, world_.network().wire(),
                               make_task([this, issued] { disk().write_back(issued); }));
}

void VirtualHost::note(DiskMoment::Unit unit, Side side) {
  if (!order_ || order_->moment.unit != unit || order_->moment.side != side) return;
  if (++order_->seen != order_->moment.nth) return;
  if (side == Side::during) return die_amid_commit();
  // Each sync that came back to the program has done its work.
  disk().settle(disk().operation_count());
  die(order_->death);
}

void VirtualHost::die_amid_commit() {
  auto die_now = [this, death = order_->death, incarnation = node_.incarnation] {
    if (node_.alive && node_.incarnation == incarnation) die(death);
  };
  world_.scheduler().add_timer(world_.scheduler().now() + storage_->commit_latency().count() / 2,
                               host::TimerKind::activity, world_.network().wire(),
                               make_task(std::move(die_now)));
}

void VirtualHost::restart() {
  BOOST_ASSERT(!node_.alive && world_.scheduler().current() != &node_);
  ++node_.incarnation;
  node_.entropy_counter = 0;
  node_.alive = true;
  disk().set_inert(false);
  world_.trace().record(node_.name, "host.started",
                        {{"incarnation", std::to_string(node_.incarnation)}});
}

void VirtualHost::pause() {
  BOOST_ASSERT(node_.alive);
  if (std::exchange(node_.paused, true)) return;
  world_.trace().record(node_.name, "host.paused");
}

void VirtualHost::resume() {
  if (!node_.paused) return;
  world_.trace().record(node_.name, "host.resumed");
  world_.scheduler().resume(node_);
}

void VirtualHost::pause_for(host::Duration duration) {
  pause();
  const std::uint32_t incarnation = node_.incarnation;
  world_.scheduler().add_timer(world_.scheduler().now() + duration.count(),
                               host::TimerKind::activity, world_.network().wire(),
                               make_task([this, incarnation] {
                                 if (node_.incarnation == incarnation) resume();
                               }));
}

void VirtualHost::jump_clock(host::Duration by) {
  node_.wall_offset += by;
  world_.trace().record(node_.name, "host.clock-jumped", {{"by_ns", std::to_string(by.count())}});
}

}  // namespace sealcheck::world
