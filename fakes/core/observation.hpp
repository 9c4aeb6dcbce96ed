// What a fake saw and did: the evidence that judges and expectations are decided on.
//
// A fake calls its Observer at the moment of the event and never reads a clock for it: the lab's
// Observer stamps the time. Fields keep the order in which they are listed here; a value is raw
// bytes (message content may hold any octet). `actor` is the fake's own name. This vocabulary is
// stable: kinds and fields are added, never renamed.
//
// Server side. The first field of each is `connection`: 1, 2, … in the order of accepting.
//   smtp.connected {peer, local}
//   smtp.greeting {code, text}: the reply to the connection itself
//   smtp.command {verb, line, end}: verb in capitals; end: crlf, lf or overlong
//   smtp.reply {code, text}: lines joined by newlines; a raw answer has the code "raw"
//   smtp.mail {path, parameters, reply}
//   smtp.rcpt {path, parameters, reply}
//   smtp.message {from, to, tls, reply, content, message-id, bytes, bare-cr, bare-lf, nul}: one for
//     each accepted recipient once the final dot has come. tls: no, or the version. The fake took
//     responsibility if reply starts with 2; it is "none" when there is no reply at all
//   smtp.hand-back {from, to, message-id}: one for each recipient of an accepted message that is
//     now sent back to where it came from; how that ends is told as on the client side
//   smtp.auth {mechanism, tls, reply}: how an AUTH exchange ended (RFC 4954); a smtp.command has
//   its
//     mechanism alone, and the lines behind it are not told: they are secrets
//   smtp.discarded {content}: plain text that came together with STARTTLS, never executed
//   smtp.fault {step, action}: a rule of the fault table applied
//   smtp.closed {how, state, reason}: how: quit, eof, reset, fault, timed-out, tls-failed,
//     tls-truncated, dropped, stopped or error; state: start, greeted, mail or data
//   tls.starttls {behaviour}: what the server does after its 220
//   tls.client-hello {bytes}: what came first where the server does not shake hands
//   tls.established {version, cipher, bits, resumed, server-name, peer-certificate}
//   tls.failed {reason, alert}: the alert received, by name, or "none"
// Encryption server, beside those. `connection` is the one over which it took the message.
//   seal.taken {from, to, message-id, onward}: for each recipient; onward: returns or delivers
//   seal.made {from, to, message-id, how, content}: what it made of a message, one for each
//   recipient
//     of each copy; how: passed, smime, envelope, plain, failed,
//     decrypted or closed. Nothing is made by one that is
//     to keep what it takes
//   smtp.hand-back as above for each recipient of each copy, where it returns mail
//   seal.sent {from, to, message-id, reply}: and that was accepted; how is told as on the client
//   side seal.gave-up {from, to, message-id, reply}: or refused for good, or tried too often
// Hybrid service, beside what its front sees as a server and its relay as a client.
//   cloud.client {connection, subject, root, distrusted, result, reason, detail}: result: admitted
//     or refused; reason: see fakes/cloud/admission.hpp; root: the trusted one's name, and whether
//     others have ceased to trust it since
//   cloud.relayed {connection, to, host, code, text}: what becomes of a message at the recipient's
//     mail exchanger, and so the answer to it
//   cloud.analysed {connection, engine, result, name}: result: clean, spam, virus or none; name: of
//     what was found, or why there is no verdict
//   cloud.decryption {connection, result}: of inbound mail: decrypted, failed, not-encrypted or
//     not-attempted
// Name server.
//   dns.query {peer, name, type, answer, transport}: answer: records joined by ", ", or NODATA,
//     NXDOMAIN, SERVFAIL, REFUSED, FORMERR, NOTIMP, TRUNCATED, WRONG-ID, WRONG-QUESTION, GARBAGE,
//     none; transport: udp or tcp
//   dns.forged {peer, bytes}: a lie was sent ahead of the answer
//   dns.garbage {peer, bytes}: a datagram that is no DNS query
// Portal (fakes/cloud/web_server.hpp): tls.established and tls.failed as above, and
//   portal.request {peer, method, path, status, outcome, recipient, message-id}: the last two where
//     a message was shown; outcome: opened, asks-for-password, does-not-open, wrong-recipient, …
//   portal.closed {peer}: a client that asked for nothing
// Recipient with a browser.
//   recipient.page {local, path, status}: a page came; status 0: no whole one
// Client side. The first field of each is `submission`: 1, 2, … for each sender.
//   sender.reply {verb, code, text}: verb: CONNECT, EHLO, STARTTLS, MAIL, RCPT, DATA, END or QUIT
//   sender.done {result, code, text}: result: accepted, temporary, permanent or lost
//   tls.established and tls.failed as above
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fakes {

struct Observation {
  std::string actor;
  std::string kind;
  std::vector<std::pair<std::string, std::string>> fields;

  /// The first field of that name; empty when there is none.
  std::string_view field(std::string_view name) const {
    for (const auto& [key, value] : fields) {
      if (key == name) return value;
    }
    return {};
  }
};

class Observer {
 public:
  virtual ~Observer() = default;
  /// Called on the fake's executor. It must not call back into the fake.
  virtual void observe(Observation observation) = 0;
};

}  // namespace fakes
