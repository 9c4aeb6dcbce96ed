#include "fakes/cloud/several_engines.hpp"

#include <utility>

namespace fakes {

SeveralEngines::SeveralEngines(std::vector<std::unique_ptr<AnalysisEngine>> engines)
    : engines_(std::move(engines)) {}

boost::asio::awaitable<host::Result<Analysis>> SeveralEngines::analyse(const std::string& message,
                                                                       host::MonoTime deadline) {
  Analysis worst;
  for (const auto& engine : engines_) {
    auto asking = engine->analyse(message, deadline);
    auto answer = co_await std::move(asking);
    if (!answer) co_return answer.error();
    if (answer->verdict > worst.verdict) worst = std::move(answer).value();
  }
  co_return worst;
}

}  // namespace fakes
