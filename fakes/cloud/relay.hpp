// The service's way out: a message goes straight to its recipient's mail exchanger, which the
// service looks up by itself, over TLS where the exchanger has it and in plain SMTP otherwise
// (RUL-22, RUL-23, RFC 7435).
//
// Nothing is kept: the answer is what became of the message, and it comes before the client's
// patience ends (RFC 5321 section 4.5.3.2.6). Lifetime: what it borrows outlives it, it outlives
// its calls; several may run at once.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "fakes/core/observation.hpp"
#include "fakes/core/smtp_codec.hpp"
#include "fakes/dns/resolver.hpp"
#include "fakes/people/sender.hpp"

namespace fakes {

class Relay {
 public:
  /// `name`: the service's, in EHLO and as the actor. `sender` is of that name too.
  Relay(host::Host& host, Observer& observer, Resolver& resolver, Sender& sender, std::string name);

  /// 250 once the exchanger has said so; its own 5xx; else 451, and the message is the client's as
  /// before. Observed as cloud.relayed; `connection` is the client's.
  boost::asio::awaitable<Reply> hand_over(std::uint64_t connection, std::string from,
                                          std::string recipient, std::string content);

 private:
  struct Errand;

  boost::asio::awaitable<Reply> try_hosts(Errand& errand);
  boost::asio::awaitable<SendResult> deliver(Errand& errand, host::Address address);

  host::Host& host_;
  Observer& observer_;
  Resolver& resolver_;
  std::string name_;
  Sender& sender_;
};

}  // namespace fakes
