// What happens on the path to the bytes of one direction of one connection: flipped, injected,
// stripped, cut off by a reset or a stall.
//
// Holds no connection and no clock: bytes and their offset go in, the bytes that go on and what was
// done to them come out. The direction's owner records the deeds and obeys `end`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/world/virtual/link.hpp"
#include "sim/world/virtual/starttls_stripper.hpp"

namespace sealcheck::world {

struct Deed {
  std::string kind;  ///< "path.flipped", "path.injected", "path.stripped", …
  std::uint64_t offset = 0;
  std::string bytes = {};  ///< the byte as it goes on, what was put in, what was taken out
};

struct Passage {
  enum class End { none, reset, stall };

  std::string bytes;         ///< what goes on, in place of what was sent
  std::size_t consumed = 0;  ///< of the bytes sent: less than all of them when it ends here
  bool altered = false;
  End end = End::none;
  std::vector<Deed> deeds;
};

class PathParty {
 public:
  /// `link` as it is now. `revision` counts its changes: with a new one, what the old behaviour
  /// kept back goes on, and texts are searched for anew. Offsets must not have gaps.
  Passage pass(const LinkParameters& link, std::uint64_t revision, std::uint64_t offset,
               std::string_view bytes);
  /// At the end of the stream: what is kept back.
  std::string take_rest() { return stripper_.take_rest(); }
  /// Whether anything has passed here yet.
  bool begun() const { return begun_; }

 private:
  void begin_anew(const LinkParameters& link, std::uint64_t revision);
  std::string alter(const Party& party, std::uint64_t offset, std::string_view bytes,
                    std::vector<Deed>& deeds);

  bool begun_ = false;
  std::uint64_t revision_ = 0;
  bool announced_ = false;
  std::vector<bool> injected_;  // as Party::injections
  std::string tail_;            // of the stream, for texts that straddle segments
  std::size_t tail_bytes_max_ = 0;
  StartTlsStripper stripper_;
};

}  // namespace sealcheck::world
