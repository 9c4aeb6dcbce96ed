// Bearer tokens of administrators (RFC 6750): what is kept is the SHA-256 of each, in a file that
// only its owner may read. A token is shown once, when it is made; a new one replaces the old.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace sealgate::daemon {

inline constexpr std::string_view tokens_file = "administrators.tokens";

/// Makes a token for that administrator and keeps its hash in the folder. Throws
/// std::runtime_error when the file cannot be written.
std::string make_token(const std::filesystem::path& folder, const std::string& administrator);

/// Whose token it is, by the text of the tokens' file; none: nobody's.
std::optional<std::string> owner_of_token(std::string_view tokens, std::string_view token);

/// None, or why the file must not be used: others may read it.
std::optional<std::string> why_unsafe(const std::filesystem::path& folder);

}  // namespace sealgate::daemon
