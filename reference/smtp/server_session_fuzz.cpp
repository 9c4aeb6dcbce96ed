// The server's SMTP session, from every state, against any input in any chunks.
//
// The first octet chooses the state to begin in and what is configured, the second the size of the
// chunks and what the caller answers; the rest is what the client says.
#include <cstdint>
#include <cstdlib>

#include "reference/smtp/outgoing_message.hpp"
#include "reference/smtp/server_session.hpp"

namespace {

using namespace sealgate::smtp;

constexpr std::size_t size_max = 300;
constexpr std::size_t recipients_max = 5;
constexpr std::size_t send_max =
    4096 + 2048;  // coalesced replies, and the one that passed the mark

void require(bool holds) {
  if (!holds) std::abort();
}

class Caller {
 public:
  Caller(bool offer, bool require_tls, std::uint8_t answers)
      : session_({.hostname = "gw.test",
                  .limits = {.size_max_bytes = size_max, .recipients_max = recipients_max},
                  .offer_starttls = offer,
                  .require_tls = require_tls}),
        require_tls_(require_tls),
        answers_(answers) {}

  /// False: the session is over.
  bool hear(std::string_view bytes) {
    session_.receive(bytes);
    // Each octet is at most a command, and each command an action or two.
    for (std::size_t budget = 100 + bytes.size() * 4;; --budget) {
      require(budget > 0);
      auto action = session_.next();
      if (std::holds_alternative<ServerSession::NeedInput>(action)) return true;
      if (std::holds_alternative<ServerSession::Close>(action)) return false;
      if (const auto* send = std::get_if<ServerSession::Send>(&action)) {
        require(!send->bytes.empty() && send->bytes.size() <= send_max);
        require(send->bytes.ends_with("\r\n"));
      } else if (std::holds_alternative<ServerSession::StartTls>(action)) {
        require(!tls_);
        tls_ = true;
        session_.tls_started({"TLSv1.3", "x", 128});
      } else {
        decide(action);
      }
    }
  }

 private:
  void decide(const ServerSession::Action& action) {
    require(!require_tls_ || tls_);
    if (const auto* accept = std::get_if<ServerSession::AcceptMessage>(&action)) {
      const auto& transaction = accept->transaction;
      require(!examine(transaction.content).malformed);
      require(transaction.content.size() <= size_max);
      require(!transaction.recipients.empty());
      require(transaction.recipients.size() <= recipients_max);
      require(transaction.tls.has_value() == tls_);
    }
    const bool refuse = answers_ & 1;
    answers_ = static_cast<std::uint8_t>(answers_ >> 1 | answers_ << 7);
    session_.answer(refuse ? Reply(450, {4, 2, 0}, "no") : Reply(250, {2, 0, 0}, "ok"));
  }

  ServerSession session_;
  bool require_tls_;
  bool tls_ = false;
  std::uint8_t answers_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const bool offer = data[0] & 0x40;
  Caller caller(offer, offer && (data[0] & 0x80), data[1] & 0xf0);
  const std::string_view steps[] = {
      "EHLO c.test\r\n",        "STARTTLS\r\n", "EHLO c.test\r\n",   "MAIL FROM:<a@b.test>\r\n",
      "RCPT TO:<c@d.test>\r\n", "DATA\r\n",     "Subject: x\r\n\r\n"};
  for (std::size_t i = 0; i < (data[0] & 7u); ++i) {
    if (!caller.hear(steps[i])) return 0;
  }
  std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::size_t chunk = 1 + (data[1] & 0x0fu) * 16;
  while (!rest.empty() && caller.hear(rest.substr(0, chunk))) {
    rest.remove_prefix(std::min(chunk, rest.size()));
  }
  return 0;
}
