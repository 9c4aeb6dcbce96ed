// The envelope for a recipient who has no certificate: a message whose HTML page holds the original
// one, encrypted, and asks its viewer for a user name and a password (TPA-14).
//
// AES-256-GCM under a key derived from both (PBKDF2, RFC 8018): wrong ones do not open it, and
// nobody is asked who was right. Without a login nothing is asked for, and whoever has the message
// can open it: it then only keeps the text from whoever looks at the way. Randomness is OpenSSL's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fakes::xheader {

struct ViewerLogin {
  std::string user;
  std::string password;
};

/// From, To, Subject and the other fields stay outside too, what describes the content excepted.
std::string seal_envelope(const std::string& message, const std::optional<ViewerLogin>& login);

/// Whether the page asks for a user name and a password; nothing: it is no such envelope.
std::optional<bool> asks_for_login(std::string_view envelope);

/// The original message; nothing where the login is wrong or missing or a bit was altered.
std::optional<std::string> open_envelope(std::string_view envelope,
                                         const std::optional<ViewerLogin>& login);

}  // namespace fakes::xheader
