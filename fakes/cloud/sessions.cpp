#include "fakes/cloud/sessions.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <algorithm>

#include "fakes/cloud/hex.hpp"

namespace fakes {
namespace {

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hash(std::string_view text) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(octets(text), text.size(), reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

}  // namespace

Sessions::Sessions(host::Host& host, host::Duration idle_max)
    : host_(host), idle_max_(idle_max), key_(32, '\0') {
  host_.fill_random(std::as_writable_bytes(std::span(key_)));
}

std::string Sessions::random_name(std::size_t octet_count) {
  std::string name(octet_count, '\0');
  host_.fill_random(std::as_writable_bytes(std::span(name)));
  return to_hex(name);
}

std::string Sessions::begin(const std::string& address) {
  forget_old();
  const std::string name = random_name();
  sessions_[hash(name)] = {address, host_.mono_now() + idle_max_};
  return name;
}

std::optional<std::string> Sessions::address_of(std::string_view name) {
  const auto found = sessions_.find(hash(name));
  if (name.empty() || found == sessions_.end()) return std::nullopt;
  if (found->second.end <= host_.mono_now()) {
    sessions_.erase(found);
    return std::nullopt;
  }
  found->second.end = host_.mono_now() + idle_max_;
  return found->second.address;
}

void Sessions::end(std::string_view name) {
  sessions_.erase(hash(name));
}

void Sessions::end_all(const std::string& address) {
  std::erase_if(sessions_, [&](const auto& entry) { return entry.second.address == address; });
}

std::string Sessions::token_for(std::string_view name) const {
  std::string mac(SHA256_DIGEST_LENGTH, '\0');
  unsigned size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), octets(name), name.size(),
       reinterpret_cast<unsigned char*>(mac.data()), &size);
  return to_hex(mac);
}

bool Sessions::is_token_for(std::string_view name, std::string_view token) const {
  const std::string right = token_for(name);
  return !name.empty() && token.size() == right.size() &&
         CRYPTO_memcmp(token.data(), right.data(), right.size()) == 0;
}

// Those whose time is over; and where that is not enough, the one that is nearest to its end.
void Sessions::forget_old() {
  if (sessions_.size() < sessions_max) return;
  const auto now = host_.mono_now();
  std::erase_if(sessions_, [now](const auto& entry) { return entry.second.end <= now; });
  if (sessions_.size() < sessions_max) return;
  sessions_.erase(
      std::min_element(sessions_.begin(), sessions_.end(),
                       [](const auto& a, const auto& b) { return a.second.end < b.second.end; }));
}

}  // namespace fakes
