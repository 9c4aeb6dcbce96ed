#include "fakes/cloud/relay.hpp"

#include <boost/asio/ip/address.hpp>
#include <utility>

namespace fakes {

namespace asio = boost::asio;

namespace {

constexpr std::uint16_t smtp_port = 25;
// With two minutes for the analysis less than the ten that a client waits for the answer to its
// final dot.
constexpr host::Duration patience = std::chrono::minutes(7);

Reply not_now(std::string why) {
  return {451, "4.4.1", {std::move(why)}};
}

// The exchanger's words, its enhanced code among them.
Reply passed_on(const SendResult& result) {
  Reply reply{result.code, "", {}};
  std::string_view text = result.text;
  for (;;) {
    const std::size_t end = text.find('\n');
    reply.lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return reply;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

struct Relay::Errand {
  std::string from;
  std::string recipient;
  std::string content;
  host::MonoTime deadline;
  std::string host;  ///< tried last
};

Relay::Relay(host::Host& host, Observer& observer, Resolver& resolver, Sender& sender,
             std::string name)
    : host_(host),
      observer_(observer),
      resolver_(resolver),
      name_(std::move(name)),
      sender_(sender) {}

asio::awaitable<Reply> Relay::hand_over(std::uint64_t connection, std::string from,
                                        std::string recipient, std::string content) {
  Errand errand{
      std::move(from), std::move(recipient), std::move(content), host_.mono_now() + patience, {}};
  auto work = try_hosts(errand);
  Reply reply = co_await std::move(work);
  observer_.observe({name_,
                     "cloud.relayed",
                     {{"connection", std::to_string(connection)},
                      {"to", errand.recipient},
                      {"host", errand.host},
                      {"code", std::to_string(reply.code)},
                      {"text", text_of(reply)}}});
  co_return reply;
}

asio::awaitable<Reply> Relay::try_hosts(Errand& errand) {
  auto looking = resolver_.mail_hosts(domain_of(errand.recipient));
  const std::optional<std::vector<std::string>> hosts = co_await std::move(looking);
  if (!hosts) co_return not_now("The name servers do not answer");
  std::string why = "Nobody takes mail for this domain";
  for (const std::string& host : *hosts) {
    auto asking = resolver_.ask(host, "A");
    const std::optional<DnsAnswer> answer = co_await std::move(asking);
    if (!answer || answer->values.empty()) why = host + " has no address";
    for (std::size_t i = 0; answer && i < answer->values.size(); ++i) {
      errand.host = host;
      auto work = deliver(errand, asio::ip::make_address(answer->values[i]));
      const SendResult result = co_await std::move(work);
      if (result.outcome == SendOutcome::accepted) co_return Reply{250, "2.0.0", {"Handed over"}};
      if (result.outcome == SendOutcome::permanent) co_return passed_on(result);
      why = host + ": " + result.text;
      // It may have the message: another exchanger would make two of it.
      if (result.lost_at == "END") co_return not_now(why);
    }
  }
  co_return not_now(why);
}

asio::awaitable<SendResult> Relay::deliver(Errand& errand, host::Address address) {
  Submission submission;
  submission.helo = name_;
  submission.from = errand.from;
  submission.recipients = {errand.recipient};
  submission.content = errand.content;
  submission.use_tls = UseTls::if_offered;
  submission.give_up_at = errand.deadline;
  auto work = sender_.send({address, smtp_port}, submission);
  SendResult result = co_await std::move(work);
  if (result.lost_at != "TLS") co_return result;
  submission.use_tls = UseTls::never;
  auto again = sender_.send({address, smtp_port}, submission);
  SendResult second = co_await std::move(again);
  co_return second;
}

}  // namespace fakes
