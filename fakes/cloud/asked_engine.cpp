#include "fakes/cloud/asked_engine.hpp"

#include <utility>

#include "reference/host/io.hpp"

namespace fakes {
namespace {

constexpr std::size_t answer_octets_max = 64 * 1024;

}  // namespace

AskedEngine::AskedEngine(host::Host& host, const AnalysisProtocol& protocol, host::Endpoint server,
                         std::size_t message_octets_max)
    : host_(host),
      protocol_(protocol),
      server_(std::move(server)),
      message_octets_max_(message_octets_max) {}

boost::asio::awaitable<host::Result<Analysis>> AskedEngine::analyse(const std::string& message,
                                                                    host::MonoTime deadline) {
  if (message.size() > message_octets_max_) co_return host::ErrorCode(AnalysisError::limit_reached);
  auto connecting = host_.connect(server_, deadline);
  auto connected = co_await std::move(connecting);
  if (!connected) co_return connected.error();
  const std::unique_ptr<host::Stream> stream = std::move(connected).value();

  // A program that will not read on says why before it closes: a failed write is no end yet.
  const std::string question = protocol_.question(message);
  const host::ErrorCode unwritten = co_await host::write_all(host_, *stream, question, deadline);
  if (unwritten == host::Error::timed_out) co_return unwritten;
  std::string answer;
  host::ErrorCode end;
  while (!end) {
    end = co_await host::read_some(host_, *stream, answer, deadline);
    if (answer.size() > answer_octets_max) co_return host::ErrorCode(AnalysisError::bad_answer);
  }
  if (end == host::Error::timed_out) co_return end;
  if (answer.empty()) co_return unwritten ? unwritten : end;
  auto read = protocol_.read_answer(answer);
  // What it says of a message that it did not have whole is worth nothing.
  if (unwritten && read) co_return unwritten;
  co_return read;
}

}  // namespace fakes
