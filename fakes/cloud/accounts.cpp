#include "fakes/cloud/accounts.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>
#include <stdexcept>
#include <utility>

#include "fakes/cloud/hex.hpp"

namespace fakes {
namespace {

namespace json = boost::json;

constexpr std::string_view file_name = "accounts";
constexpr std::size_t secret_octets = 16;
constexpr host::Duration link_is_valid = std::chrono::hours(24);

std::string sha256(std::string_view text) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

json::object to_json(const PasswordHash& hash) {
  return {{"n", hash.n}, {"salt", to_hex(hash.salt)}, {"key", to_hex(hash.key)}};
}

std::string octets_at(const json::value& value, const char* name) {
  const auto octets = from_hex(value.at(name).as_string());
  if (!octets) throw std::runtime_error(std::string(name) + " is not hexadecimal");
  return *octets;
}

PasswordHash hash_from(const json::value& value) {
  return {json::value_to<std::uint64_t>(value.at("n")), octets_at(value, "salt"),
          octets_at(value, "key")};
}

}  // namespace

std::string account_name(std::string address) {
  for (char& c : address)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return address;
}

Accounts::Accounts(host::Host& host, std::uint64_t scrypt_n) : host_(host), scrypt_n_(scrypt_n) {
  const host::Result<std::string> content = host_.storage().read_file(file_name);
  if (!content) return;
  try {
    read(*content);
  } catch (const std::exception& error) {
    throw std::runtime_error("the file \"accounts\" of the service is damaged: " +
                             std::string(error.what()));
  }
}

void Accounts::read(const std::string& text) {
  const json::value file = json::parse(text);
  if (const json::value* key = file.as_object().if_contains("key")) {
    const std::string octets = octets_at(*key, "octets");
    SealingKey master{};
    if (octets.size() != master.size()) throw std::runtime_error("its key has another length");
    std::copy(octets.begin(), octets.end(), master.begin());
    key_.emplace(json::value_to<std::string>(key->at("id")), master);
    key_is_durable_ = true;
  }
  for (const json::value& entry : file.at("accounts").as_array()) {
    Account account;
    account.generation = octets_at(entry, "generation");
    account.durable = true;
    const json::object& fields = entry.as_object();
    if (const json::value* password = fields.if_contains("password"))
      account.password = hash_from(*password);
    if (const json::value* pending = fields.if_contains("pending")) {
      const host::Duration since(json::value_to<std::int64_t>(pending->at("expires")));
      account.pending = Pending{hash_from(pending->at("password")), octets_at(*pending, "token"),
                                host::WallTime(since)};
    }
    accounts_[json::value_to<std::string>(entry.at("address"))] = std::move(account);
  }
}

std::string Accounts::text() const {
  json::object file;
  if (key_) {
    const std::string octets(key_->master.begin(), key_->master.end());
    file["key"] = {{"id", key_->root.key_id()}, {"octets", to_hex(octets)}};
  }
  json::array entries;
  for (const auto& [address, account] : accounts_) {
    json::object entry{{"address", address}, {"generation", to_hex(account.generation)}};
    if (account.password) entry["password"] = to_json(*account.password);
    if (account.pending)
      entry["pending"] = {{"password", to_json(account.pending->password)},
                          {"token", to_hex(account.pending->token_hash)},
                          {"expires", account.pending->expires.time_since_epoch().count()}};
    entries.push_back(std::move(entry));
  }
  file["accounts"] = std::move(entries);
  return json::serialize(file) + "\n";
}

boost::asio::awaitable<host::ErrorCode> Accounts::save() {
  auto writing = host_.storage().replace_file(file_name, text());
  co_return co_await std::move(writing);
}

std::string Accounts::random_octets(std::size_t count) {
  std::string octets(count, '\0');
  host_.fill_random(std::as_writable_bytes(std::span(octets)));
  return octets;
}

boost::asio::awaitable<host::Result<std::string>> Accounts::generation_for(std::string address) {
  const std::string name = account_name(std::move(address));
  Account& account = accounts_[name];
  if (account.generation.empty()) account.generation = random_octets(secret_octets);
  const std::string generation = account.generation;
  if (account.durable) co_return generation;
  // Another call may be at this too: both write it, and both wait.
  auto saving = save();
  const host::ErrorCode error = co_await std::move(saving);
  if (error) co_return error;
  const auto found = accounts_.find(name);
  if (found != accounts_.end() && found->second.generation == generation)
    found->second.durable = true;
  co_return generation;
}

boost::asio::awaitable<host::Result<const WrappingRoot*>> Accounts::service_key() {
  if (!key_) {
    std::string id = to_hex(random_octets(4));
    SealingKey master{};
    host_.fill_random(std::as_writable_bytes(std::span(master)));
    key_.emplace(std::move(id), master);
  }
  if (!key_is_durable_) {
    auto saving = save();
    const host::ErrorCode error = co_await std::move(saving);
    if (error) co_return error;
    key_is_durable_ = true;
  }
  co_return &key_->root;
}

std::optional<std::string> Accounts::generation_of(const std::string& address) const {
  const auto found = accounts_.find(account_name(address));
  if (found == accounts_.end()) return std::nullopt;
  return found->second.generation;
}

bool Accounts::is_registered(const std::string& address) const {
  const auto found = accounts_.find(account_name(address));
  return found != accounts_.end() && found->second.password;
}

boost::asio::awaitable<host::Result<std::string>> Accounts::register_password(
    std::string address, std::string password) {
  const auto found = accounts_.find(account_name(std::move(address)));
  if (found == accounts_.end() || found->second.password)
    co_return make_error_code(boost::system::errc::operation_not_permitted);
  const std::string token = to_hex(random_octets(secret_octets));
  found->second.pending = Pending{hash_password(host_, password, scrypt_n_), sha256(token),
                                  host_.wall_now() + link_is_valid};
  auto saving = save();
  const host::ErrorCode error = co_await std::move(saving);
  if (error) co_return error;
  co_return token;
}

boost::asio::awaitable<host::Result<std::optional<std::string>>> Accounts::confirm(
    std::string token, std::string password) {
  const std::string hash = sha256(token);
  const auto found = std::find_if(accounts_.begin(), accounts_.end(), [&](const auto& entry) {
    const auto& pending = entry.second.pending;
    return pending && CRYPTO_memcmp(pending->token_hash.data(), hash.data(), hash.size()) == 0;
  });
  if (found == accounts_.end() || found->second.pending->expires < host_.wall_now() ||
      !is_password(found->second.pending->password, password))
    co_return std::nullopt;
  const std::string address = found->first;
  const PasswordHash confirmed = found->second.pending->password;
  found->second.password = confirmed;
  found->second.pending.reset();
  auto saving = save();
  const host::ErrorCode error = co_await std::move(saving);
  if (error) co_return error;
  co_return address;
}

bool Accounts::may_log_in(const std::string& address, const std::string& password) const {
  const auto found = accounts_.find(account_name(address));
  if (found != accounts_.end() && found->second.password)
    return is_password(*found->second.password, password);
  waste_a_check(password, scrypt_n_);
  return false;
}

boost::asio::awaitable<host::ErrorCode> Accounts::remove(std::string address) {
  accounts_.erase(account_name(std::move(address)));
  auto saving = save();
  co_return co_await std::move(saving);
}

}  // namespace fakes
