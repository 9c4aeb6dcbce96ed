// Counter-based randomness: a value depends on what it is for, never on how many were drawn before
// it for something else. Removing one fault from a scenario therefore moves no other.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace sealcheck::world {

/// The finaliser of SplitMix64.
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ull;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

/// H(seed, purpose, keys…): purpose names the use ("rand", "torn-write"), keys say which one.
constexpr std::uint64_t random_value(std::uint64_t seed, std::string_view purpose,
                                     std::initializer_list<std::uint64_t> keys) {
  std::uint64_t value = mix(seed);
  for (const char c : purpose) value = mix(value ^ static_cast<unsigned char>(c));
  for (const std::uint64_t key : keys) value = mix(value ^ key);
  return value;
}

}  // namespace sealcheck::world
