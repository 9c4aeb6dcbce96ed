#include "reference/smtp/client_auth.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sealgate::smtp {
namespace {

// The password itself crosses with the last two only, so they come last.
constexpr std::array<std::string_view, 3> known = {"CRAM-MD5", "PLAIN", "LOGIN"};

constexpr std::size_t auth_line_octets_max = 512;  // RFC 5321 section 4.5.3.1.4, CRLF included

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string to_base64(std::string_view text) {
  std::string out(4 * ((text.size() + 2) / 3) + 1, '\0');  // EVP_EncodeBlock ends with a NUL
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), octets(text),
                                   static_cast<int>(text.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return std::nullopt;
  std::string out(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), octets(text),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && text[text.size() - 1 - padding] == '=') ++padding;
  out.resize(static_cast<std::size_t>(size) - padding);
  return out;
}

/// RFC 2195 section 2: "user hex(HMAC-MD5(password, challenge))"; none: this OpenSSL has no MD5.
std::optional<std::string> cram_md5(const Login& login, std::string_view challenge) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  if (!HMAC(EVP_md5(), login.password.data(), static_cast<int>(login.password.size()),
            octets(challenge), challenge.size(), digest.data(), &size)) {
    return std::nullopt;
  }
  constexpr std::string_view digits = "0123456789abcdef";
  std::string answer = login.user + " ";
  for (unsigned i = 0; i < size; ++i) {
    answer += digits[digest[i] >> 4];
    answer += digits[digest[i] & 15];
  }
  return answer;
}

}  // namespace

std::string_view to_string(AuthFailure failure) {
  switch (failure) {
    case AuthFailure::in_clear:
      return "in-clear";
    case AuthFailure::not_offered:
      return "not-offered";
    case AuthFailure::refused:
      return "refused";
    case AuthFailure::garbage:
      return "garbage";
  }
  return {};
}

AuthExchange::AuthExchange(Login login, const std::vector<std::string>& offered)
    : login_(std::move(login)) {
  for (const std::string_view mechanism : known) {
    if (std::find(offered.begin(), offered.end(), mechanism) != offered.end())
      mechanisms_.push_back(mechanism);
  }
  secrets_ = {login_.user, login_.password, to_base64(login_.user), to_base64(login_.password)};
}

std::string AuthExchange::begin() {
  step_ = 0;
  const std::string command = "AUTH " + std::string(mechanisms_.front());
  if (mechanisms_.front() != "PLAIN") return command + "\r\n";
  const std::string response = to_base64('\0' + login_.user + '\0' + login_.password);
  secrets_.push_back(response);
  const std::string whole = command + " " + response + "\r\n";
  if (whole.size() > auth_line_octets_max) return command + "\r\n";  // RFC 4954 section 4
  step_ = 1;
  return whole;
}

AuthExchange::Step AuthExchange::on_reply(const Reply& reply) {
  if (cancelled_) return {{}, AuthFailure::garbage};
  if (reply.code == 235) return {{}, {}};
  if (reply.code == 334) return on_challenge(reply);
  if (reply.code == 504 && mechanisms_.size() > 1) {
    mechanisms_.erase(mechanisms_.begin());
    return {begin(), {}};
  }
  if (reply.temporary() || reply.permanent()) return {{}, AuthFailure::refused};
  return {{}, AuthFailure::garbage};
}

AuthExchange::Step AuthExchange::on_challenge(const Reply& reply) {
  const std::string_view mechanism = mechanisms_.front();
  const int step = step_++;
  if (mechanism == "PLAIN" && step == 0)
    return {said(to_base64('\0' + login_.user + '\0' + login_.password)), {}};
  if (mechanism == "LOGIN" && step < 2)  // its prompts are whatever a server likes
    return {said(to_base64(step == 0 ? login_.user : login_.password)), {}};
  if (mechanism == "CRAM-MD5" && step == 0 && reply.lines.size() == 1) {
    const auto challenge = from_base64(reply.lines.front());
    const auto answer = challenge ? cram_md5(login_, *challenge) : std::nullopt;
    if (answer) return {said(to_base64(*answer)), {}};
  }
  cancelled_ = true;
  return {"*\r\n", {}};  // RFC 4954 section 4
}

std::string AuthExchange::said(std::string secret_line) {
  secrets_.push_back(secret_line);
  return std::move(secret_line) + "\r\n";
}

Reply AuthExchange::redacted(Reply reply) const {
  for (std::string& line : reply.lines) {
    const bool tells = std::any_of(secrets_.begin(), secrets_.end(), [&](const auto& secret) {
      return !secret.empty() && line.find(secret) != line.npos;
    });
    if (tells) line = "(text withheld)";
  }
  return reply;
}

}  // namespace sealgate::smtp
