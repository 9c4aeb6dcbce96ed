// One thing that happened in a run: the lab's unit of evidence.
//
// A kind is a dotted word of a closed vocabulary (kinds.hpp lists them with their fields); an actor
// is the name of a host, or "lab" for the engine's own marks. Fields keep their order. The payload
// holds raw bytes where the event has some (a TCP segment, a received message).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sealcheck::trace {

using Field = std::pair<std::string, std::string>;

struct Event {
  std::uint64_t sequence = 0;  ///< from 0, in the order of recording
  std::int64_t at_ns = 0;      ///< since the start of the run, on the world's clock
  std::string actor;
  std::string kind;
  std::vector<Field> fields;
  std::string payload;

  /// The field's value, or an empty view.
  std::string_view field(std::string_view name) const;
  bool has(std::string_view name) const;
  /// The field as a number; 0 where it is absent or none.
  std::int64_t number(std::string_view name) const;
};

/// One line without its end: "+900.001000000 mx.partner.test smtp.message to=<bob@partner.test>
/// #412". Values are escaped so that the line is printable ASCII or UTF-8; "#412" is the payload's
/// length.
std::string canonical_text(const Event& event);

/// The event of such a line, without sequence and payload; nothing where the line is none.
std::optional<Event> parse_canonical_text(std::string_view line);

/// "+15m00.001s": for people.
std::string readable_time(std::int64_t at_ns);

}  // namespace sealcheck::trace
