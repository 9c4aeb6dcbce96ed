// RAND_METHOD is deprecated in OpenSSL 3 in favour of providers, and is still the one switch that
// covers every draw of libcrypto and libssl.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "sim/world/virtual/seeded_entropy.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <cstring>

#include "sim/world/virtual/random.hpp"

namespace sealcheck::world {
namespace {

SeededEntropy* active_entropy = nullptr;

int draw(unsigned char* bytes, int count) {
  if (!active_entropy) return 0;
  active_entropy->fill_current(
      std::as_writable_bytes(std::span(bytes, static_cast<std::size_t>(count))));
  return 1;
}

int ignore_seed(const void*, int) {
  return 1;
}
int ignore_add(const void*, int, double) {
  return 1;
}
int always_ready() {
  return 1;
}

const RAND_METHOD seeded_method = {ignore_seed, draw, nullptr, ignore_add, draw, always_ready};

}  // namespace

void SeededEntropy::fill(Node& node, std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const std::uint64_t value =
        random_value(seed_, "entropy", {node.id, node.incarnation, node.entropy_counter++});
    const std::size_t count = std::min(bytes.size(), sizeof value);
    std::memcpy(bytes.data(), &value, count);
    bytes = bytes.subspan(count);
  }
}

void SeededEntropy::fill_current(std::span<std::byte> bytes) {
  Node* node = scheduler_.current();
  fill(node ? *node : lab_, bytes);
}

void use_entropy_for_openssl(SeededEntropy* entropy) {
  active_entropy = entropy;
  RAND_set_rand_method(entropy ? &seeded_method : RAND_OpenSSL());
}

}  // namespace sealcheck::world
