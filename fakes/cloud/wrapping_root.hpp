// What wraps the content keys of one service: its master key behind HKDF's extract step (RFC 5869
// section 2.2), whose salt is the key's identifier. That step depends on nothing else, so it is
// made once; the key for one recipient and account is one expand step (section 2.3) of it.
//
// Keeps what that step gives and not the master key. Single-threaded, calls of const members
// too. A failure of OpenSSL is a broken installation: std::runtime_error.
#pragma once

#include <openssl/types.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace fakes {

using SealingKey = std::array<unsigned char, 32>;

class WrappingRoot {
 public:
  /// `key_id` is not empty.
  WrappingRoot(std::string key_id, const SealingKey& master);

  const std::string& key_id() const { return key_id_; }
  /// What `info` says is what the key is for.
  SealingKey derive(std::string_view info) const;

 private:
  struct Free {
    void operator()(EVP_KDF_CTX* context) const;
  };
  using Step = std::unique_ptr<EVP_KDF_CTX, Free>;

  static Step step(int mode, const SealingKey& key);

  std::string key_id_;
  Step expand_;
};

}  // namespace fakes
