#include "fakes/core/auth_server.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "fakes/core/base64.hpp"

namespace fakes {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace

AuthServer::AuthServer(AuthConfig config, std::string challenge)
    : config_(std::move(config)), challenge_(std::move(challenge)) {}

std::optional<std::string> AuthServer::keyword(bool in_tls) const {
  if (config_.behaviour == AuthBehaviour::not_offered) return std::nullopt;
  if (config_.behaviour == AuthBehaviour::only_before_tls && in_tls) return std::nullopt;
  return fmt::format("AUTH {}", fmt::join(config_.mechanisms, " "));
}

Reply AuthServer::on_command(std::string_view argument, bool in_tls) {
  if (!keyword(in_tls)) return {502, "5.5.1", {"Command not implemented"}};
  if (authenticated_) return {503, "5.5.1", {"Authenticated already"}};
  const std::size_t space = argument.find(' ');
  const std::string name = upper(argument.substr(0, space));
  const auto& known = config_.mechanisms;
  if (std::find(known.begin(), known.end(), name) == known.end())
    return {504, "5.5.4", {"Unknown mechanism"}};
  user_.reset();
  mechanism_ = name;
  if (space != argument.npos && name == "PLAIN") return on_line(argument.substr(space + 1));
  if (name == "PLAIN") return {334, "", {""}};
  return {334, "", {base64(name == "LOGIN" ? "Username:" : challenge_)}};
}

Reply AuthServer::on_line(std::string_view line) {
  if (line == "*") {  // RFC 4954 section 4
    mechanism_.clear();
    return {501, "5.7.0", {"Cancelled"}};
  }
  const std::string response = from_base64(line).value_or("");
  if (response.empty()) {
    mechanism_.clear();
    return {501, "5.5.2", {"That is no base64"}};
  }
  if (mechanism_ == "PLAIN") return decide(is_plain_login(response));
  if (mechanism_ == "CRAM-MD5") return decide(is_cram_answer(response));
  if (user_) return decide(*user_ == config_.user && response == config_.password);
  user_ = response;
  return {334, "", {base64("Password:")}};
}

Reply AuthServer::decide(bool right) {
  mechanism_.clear();
  if (config_.behaviour == AuthBehaviour::refuses) return config_.refusal;
  if (!right) return {535, "5.7.8", {"Authentication credentials invalid"}};
  authenticated_ = true;
  return {235, "2.7.0", {"Authenticated"}};
}

/// RFC 4616: an identity to act as, which nobody needs here, then NUL, user, NUL, password.
bool AuthServer::is_plain_login(std::string_view response) const {
  const std::size_t first = response.find('\0');
  return first != response.npos &&
         response.substr(first + 1) == config_.user + '\0' + config_.password;
}

/// RFC 2195.
bool AuthServer::is_cram_answer(std::string_view response) const {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (!HMAC(EVP_md5(), config_.password.data(), static_cast<int>(config_.password.size()),
            reinterpret_cast<const unsigned char*>(challenge_.data()), challenge_.size(), digest,
            &size)) {
    return false;
  }
  std::string expected = config_.user + " ";
  for (unsigned i = 0; i < size; ++i) expected += fmt::format("{:02x}", digest[i]);
  return response == expected;
}

}  // namespace fakes
