// What the cloud asks about a message before it encrypts it: is it clean, spam or a virus (HYB-11).
//
// An engine is the embedded one (embedded_engine.hpp), which every world has, or a program of its
// own that is asked over TCP (clamd_engine.hpp, spamd_engine.hpp: live world only). Whatever keeps
// an engine from an answer is a failure, never "clean": the caller fails closed, with a temporary
// refusal, and the message stays with the gateway.
//
// An engine outlives what it was asked; several questions may be open at a time.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <string_view>

#include "reference/host/result.hpp"
#include "reference/host/time.hpp"

namespace fakes {

struct Analysis {
  enum class Verdict { clean, spam, virus };

  Verdict verdict = Verdict::clean;
  std::string name;  ///< of what was found; as the engine calls it, so not to be trusted in a line

  friend bool operator==(const Analysis&, const Analysis&) = default;
};

/// "clean", "spam", "virus".
std::string_view to_string(Analysis::Verdict verdict);

/// Why there is no verdict, beside what the host reports (refused connections, Error::timed_out).
enum class AnalysisError {
  engine_failed = 1,  ///< the engine said that it erred
  limit_reached,      ///< the message is too large, too deep or has too many parts to be judged
  not_examined,       ///< an archive in the message is encrypted or broken
  bad_answer,         ///< the engine's answer is none that its protocol knows
};
host::ErrorCode make_error_code(AnalysisError error);

class AnalysisEngine {
 public:
  virtual ~AnalysisEngine() = default;

  /// "embedded", "clamd", …: for the log and the observations.
  virtual std::string_view name() const = 0;

  /// `message` must live until it completes. Fails with what is said above, at `deadline` at last.
  virtual boost::asio::awaitable<host::Result<Analysis>> analyse(const std::string& message,
                                                                 host::MonoTime deadline) = 0;
};

}  // namespace fakes

template <>
struct boost::system::is_error_code_enum<fakes::AnalysisError> : std::true_type {};
