// What lies between each pair of hosts: one Link a direction, the default one where nothing was
// said.
//
// Also keeps the times of what a link carries (bandwidth is shared by all its connections) and
// writes down what the path does, as events of the actor "path". Randomness is keyed by the link,
// the connection and the offset, so that removing one fault moves no other.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "reference/host/endpoint.hpp"
#include "sim/trace/trace.hpp"
#include "sim/world/virtual/link.hpp"
#include "sim/world/virtual/scheduler.hpp"

namespace sealcheck::world {

struct Link {
  LinkParameters parameters;
  std::uint64_t revision = 0;   ///< counts changes
  std::int64_t free_at_ns = 0;  ///< when the last byte so far has left
  std::uint64_t datagrams = 0;  ///< sent so far
  std::uint64_t seed = 0;
};

class Paths {
 public:
  Paths(Scheduler& scheduler, trace::Trace& trace, std::uint64_t seed);

  /// The direction's behaviour from now on.
  void set(const Node& from, const Node& to, LinkParameters parameters);
  const LinkParameters& parameters(const Node& from, const Node& to) {
    return at(from, &to).parameters;
  }
  /// `to` may be null: an address that nobody holds.
  Link& at(const Node& from, const Node* to);

  /// When something of that size, sent now, arrives; the link is taken until it has left. `key`
  /// names it within the link, for the jitter.
  std::int64_t arrival_time(Link& link, std::size_t bytes, std::uint64_t connection,
                            std::uint64_t key);
  /// Whether the next datagram gets through; counts it.
  bool loses_datagram(Link& link);

  /// Between these endpoints, in this direction: the fields that tcp.data has too.
  static std::vector<trace::Field> fields(std::uint64_t connection, const host::Endpoint& from,
                                          const host::Endpoint& to, const std::string& peer);
  void record(std::string kind, std::vector<trace::Field> fields, std::string payload = {});

 private:
  Scheduler& scheduler_;
  trace::Trace& trace_;
  std::uint64_t seed_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Link> links_;  // by the nodes' ids
};

}  // namespace sealcheck::world
