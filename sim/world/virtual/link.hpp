// One direction between two hosts: how long it takes, how much it carries, and what goes wrong on
// it. Plain values; paths.hpp keeps them, tcp_connection.hpp and network.hpp obey them.
//
// A "byte N" is the byte with offset N, from 0, of what the sender writes in this direction,
// counted in each TCP connection anew. Changing a link acts on what is sent from then on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reference/host/time.hpp"

namespace sealcheck::world {

/// Where reads are cut: no read returns bytes from both sides of a cut (chopper.hpp). The ways add
/// up.
struct Chop {
  std::size_t piece_bytes_max = 0;          ///< a cut after so many bytes; 0: none
  std::size_t random_bytes_max = 0;         ///< a cut after 1 to so many bytes, seeded; 0: none
  std::vector<std::uint64_t> offsets = {};  ///< a cut before each of these bytes
  bool between_cr_and_lf = false;           ///< after every CR
  bool inside_tls_headers = false;  ///< after the type and inside the version (RFC 8446 5.1)

  bool cuts() const {
    return piece_bytes_max || random_bytes_max || !offsets.empty() || between_cr_and_lf ||
           inside_tls_headers;
  }
};

/// Bytes of somebody else's in the stream: before byte `offset`, or directly behind the first
/// `after_text` that comes in one piece of the stream.
struct Injection {
  std::string bytes;
  std::optional<std::uint64_t> offset;
  std::string after_text;  ///< counts when there is no offset; never empty then
};

/// What somebody on the path does to TCP streams.
struct Party {
  bool listens = false;
  bool strips_starttls = false;      ///< out of replies to EHLO (RFC 3207 section 6)
  std::vector<std::uint64_t> flips;  ///< the lowest bit of each of these bytes
  std::vector<Injection> injections;

  bool acts() const { return listens || strips_starttls || !flips.empty() || !injections.empty(); }
};

struct LinkParameters {
  host::Duration latency = std::chrono::milliseconds(1);  ///< one way
  host::Duration jitter{0};              ///< up to so much more, seeded; never out of order in TCP
  std::int64_t bytes_per_second = 0;     ///< 0: without limit; all connections share it
  std::size_t segment_bytes_max = 1460;  ///< MSS
  std::size_t window_bytes = 65535;      ///< receive window without scaling
  Chop chop;
  bool coalesces = false;                 ///< small writes arrive together
  bool refuses = false;                   ///< answers each SYN with a reset
  bool swallows = false;                  ///< nothing passes: SYNs, segments, datagrams
  std::optional<std::uint64_t> reset_at;  ///< at this byte both ends get a reset
  std::optional<std::uint64_t> stall_at;  ///< this byte and what follows stays on the way
  unsigned datagram_loss_percent = 0;     ///< seeded
  Party party;

  /// Whether bytes may go on other than they came, or not at all.
  bool tampers() const { return reset_at || stall_at || party.acts(); }
};

/// How long a coalescing link keeps bytes back to join them with more.
constexpr host::Duration join_window = std::chrono::milliseconds(10);

}  // namespace sealcheck::world
