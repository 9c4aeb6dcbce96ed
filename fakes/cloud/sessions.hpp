// Who is logged in, and which forms are ours: the portal's cookies and the tokens against forged
// requests.
//
// A session is a random cookie, known by its hash, that ends after a while without use. A form that
// is shown to somebody without a session has a random cookie of its own. The token in a form is an
// HMAC over its cookie under a key that lives as long as this object: a page of somebody else's
// knows none. In memory only; single-threaded.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "reference/host/host.hpp"

namespace fakes {

class Sessions {
 public:
  static constexpr std::size_t sessions_max = 10'000;

  Sessions(host::Host& host, host::Duration idle_max);

  /// A new session's cookie.
  std::string begin(const std::string& address);
  /// Whose session it is, which is hereby in use; none: no such, or too long unused.
  std::optional<std::string> address_of(std::string_view cookie);
  void end(std::string_view cookie);
  void end_all(const std::string& address);

  /// For a form's own cookie, or anything else nobody can guess: 128 bits, in hexadecimal.
  std::string random_name(std::size_t octets = 16);
  std::string token_for(std::string_view cookie) const;
  bool is_token_for(std::string_view cookie, std::string_view token) const;

 private:
  struct Session {
    std::string address;
    host::MonoTime end;
  };

  void forget_old();

  host::Host& host_;
  host::Duration idle_max_;
  std::string key_;
  std::map<std::string, Session> sessions_;  ///< by the SHA-256 of their cookies
};

}  // namespace fakes
