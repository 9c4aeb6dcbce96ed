#include "fakes/people/sender.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "fakes/core/tls_alert.hpp"
#include "fakes/people/send_dialogue.hpp"
#include "reference/host/io.hpp"
#include "reference/host/tls_stream.hpp"

namespace fakes {

namespace asio = boost::asio;

namespace {

constexpr host::Duration step_limit = std::chrono::minutes(5);

using Fields = std::vector<std::pair<std::string, std::string>>;

// One connection, from the SYN to the end. Lives on the frame of Sender::send().
class Errand {
 public:
  Errand(host::Host& host, Observer& observer, std::string actor, std::uint64_t number,
         Submission submission)
      : host_(host),
        observer_(observer),
        actor_(std::move(actor)),
        number_(std::to_string(number)),
        submission_(std::move(submission)),
        dialogue_(submission_) {}
  Errand(const Errand&) = delete;
  Errand& operator=(const Errand&) = delete;

  asio::awaitable<SendResult> run(host::Endpoint server) {
    const host::MonoTime deadline = next_deadline();
    host::Result<std::unique_ptr<host::Stream>> stream = co_await host_.connect(server, deadline);
    if (stream) {
      stream_ = std::move(*stream);
      while (stream_) co_await take_replies();
    } else {
      dialogue_.on_lost(stream.error().message());
    }
    SendResult result = dialogue_.result();
    if (result.outcome == SendOutcome::lost) result.lost_at = std::move(lost_at_);
    observe("sender.done", {{"result", std::string(to_string(result.outcome))},
                            {"code", std::to_string(result.code)},
                            {"text", result.text}});
    co_return result;
  }

 private:
  // Replies may come joined or in pieces; the rest of one stays in the reader.
  asio::awaitable<void> take_replies() {
    const host::MonoTime deadline = next_deadline();
    std::string received;
    const host::ErrorCode error = co_await host::read_some(host_, *stream_, received, deadline);
    if (error) {
      lose(error.message());
      co_return;
    }
    std::string_view input = received;
    while (stream_ && !input.empty()) {
      const std::optional<ReceivedReply> reply = replies_.read(input);
      if (!reply) continue;
      observe("sender.reply", {{"verb", std::string(dialogue_.waiting_for())},
                               {"code", fmt::format("{:03}", reply->code)},
                               {"text", reply->text()}});
      SendActions actions = dialogue_.on_reply(*reply);
      // What was said in clear before the handshake counts for nothing (RFC 3207 section 4.2).
      const bool upgrades =
          !actions.empty() && std::holds_alternative<send_action::Upgrade>(actions.back());
      if (upgrades) input = {};
      co_await perform(std::move(actions));
    }
  }

  asio::awaitable<void> perform(SendActions actions) {
    for (SendAction& action : actions) {
      if (!stream_) co_return;
      if (auto* to_send = std::get_if<send_action::Send>(&action)) {
        const host::MonoTime deadline = next_deadline();
        const host::ErrorCode error =
            co_await host::write_all(host_, *stream_, to_send->bytes, deadline);
        if (error) lose(error.message());
      } else if (std::holds_alternative<send_action::Upgrade>(action)) {
        co_await upgrade();
      } else {
        stream_->close();
        stream_.reset();
      }
    }
  }

  asio::awaitable<void> upgrade() {
    const TlsContext context = TlsContext::client(submission_.tls);
    const host::MonoTime deadline = next_deadline();
    host::TlsSetup setup;
    std::unique_ptr<host::Stream> transport = std::move(stream_);
    host::TlsResult result =
        co_await host::tls_handshake(host_, std::move(transport), context.get(),
                                     host::TlsRole::client, std::move(setup), deadline);
    if (!result.stream) {
      const host::TlsFailure& failure = result.failure;
      const std::string alert = failure.alert < 0 ? std::string("none") : alert_name(failure.alert);
      observe("tls.failed", {{"reason", failure.reason}, {"alert", alert}});
      lost_at_ = "TLS";
      lose("TLS handshake: " + failure.reason);
      co_return;
    }
    stream_ = std::move(result.stream);
    observe("tls.established", describe_tls(stream_->tls()));
    replies_.clear();
    SendActions actions = dialogue_.on_tls();
    co_await perform(std::move(actions));
  }

  void lose(std::string_view reason) {
    if (lost_at_.empty()) lost_at_ = dialogue_.waiting_for();
    dialogue_.on_lost(reason);
    stream_.reset();
  }

  void observe(std::string kind, Fields fields) {
    Observation observation{actor_, std::move(kind), {{"submission", number_}}};
    for (auto& field : fields) observation.fields.push_back(std::move(field));
    observer_.observe(std::move(observation));
  }

  host::MonoTime next_deadline() const {
    return std::min(host_.mono_now() + step_limit, submission_.give_up_at);
  }

  host::Host& host_;
  Observer& observer_;
  std::string actor_;
  std::string number_;
  Submission submission_;
  SendDialogue dialogue_;
  ReplyReader replies_;
  std::string lost_at_;
  std::unique_ptr<host::Stream> stream_;  ///< null before, during a handshake, and after the end
};

}  // namespace

Sender::Sender(host::Host& host, Observer& observer, std::string name)
    : host_(host), observer_(observer), name_(std::move(name)) {}

asio::awaitable<SendResult> Sender::send(host::Endpoint server, Submission submission) {
  Errand errand(host_, observer_, name_, ++submissions_, std::move(submission));
  SendResult result = co_await errand.run(server);
  co_return result;
}

}  // namespace fakes
