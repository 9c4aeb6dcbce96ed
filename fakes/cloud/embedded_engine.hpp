// The engine that every world has: it looks for octets in everything that unpacking.hpp finds in a
// message. The two test patterns that real products agree on are known to it, GTUBE as spam and
// EICAR as a virus; a scenario adds its own.
//
// A pattern may stand anywhere in a piece; its letter case counts. A virus
// outweighs spam; of several, the first in the order of signatures is named.
#pragma once

#include <string>
#include <vector>

#include "fakes/cloud/analysis_engine.hpp"
#include "fakes/cloud/unpacking.hpp"
#include "reference/host/host.hpp"

namespace fakes {

/// The patterns themselves, put together from pieces: this source must not be taken for one.
std::string gtube();
std::string eicar();

struct Signature {
  Analysis::Verdict verdict = Analysis::Verdict::virus;
  std::string name;
  std::string octets;  ///< not empty

  friend bool operator==(const Signature&, const Signature&) = default;
};

/// What the engine does in place of an answer.
enum class EngineFault {
  none,
  errs,           ///< AnalysisError::engine_failed
  hangs,          ///< no answer before the deadline
  reaches_limit,  ///< AnalysisError::limit_reached
};

struct EmbeddedConfig {
  std::vector<Signature> signatures;  ///< beside the two that are built in
  EngineFault fault = EngineFault::none;
  UnpackLimits limits;
};

/// The verdict itself, pure. Fails with limit_reached or not_examined, and not where a virus was
/// seen.
host::Result<Analysis> inspect(const EmbeddedConfig& config, std::string_view message);

class EmbeddedEngine final : public AnalysisEngine {
 public:
  /// `host` outlives it.
  EmbeddedEngine(host::Host& host, EmbeddedConfig config);

  /// Later messages are judged by it.
  void apply(EmbeddedConfig config) { config_ = std::move(config); }

  std::string_view name() const override { return "embedded"; }
  boost::asio::awaitable<host::Result<Analysis>> analyse(const std::string& message,
                                                         host::MonoTime deadline) override;

 private:
  host::Host& host_;
  EmbeddedConfig config_;
};

}  // namespace fakes
