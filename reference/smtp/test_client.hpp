// A client session with a caller that notes outcomes, and the dialogues that go well, for the tests
// that let them go well and those that let every step fail in turn. For tests only.
#pragma once

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "reference/smtp/client_session.hpp"
#include "reference/smtp/test_dialogue.hpp"

namespace sealgate::smtp::test {

inline const std::string ehlo = "EHLO gw.test\r\n";
inline const std::string plain_offer = "250 mx.test\r\n";
inline const std::string full_offer =
    "250-mx.test\r\n250-PIPELINING\r\n250-SIZE 1000\r\n250 8BITMIME\r\n";
inline const std::string tls_offer = "250-mx.test\r\n250-PIPELINING\r\n250 STARTTLS\r\n";
inline const std::string body = "Subject: secret\r\n\r\n.dot\r\n";
inline const std::string stuffed = "Subject: secret\r\n\r\n..dot\r\n.\r\n";

inline OutgoingMessage message(std::vector<std::string> recipients = {"bob@mx.test"},
                               std::string content = body) {
  OutgoingMessage made;
  made.reverse_path = *parse_mailbox("alice@corp.test");
  for (const std::string& one : recipients) made.recipients.push_back({*parse_mailbox(one)});
  made.content = std::move(content);
  return made;
}

struct Client {
  explicit Client(TlsUse tls = TlsUse::never, OutgoingMessage first = message(),
                  std::optional<Login> login = {})
      : session({.helo_name = "gw.test",
                 .tls = tls,
                 .login = std::move(login),
                 .reply_limits = {},
                 .block_octets = 7}) {
    session.begin(std::move(first));
  }

  void perform(ClientSession& s, ClientSession::Action& action) {
    if (auto* finished = std::get_if<ClientSession::Finished>(&action)) {
      outcomes.push_back(std::move(finished->outcome));
      if (!s.reusable()) return;
      if (next_messages.empty()) return s.quit();
      s.begin(next_messages.front());
      next_messages.erase(next_messages.begin());
    } else if (std::holds_alternative<ClientSession::StartTls>(action)) {
      ++handshakes;
      if (handshake_works) {
        s.tls_started({"TLSv1.3", "TLS_AES_128_GCM_SHA256", 128});
      } else {
        s.tls_failed("alert handshake failure");
      }
    }
  }

  const Outcome& outcome() const {
    BOOST_REQUIRE(!outcomes.empty());
    return outcomes.back();
  }

  std::string result(std::size_t index = 0) const {
    const RecipientResult& one = outcome().recipients.at(index);
    return std::string(to_string(one.disposition)) + " in " + std::string(to_string(one.phase)) +
           (one.unknown ? " unknown " : " ") + to_text(one.reply);
  }

  ClientSession session;
  std::vector<Outcome> outcomes;
  std::vector<OutgoingMessage> next_messages;
  bool handshake_works = true;
  int handshakes = 0;
  Dialogue<ClientSession> dialogue{
      session, [this](ClientSession& s, ClientSession::Action& action) { perform(s, action); }};
};

struct Step {
  std::string write;  ///< what the client must have written before
  std::string read;   ///< what the server then says
};

/// A session in which all goes well, without and with TLS and pipelining.
inline const std::vector<Step> plain_steps = {{"", "220 mx.test\r\n"},
                                              {ehlo, plain_offer},
                                              {"MAIL FROM:<alice@corp.test>\r\n", "250 ok\r\n"},
                                              {"RCPT TO:<bob@mx.test>\r\n", "250 ok\r\n"},
                                              {"DATA\r\n", "354 go\r\n"},
                                              {stuffed, "250 2.0.0 queued\r\n"}};
inline const std::vector<Step> tls_steps = {
    {"", "220 mx.test\r\n"},
    {ehlo, tls_offer},
    {"STARTTLS\r\n", "220 go\r\n"},
    {ehlo, full_offer},
    {"MAIL FROM:<alice@corp.test> SIZE=25\r\nRCPT TO:<bob@mx.test>\r\nDATA\r\n",
     "250 ok\r\n250 ok\r\n354 go\r\n"},
    {stuffed, "250 2.0.0 queued\r\n"}};

inline void play(Client& client, const std::vector<Step>& steps, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    client.dialogue.expect_write(steps[i].write).expect_read(steps[i].read);
  }
}

inline bool leaks(std::string_view written) {
  return written.find("MAIL") != written.npos || written.find("alice") != written.npos ||
         written.find("bob") != written.npos || written.find("secret") != written.npos;
}

}  // namespace sealgate::smtp::test
