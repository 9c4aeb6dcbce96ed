#include "sim/plan/canary.hpp"

#include <openssl/sha.h>

#include <array>

namespace sealcheck::plan {

std::string make_canary(std::string_view scenario_id, std::string_view message,
                        std::string_view part) {
  std::string input;
  for (const std::string_view piece : {scenario_id, message, part}) {
    input += piece;
    input += '\n';
  }
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(input.data()), input.size(), digest.data());
  std::string canary;
  for (std::size_t i = 0; i < 20; ++i) canary += static_cast<char>('a' + digest[i] % 26);
  return canary;
}

}  // namespace sealcheck::plan
