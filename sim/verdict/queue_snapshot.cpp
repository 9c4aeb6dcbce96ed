#include "sim/verdict/queue_snapshot.hpp"

namespace sealcheck::verdict {

bool QueueSnapshot::complete() const {
  return mark->has("entries") &&
         static_cast<std::size_t>(mark->number("entries")) == entries.size();
}

std::optional<QueueSnapshot> last_snapshot(const std::vector<trace::Event>& events) {
  std::optional<QueueSnapshot> snapshot;
  for (const trace::Event& event : events) {
    if (event.kind == "sut.queue") snapshot = QueueSnapshot{&event, {}};
    if (event.kind == "sut.queue-entry" && snapshot) snapshot->entries.push_back(&event);
  }
  return snapshot;
}

}  // namespace sealcheck::verdict
