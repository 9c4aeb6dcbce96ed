// The client's side of SMTP AUTH (RFC 4954): CRAM-MD5 (RFC 2195), PLAIN (RFC 4616) or LOGIN,
// sans-I/O and one exchange long. client_session.hpp drives it and sees to it that nothing of it is
// said in clear.
//
// begin() gives the first line, then one on_reply() for each reply until it is accepted or failed.
// A mechanism that the server offers and then does not know (504) gives way to the next. What the
// server says is never trusted not to repeat what it was told: redacted() takes the credentials out
// of it before anybody keeps it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/smtp/reply.hpp"

namespace sealgate::smtp {

struct Login {
  std::string user;
  std::string password;
  bool in_clear = false;  ///< may be said without TLS
};

/// Why nobody was authenticated.
enum class AuthFailure {
  in_clear,     ///< there is no TLS, and the login may not be said without
  not_offered,  ///< no AUTH, or none of the three mechanisms
  refused,      ///< 4yz or 5yz; the reply is in the failure
  garbage,      ///< a challenge or a reply out of place
};
std::string_view to_string(AuthFailure failure);

class AuthExchange {
 public:
  /// `offered` in upper case, as Capabilities has it.
  AuthExchange(Login login, const std::vector<std::string>& offered);

  /// No mechanism that both sides know is left.
  bool hopeless() const { return mechanisms_.empty(); }

  /// What to send next, line ends included.
  std::string begin();

  struct Step {
    std::string send;                    ///< empty: nothing, the exchange is over
    std::optional<AuthFailure> failure;  ///< with nothing to send
  };
  /// Nothing to send and no failure: authenticated.
  Step on_reply(const Reply& reply);

  /// The reply without its text where that holds something of the login.
  Reply redacted(Reply reply) const;

 private:
  Step on_challenge(const Reply& reply);
  std::string said(std::string secret_line);

  Login login_;
  std::vector<std::string_view> mechanisms_;  ///< known to both, the one in use first
  int step_ = 0;                              ///< challenges that were answered
  bool cancelled_ = false;                    ///< "*" was sent: the reply is a refusal by us
  std::vector<std::string> secrets_;          ///< what no log may hold
};

}  // namespace sealgate::smtp
