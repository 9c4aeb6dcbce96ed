// Bytes that one host sent to another: one direction of a TCP connection, or one datagram.
//
// Holds pointers into the events it was collected from, which must outlive it. A TCP flow is put
// together in the order of the segments' offsets; a segment that is missing or comes twice does not
// occur in the simulated network and is not looked for.
#pragma once

#include <string>
#include <vector>

#include "sim/trace/event.hpp"

namespace sealcheck::verdict {

struct Flow {
  std::string sender;      ///< a host's name
  std::string receiver;    ///< a host's name, or "nobody"
  std::string connection;  ///< the connection's number; empty for a datagram
  std::vector<const trace::Event*> segments;

  std::string bytes() const;
  /// The event that carried the byte.
  const trace::Event& segment_at(std::size_t offset) const;
  /// "connection 3 from gw.corp.test to mx.partner.test", "a datagram from … to …".
  std::string description() const;
};

/// In the order of their first bytes; a direction in which nothing was sent is no flow.
std::vector<Flow> collect_flows(const std::vector<trace::Event>& events);

}  // namespace sealcheck::verdict
