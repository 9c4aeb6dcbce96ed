// The server's side of SMTP AUTH (RFC 4954), sans-I/O and one exchange long: PLAIN, LOGIN and
// CRAM-MD5, and everything that a server may do wrong about it.
//
// The session that owns it asks for its EHLO keyword, gives it the argument of AUTH and then each
// line of the client while an answer is due. What a client said is never told on; who was it, is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/core/smtp_codec.hpp"

namespace fakes {

enum class AuthBehaviour {
  works,
  not_offered,      ///< not in the EHLO reply; the command answers 502
  only_before_tls,  ///< offered in clear, and not any more within TLS
  refuses,          ///< offered, and every login answered with `refusal`
};

struct AuthConfig {
  std::string user;
  std::string password;
  std::vector<std::string> mechanisms = {"PLAIN", "LOGIN", "CRAM-MD5"};
  AuthBehaviour behaviour = AuthBehaviour::works;
  Reply refusal{535, "5.7.8", {"Authentication credentials invalid"}};
};

class AuthServer {
 public:
  /// `challenge` is what CRAM-MD5 asks: "<1896.697170952@mail.test>", new for each connection.
  AuthServer(AuthConfig config, std::string challenge);

  /// "AUTH PLAIN LOGIN", or nothing.
  std::optional<std::string> keyword(bool in_tls) const;

  /// To the command. A 334 means that the client's next line is for on_line().
  Reply on_command(std::string_view argument, bool in_tls);
  Reply on_line(std::string_view line);

  bool awaits_line() const { return !mechanism_.empty(); }
  bool authenticated() const { return authenticated_; }

 private:
  Reply decide(bool right);
  bool is_plain_login(std::string_view response) const;
  bool is_cram_answer(std::string_view response) const;

  AuthConfig config_;
  std::string challenge_;
  std::string mechanism_;            ///< under way; empty: none
  std::optional<std::string> user_;  ///< LOGIN's, once it was said
  bool authenticated_ = false;
};

}  // namespace fakes
