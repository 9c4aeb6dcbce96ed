// The client's SMTP session, from every state, against any input in any chunks.
//
// The first octet chooses the state to begin in and what is demanded, the second the size of the
// chunks, whether the handshake works and how often the connection breaks; the rest is what the
// server says.
#include <cstdint>
#include <cstdlib>

#include "reference/smtp/client_session.hpp"

namespace {

using namespace sealgate::smtp;

constexpr std::size_t messages_max = 3;
constexpr std::size_t recipients = 3;

void require(bool holds) {
  if (!holds) std::abort();
}

OutgoingMessage message() {
  OutgoingMessage made;
  made.reverse_path = *parse_mailbox("alice@corp.test");
  for (const auto* one : {"bob@mx.test", "carol@mx.test", "dan@mx.test"})
    made.recipients.push_back({*parse_mailbox(one)});
  made.content = "Subject: secret\r\n\r\n.dot\r\n";
  return made;
}

class Caller {
 public:
  Caller(bool demand_tls, bool handshake_works)
      : demand_tls_(demand_tls),
        handshake_works_(handshake_works),
        session_({.helo_name = "gw.test",
                  .tls = demand_tls ? TlsUse::required : TlsUse::never,
                  .reply_limits = {.line_octets_max = 200, .lines_max = 8},
                  .block_octets = 7}) {
    session_.begin(message());
    pull(0);
  }

  bool closed() const { return closed_; }

  void hear(std::string_view bytes) {
    session_.receive(bytes);
    pull(bytes.size());
  }

  void lose() {
    if (closed_) return;
    session_.connection_lost();
    pull(0);
    require(closed_);
  }

 private:
  void pull(std::size_t octets) {
    for (std::size_t budget = 100 + octets * 4; !closed_; --budget) {
      require(budget > 0);
      auto action = session_.next();
      if (std::holds_alternative<ClientSession::NeedInput>(action)) return;
      perform(action);
    }
  }

  void perform(ClientSession::Action& action) {
    if (std::holds_alternative<ClientSession::Close>(action)) {
      closed_ = true;
      require(finished_ == begun_);
    } else if (const auto* send = std::get_if<ClientSession::Send>(&action)) {
      require(!send->bytes.empty());
      require(!demand_tls_ || tls_ || !tells(send->bytes));
    } else if (std::holds_alternative<ClientSession::StartTls>(action)) {
      require(demand_tls_ && !tls_);
      tls_ = handshake_works_;
      if (tls_) return session_.tls_started({"TLSv1.3", "x", 128});
      session_.tls_failed("no");
    } else if (const auto* finished = std::get_if<ClientSession::Finished>(&action)) {
      finish(finished->outcome);
    }
  }

  void finish(const Outcome& outcome) {
    ++finished_;
    require(outcome.recipients.size() == recipients);
    for (const auto& one : outcome.recipients) {
      require(one.disposition != Disposition::delivered || one.reply.completion());
      require(!demand_tls_ || tls_ || one.disposition != Disposition::delivered);
    }
    require(!outcome.failure || !session_.reusable());
    if (!session_.reusable()) return;
    if (begun_ == messages_max) return session_.quit();
    ++begun_;
    session_.begin(message());
  }

  static bool tells(std::string_view bytes) {
    for (const auto* word : {"MAIL", "RCPT", "DATA", "alice", "bob", "secret"})
      if (bytes.find(word) != bytes.npos) return true;
    return false;
  }

  bool demand_tls_;
  bool handshake_works_;
  ClientSession session_;
  bool tls_ = false;
  bool closed_ = false;
  std::size_t begun_ = 1;
  std::size_t finished_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const bool demand_tls = data[0] & 0x80;
  Caller caller(demand_tls, !(data[1] & 0x80));
  const std::string_view plain[] = {"220 mx\r\n", "250 mx\r\n", "250 ok\r\n", "250 ok\r\n",
                                    "550 no\r\n", "250 ok\r\n", "354 go\r\n", "250 queued\r\n"};
  const std::string_view over_tls[] = {"220 mx\r\n",
                                       "250-mx\r\n250 STARTTLS\r\n",
                                       "220 go\r\n",
                                       "250-mx\r\n250 PIPELINING\r\n",
                                       "250 ok\r\n250 ok\r\n550 no\r\n250 ok\r\n",
                                       "354 go\r\n",
                                       "250 queued\r\n",
                                       "250 ok\r\n"};
  for (std::size_t i = 0; i < (data[0] & 15u) && i < 8 && !caller.closed(); ++i)
    caller.hear(demand_tls ? over_tls[i] : plain[i]);
  std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::size_t chunk = 1 + (data[1] & 0x0fu) * 16;
  while (!rest.empty() && !caller.closed()) {
    caller.hear(rest.substr(0, chunk));
    rest.remove_prefix(std::min(chunk, rest.size()));
  }
  caller.lose();
  return 0;
}
