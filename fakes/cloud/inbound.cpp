#include "fakes/cloud/inbound.hpp"

#include <utility>

namespace fakes {

namespace asio = boost::asio;

namespace {

constexpr std::uint16_t smtp_port = 25;
// Less than the ten minutes that a client waits for the answer to its final dot.
constexpr host::Duration patience = std::chrono::minutes(9);

}  // namespace

Inbound::Inbound(host::Host& host, Observer& observer, InboundConfig config,
                 AnalysisConfig analysis)
    : host_(host),
      observer_(observer),
      config_(std::move(config)),
      analyst_(host, observer, config_.name, std::move(analysis)),
      to_gateway_(host, observer, config_.name) {}

void Inbound::apply(InboundConfig config, AnalysisConfig analysis) {
  config_ = std::move(config);
  analyst_.apply(std::move(analysis));
}

asio::awaitable<std::optional<Reply>> Inbound::admit(MxClient) {
  co_return std::nullopt;  // anybody may write
}

std::string Inbound::opened(const TakenMail& mail) {
  DecryptionConfig how = config_.decryption;
  if (config_.fault == CloudFault::believes_senders) how.header = "X-Nobody-Writes-This";
  Decrypted result = decrypt(how, mail.content);
  observer_.observe({config_.name,
                     "cloud.decryption",
                     {{"connection", std::to_string(mail.connection)},
                      {"result", std::string(to_string(result.outcome))}}});
  return std::move(result.content);
}

asio::awaitable<Reply> Inbound::take(TakenMail mail) {
  mail.content = opened(mail);
  auto looking = analyst_.look_through(mail.connection, mail.content);
  host::Result<Analysis> analysis = co_await std::move(looking);
  if (ignores(config_.fault, analysis)) analysis = Analysis{};
  if (!analysis) co_return no_verdict(analysis.error());
  if (analysis->verdict != Analysis::Verdict::clean) co_return refusal_of(*analysis);
  auto work = hand_over(std::move(mail));
  Reply reply = co_await std::move(work);
  co_return reply;
}

asio::awaitable<Reply> Inbound::hand_over(TakenMail mail) {
  Submission submission;
  submission.helo = config_.name;
  submission.from = std::move(mail.from);
  submission.recipients = std::move(mail.recipients);
  submission.content = std::move(mail.content);
  submission.use_tls = UseTls::if_offered;
  submission.give_up_at = host_.mono_now() + patience;
  auto work = to_gateway_.send({config_.gateway, smtp_port}, std::move(submission));
  const SendResult result = co_await std::move(work);
  if (result.outcome == SendOutcome::accepted) co_return Reply{250, "2.0.0", {"Handed over"}};
  if (result.outcome == SendOutcome::permanent) co_return Reply{result.code, "", {result.text}};
  co_return Reply{451, "4.4.1", {"The gateway: " + result.text}};
}

}  // namespace fakes
