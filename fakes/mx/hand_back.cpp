// What a mail exchanger does that takes a message and sends it to its client again: a mail loop, or
// the way back from a service on the way.
#include <utility>

#include "fakes/core/message_data.hpp"
#include "fakes/mx/mx_connection.hpp"
#include "fakes/people/sender.hpp"
#include "reference/host/io.hpp"

namespace fakes {
namespace {

constexpr std::uint16_t smtp_port = 25;

// Not a lambda: its frame owns the sender for as long as the submission lasts.
boost::asio::awaitable<void> submit(host::Host& host, Observer& observer, std::string name,
                                    host::Endpoint server, Submission submission) {
  Sender sender(host, observer, std::move(name));
  co_await sender.send(server, std::move(submission));
}

}  // namespace

void MxConnection::hand_on(TakenMail mail) {
  if (phase_->sink)
    phase_->sink->take(std::move(mail));
  else
    start_hand_back(std::move(mail));
}

void MxConnection::start_hand_back(TakenMail message) {
  const MxConfig& config = phase_->config;
  if (config.hand_backs_max >= 0 && phase_->hand_backs >= config.hand_backs_max) return;
  ++phase_->hand_backs;
  const std::string message_id = peek_header(message.content, "Message-ID");
  for (const std::string& recipient : message.recipients)
    observer_.observe(session_.observation(
        "smtp.hand-back", {{"from", message.from}, {"to", recipient}, {"message-id", message_id}}));
  Submission submission;
  submission.helo = config.name;
  submission.from = std::move(message.from);
  submission.recipients = std::move(message.recipients);
  submission.content = std::move(message.content);
  const host::Endpoint server{client_, smtp_port};
  auto work = submit(host_, observer_, config.name, server, std::move(submission));
  host::spawn(host_, host_.session_executor(), config.name, std::move(work));
}

}  // namespace fakes
