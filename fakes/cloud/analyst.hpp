// Has each message looked through before anything else is done with it (HYB-11), and says what is
// to be answered to a message that is not clean.
//
// Observed as cloud.analysed. There is a verdict before the client's patience ends, or none: then
// the answer is temporary and the message stays whose it was.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>

#include "fakes/cloud/embedded_engine.hpp"
#include "fakes/core/observation.hpp"
#include "fakes/core/smtp_codec.hpp"

namespace fakes {

struct AnalysisConfig {
  EmbeddedConfig engine;
  host::Duration patience = std::chrono::minutes(2);
};

class Analyst {
 public:
  /// `name`: the service's, as the actor. Host and observer outlive it, and it outlives its calls.
  Analyst(host::Host& host, Observer& observer, std::string name, AnalysisConfig config);

  /// For later messages.
  void apply(AnalysisConfig config);

  /// `content` lives until it completes; `connection` is its client's.
  boost::asio::awaitable<host::Result<Analysis>> look_through(std::uint64_t connection,
                                                              const std::string& content);

 private:
  host::Host& host_;
  Observer& observer_;
  std::string name_;
  EmbeddedEngine engine_;
  host::Duration patience_;
};

/// The answer where there is no verdict: not now, and why not. What could not be looked into stays
/// so, but whoever decides what becomes of it is the sender, when the gateway gives up.
Reply no_verdict(const host::ErrorCode& why);
/// The answer to a message that nobody shall be told of otherwise (RUL-21: no report on a report).
Reply refusal_of(const Analysis& analysis);

}  // namespace fakes
