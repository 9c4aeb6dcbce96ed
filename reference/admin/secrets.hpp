// The passwords in the settings: sealed where they are kept, opened where they are used, shown
// nowhere. Today there is one, of `third-party { require-authentication … }`.
//
//   seal_secrets()  before a text is stored: what an administrator typed in is sealed
//   open_secrets()  before a gateway works by settings
//   hidden()        before a text is shown or its changes are logged
//   scrubbed()      before anybody is told what is wrong with a text
//
// The key is in the host's storage, "secrets.key", made at first use; a real host keeps it from
// other users of the machine. Settings that are carried to another machine without it are refused.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "reference/host/host.hpp"
#include "reference/settings/settings.hpp"

namespace sealgate::admin {

inline constexpr std::string_view secret_key_file = "secrets.key";

/// The text with every `password "…"` replaced by `sealed "…"`, every other byte as it was.
boost::asio::awaitable<host::Result<std::string>> seal_secrets(host::Host& host, std::string text);

/// Nothing: it is done. Else why not, for people: the key is not the one that they were sealed
/// with.
std::optional<std::string> open_secrets(host::Host& host, settings::Settings& settings);

/// For people: of a sealed value its beginning is left, so that a change shows; of one in clear
/// nothing.
std::string hidden(std::string text);

/// `words` without the passwords that stand in `text` in clear, misplaced or misspelt statements
/// included. `text` need not be well-formed.
std::string scrubbed(std::string words, const std::string& text);

}  // namespace sealgate::admin
