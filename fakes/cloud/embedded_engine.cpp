#include "fakes/cloud/embedded_engine.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "reference/host/io.hpp"

namespace fakes {

std::string gtube() {
  return std::string("XJS*C4JDBQADN1.NSBN3*2IDNEN*") + "GTUBE-STANDARD-ANTI-UBE-" +
         "TEST-EMAIL*C.34X";
}

std::string eicar() {
  return std::string("X5O!P%@AP[4\\PZX54(P^)7CC)7}$") + "EICAR-STANDARD-" +
         "ANTIVIRUS-TEST-FILE!$H+H*";
}

host::Result<Analysis> inspect(const EmbeddedConfig& config, std::string_view message) {
  std::vector<Signature> known{{Analysis::Verdict::virus, "Eicar-Test-Signature", eicar()},
                               {Analysis::Verdict::spam, "GTUBE", gtube()}};
  known.insert(known.end(), config.signatures.begin(), config.signatures.end());
  std::stable_partition(known.begin(), known.end(), [](const Signature& one) {
    return one.verdict == Analysis::Verdict::virus;
  });
  std::size_t best = known.size();
  const Unpacked unpacked = unpack(message, config.limits, [&](std::string_view piece) {
    for (std::size_t i = 0; i < best; ++i) {
      if (piece.find(known[i].octets) != piece.npos) best = i;
    }
  });
  const bool found = best < known.size();
  // A virus stays one whatever else there is; spam might have been one.
  const bool certain = found && known[best].verdict == Analysis::Verdict::virus;
  if (unpacked == Unpacked::up_to_a_limit && !certain)
    return host::ErrorCode(AnalysisError::limit_reached);
  if (unpacked == Unpacked::unreadable && !certain)
    return host::ErrorCode(AnalysisError::not_examined);
  if (!found) return Analysis{};
  return Analysis{known[best].verdict, known[best].name};
}

EmbeddedEngine::EmbeddedEngine(host::Host& host, EmbeddedConfig config)
    : host_(host), config_(std::move(config)) {}

boost::asio::awaitable<host::Result<Analysis>> EmbeddedEngine::analyse(const std::string& message,
                                                                       host::MonoTime deadline) {
  switch (config_.fault) {
    case EngineFault::none:
      break;
    case EngineFault::errs:
      co_return host::ErrorCode(AnalysisError::engine_failed);
    case EngineFault::reaches_limit:
      co_return host::ErrorCode(AnalysisError::limit_reached);
    case EngineFault::hangs: {
      const auto executor = co_await boost::asio::this_coro::executor;
      const auto timer = host_.make_timer(host::TimerKind::activity, executor);
      const host::ErrorCode error = co_await host::wait_until(*timer, deadline);
      co_return error ? error : make_error_code(host::Error::timed_out);
    }
  }
  co_return inspect(config_, message);
}

}  // namespace fakes
