#include "sim/world/virtual/paths.hpp"

#include <algorithm>

#include "sim/world/virtual/random.hpp"

namespace sealcheck::world {

Paths::Paths(Scheduler& scheduler, trace::Trace& trace, std::uint64_t seed)
    : scheduler_(scheduler), trace_(trace), seed_(seed) {}

Link& Paths::at(const Node& from, const Node* to) {
  const std::pair key(from.id, to ? to->id : UINT32_MAX);
  const auto [found, fresh] = links_.try_emplace(key);
  if (fresh) found->second.seed = random_value(seed_, "link", {key.first, key.second});
  return found->second;
}

void Paths::set(const Node& from, const Node& to, LinkParameters parameters) {
  Link& link = at(from, &to);
  link.parameters = std::move(parameters);
  ++link.revision;
}

std::int64_t Paths::arrival_time(Link& link, std::size_t bytes, std::uint64_t connection,
                                 std::uint64_t key) {
  const LinkParameters& parameters = link.parameters;
  std::int64_t departure = scheduler_.now();
  if (parameters.bytes_per_second > 0) {
    link.free_at_ns = std::max(link.free_at_ns, departure) + static_cast<std::int64_t>(bytes) *
                                                                 1'000'000'000 /
                                                                 parameters.bytes_per_second;
    departure = link.free_at_ns;
  }
  std::int64_t arrival = departure + parameters.latency.count();
  if (parameters.jitter.count() > 0)
    arrival +=
        static_cast<std::int64_t>(random_value(link.seed, "jitter", {connection, key}) %
                                  (static_cast<std::uint64_t>(parameters.jitter.count()) + 1));
  return arrival;
}

bool Paths::loses_datagram(Link& link) {
  return random_value(link.seed, "datagram-loss", {link.datagrams++}) % 100 <
         link.parameters.datagram_loss_percent;
}

std::vector<trace::Field> Paths::fields(std::uint64_t connection, const host::Endpoint& from,
                                        const host::Endpoint& to, const std::string& peer) {
  return {{"connection", std::to_string(connection)},
          {"from", from.to_string()},
          {"to", to.to_string()},
          {"peer", peer}};
}

void Paths::record(std::string kind, std::vector<trace::Field> fields, std::string payload) {
  trace_.record("path", std::move(kind), std::move(fields), std::move(payload));
}

}  // namespace sealcheck::world
