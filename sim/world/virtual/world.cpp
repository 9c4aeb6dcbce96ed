#include "sim/world/virtual/world.hpp"

namespace sealcheck::world {

World::World(std::uint64_t seed, trace::Trace& trace)
    : seed_(seed), trace_(trace), entropy_(scheduler_, seed), network_(scheduler_, trace, seed) {
  trace_.set_clock([this] { return scheduler_.now(); });
  use_simulated_disks_for_sqlite();
  use_entropy_for_openssl(&entropy_);
  clock_switch::set(this);
}

World::~World() {
  end();
  clock_switch::set(nullptr);
  use_entropy_for_openssl(nullptr);
  trace_.set_clock([end = scheduler_.now()] { return end; });
}

// All machines die before the first is taken apart: what their coroutines own refers to each other.
void World::end() {
  for (const auto& host : hosts_) host->node().alive = false;
  for (const auto& host : hosts_) {
    network_.drop(host->node());
    host->storage().drop();
    scheduler_.drop(host->node());
  }
  scheduler_.drop(network_.wire());
}

VirtualHost& World::add_host(std::string name, std::vector<host::Address> addresses) {
  const auto id = static_cast<std::uint32_t>(hosts_.size() + 1);
  hosts_.push_back(std::make_unique<VirtualHost>(*this, id, std::move(name), std::move(addresses)));
  return *hosts_.back();
}

VirtualHost* World::find_host(std::string_view name) const {
  for (const auto& host : hosts_)
    if (host->name() == name) return host.get();
  return nullptr;
}

Stop World::run(std::int64_t limit_ns, bool until_quiescent,
                const std::function<bool()>& satisfied) {
  for (;;) {
    scheduler_.run_ready();
    if (satisfied && satisfied()) return Stop::satisfied;
    if (until_quiescent && scheduler_.quiescent()) return Stop::quiescent;
    if (!scheduler_.fire_next(limit_ns)) {
      if (scheduler_.idle() && limit_ns == INT64_MAX) return Stop::quiescent;
      scheduler_.advance_to(limit_ns);
      return Stop::limit;
    }
  }
}

host::WallTime World::wall_epoch() const {
  using namespace std::chrono;
  return sys_days{2026y / March / 2} + 9h;
}

std::int64_t World::wall_ns() const {
  const Node* node = scheduler_.current();
  const host::Duration offset = node ? node->wall_offset : host::Duration{0};
  return (wall_epoch() + host::Duration(scheduler_.now()) + offset).time_since_epoch().count();
}

std::int64_t World::mono_ns() const {
  return scheduler_.now();
}

void World::keep_tls_secret(std::string_view key_log_line) {
  tls_secrets_.append(key_log_line).append("\n");
}

}  // namespace sealcheck::world
