// The accounts of the service: for each address a generation, made at the first message to it, and
// a password once its owner has registered. Nothing of any message is kept.
//
// One file of the host's storage ("accounts", JSON), rewritten as a whole: what a call has answered
// is durable. Passwords are kept as scrypt, the tokens of mailed links as SHA-256. Addresses are
// compared in lower case. Single-threaded; the host and the Accounts outlive all calls.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "fakes/cloud/password.hpp"
#include "fakes/cloud/sealing.hpp"
#include "reference/host/host.hpp"

namespace fakes {

class Accounts {
 public:
  /// Reads what is there. Throws std::runtime_error for a file that is none of ours.
  Accounts(host::Host& host, std::uint64_t scrypt_n = scrypt_n_default);

  /// For the recipient of a message: its account's, or that of an account made now. Fails as the
  /// disk does, and then nothing may be sealed for it.
  boost::asio::awaitable<host::Result<std::string>> generation_for(std::string address);
  /// What its master key is good for; made at its first use, and there as long as the Accounts.
  boost::asio::awaitable<host::Result<const WrappingRoot*>> service_key();

  /// None: no account, so that nothing can be opened for it.
  std::optional<std::string> generation_of(const std::string& address) const;
  bool is_registered(const std::string& address) const;

  /// A password, in force once its owner has confirmed it: answers the token for the link that is
  /// mailed to him. An earlier one that waits is forgotten.
  boost::asio::awaitable<host::Result<std::string>> register_password(std::string address,
                                                                      std::string password);
  /// Who holds the token and knows the password owns the address: answers it. The token is used
  /// up. None: another token, too late, or another password.
  boost::asio::awaitable<host::Result<std::optional<std::string>>> confirm(std::string token,
                                                                           std::string password);
  /// Takes as long where there is no such account, or no password.
  bool may_log_in(const std::string& address, const std::string& password) const;

  /// Forgets it: no message to it that was sealed before opens again.
  boost::asio::awaitable<host::ErrorCode> remove(std::string address);

 private:
  struct Pending {
    PasswordHash password;
    std::string token_hash;
    host::WallTime expires;
  };
  struct Account {
    std::string generation;
    std::optional<PasswordHash> password;
    std::optional<Pending> pending;
    bool durable = false;
  };
  struct ServiceKey {
    ServiceKey(std::string id, const SealingKey& octets)
        : master(octets), root(std::move(id), octets) {}

    SealingKey master;
    WrappingRoot root;
  };

  void read(const std::string& text);
  std::string text() const;
  boost::asio::awaitable<host::ErrorCode> save();
  std::string random_octets(std::size_t count);

  host::Host& host_;
  std::uint64_t scrypt_n_;
  std::optional<ServiceKey> key_;
  bool key_is_durable_ = false;
  std::map<std::string, Account> accounts_;
};

/// An address to compare with: its ASCII letters in lower case.
std::string account_name(std::string address);

}  // namespace fakes
