// The path between two hosts as a scenario describes it: one phase a direction, replaced as a whole
// by `change path`.
//
// Plain values, resolved: names are hosts' names, times are in ns, sizes in bytes. Offsets count a
// direction's bytes from 0, in each connection anew.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sealcheck::plan {

struct PathInjection {
  std::string bytes;
  std::optional<std::uint64_t> offset;  ///< before this byte
  std::string after_text;               ///< behind this one, when there is no offset
};

/// One direction.
struct PathPhase {
  std::int64_t latency_ns = 1'000'000;  ///< one way
  std::int64_t jitter_ns = 0;
  std::int64_t bytes_per_second = 0;  ///< 0: without limit
  std::size_t segment_bytes_max = 1460;
  std::size_t window_bytes = 65535;

  std::size_t piece_bytes_max = 0;         ///< chopped into pieces of so many bytes; 0: not
  std::size_t random_piece_bytes_max = 0;  ///< into pieces of 1 to so many; 0: not
  std::vector<std::uint64_t> cuts;
  bool cut_between_cr_and_lf = false;
  bool cut_inside_tls_headers = false;
  bool coalesces = false;

  bool refuses = false;
  bool swallows = false;
  std::optional<std::uint64_t> reset_at;
  std::optional<std::uint64_t> stall_at;
  unsigned datagram_loss_percent = 0;

  bool party_listens = false;
  bool party_strips_starttls = false;
  std::vector<std::uint64_t> flips;
  std::vector<PathInjection> injections;
};

struct Path {
  std::string one;  ///< a host's name
  std::string other;
  PathPhase from_one;
  PathPhase from_other;
};

}  // namespace sealcheck::plan
