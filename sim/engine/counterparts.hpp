// Who speaks with whom: turns an event of one machine into an arrow between two.
//
// A peer numbers the connections it accepts by itself; what joins its count to the machine at the
// other end is the address that the network saw open the connection. Feed it every event of a run
// in order: it remembers what it needs.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "sim/trace/event.hpp"

namespace sealcheck::engine {

struct Arrow {
  std::string from;
  std::string to;  ///< both are empty where the event concerns one machine alone
};

class Counterparts {
 public:
  Arrow see(const trace::Event& event);

 private:
  std::map<std::string, std::string, std::less<>> opened_by_;         // address → actor
  std::map<std::pair<std::string, std::string>, std::string> other_;  // actor, connection → actor
};

}  // namespace sealcheck::engine
