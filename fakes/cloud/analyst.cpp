#include "fakes/cloud/analyst.hpp"

#include <utility>

namespace fakes {

Analyst::Analyst(host::Host& host, Observer& observer, std::string name, AnalysisConfig config)
    : host_(host),
      observer_(observer),
      name_(std::move(name)),
      engine_(host, std::move(config.engine)),
      patience_(config.patience) {}

void Analyst::apply(AnalysisConfig config) {
  engine_.apply(std::move(config.engine));
  patience_ = config.patience;
}

boost::asio::awaitable<host::Result<Analysis>> Analyst::look_through(std::uint64_t connection,
                                                                     const std::string& content) {
  auto asking = engine_.analyse(content, host_.mono_now() + patience_);
  auto answer = co_await std::move(asking);
  observer_.observe({name_,
                     "cloud.analysed",
                     {{"connection", std::to_string(connection)},
                      {"engine", std::string(engine_.name())},
                      {"result", answer ? std::string(to_string(answer->verdict)) : "none"},
                      {"name", answer ? answer->name : answer.error().message()}}});
  co_return answer;
}

Reply no_verdict(const host::ErrorCode& why) {
  return {451, "4.7.1", {"The message cannot be analysed now: " + why.message()}};
}

Reply refusal_of(const Analysis& analysis) {
  const bool virus = analysis.verdict == Analysis::Verdict::virus;
  return {550, "5.7.1", {virus ? "A virus was found in the message" : "The message is spam"}};
}

}  // namespace fakes
