// The ordered events of one run, with a rolling 128-bit hash over all of them.
//
// Two runs with equal hashes saw the same events with the same bytes at the same times. The hash is
// an XXH3 over each event's time, actor, kind, fields and payload, all length-prefixed: it finds
// accidents, nobody has a reason to forge one.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "sim/trace/event.hpp"

namespace sealcheck::trace {

class Trace {
 public:
  Trace();
  ~Trace();
  Trace(const Trace&) = delete;
  Trace& operator=(const Trace&) = delete;

  /// Where now_ns comes from; the world sets it.
  void set_clock(std::function<std::int64_t()> now_ns) { now_ns_ = std::move(now_ns); }

  /// Appends an event stamped with the clock; the reference is valid until the next call.
  const Event& record(std::string actor, std::string kind, std::vector<Field> fields = {},
                      std::string payload = {});

  const std::vector<Event>& events() const { return events_; }

  /// 32 hexadecimal digits over what was recorded so far.
  std::string hash() const;

  /// Bytes that the events hold, roughly: what a memory budget looks at.
  std::size_t bytes_held() const { return bytes_held_; }

 private:
  class Digest;
  std::function<std::int64_t()> now_ns_;
  std::vector<Event> events_;
  std::size_t bytes_held_ = 0;
  std::unique_ptr<Digest> digest_;
};

}  // namespace sealcheck::trace
