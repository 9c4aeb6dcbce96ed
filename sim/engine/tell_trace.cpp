#include "sim/engine/tell_trace.hpp"

#include <fstream>
#include <stdexcept>

#include "sim/engine/timeline.hpp"

namespace sealcheck::engine {

bool tell_trace(const std::string& path,
                const std::function<void(const boost::json::object&)>& say) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  Counterparts counterparts;
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.starts_with('#') || line.empty()) continue;
    const auto event = trace::parse_canonical_text(line);
    if (!event) {
      say({{"line", number}, {"error", "no event of a trace"}});
      return false;
    }
    const Arrow arrow = counterparts.see(*event);
    boost::json::object told{{"line", number},
                             {"t_s", static_cast<double>(event->at_ns) / 1e9},
                             {"actor", event->actor},
                             {"kind", event->kind},
                             {"text", describe(*event)}};
    if (!arrow.from.empty() && !arrow.to.empty()) {
      told["from"] = arrow.from;
      told["to"] = arrow.to;
    }
    say(told);
  }
  return true;
}

}  // namespace sealcheck::engine
