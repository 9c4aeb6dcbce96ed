// Writes what the peers observe into the trace, and says which of the plan's messages it was about.
//
// Message content becomes the event's payload. A transfer is known by its Message-ID, or, for a
// message without one, by a canary.
#pragma once

#include <functional>

#include "fakes/core/observation.hpp"
#include "sim/plan/plan.hpp"
#include "sim/trace/trace.hpp"

namespace sealcheck::engine {

class Recorder final : public fakes::Observer {
 public:
  Recorder(const plan::Plan& plan, trace::Trace& trace) : plan_(plan), trace_(trace) {}

  void observe(fakes::Observation observation) override;

  /// Called with each delivery that a peer took responsibility for, once it is recorded.
  void on_delivery(std::function<void(const trace::Event&)> call) {
    on_delivery_ = std::move(call);
  }

  /// The plan's name of the message with this content, or "unknown".
  std::string name_of(std::string_view message_id, std::string_view content) const;

 private:
  const plan::Plan& plan_;
  trace::Trace& trace_;
  std::function<void(const trace::Event&)> on_delivery_;
};

}  // namespace sealcheck::engine
