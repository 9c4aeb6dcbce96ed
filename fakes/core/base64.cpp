#include "fakes/core/base64.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <iterator>

namespace fakes {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

std::string base64_lines(std::string_view octets) {
  constexpr std::size_t octets_in_line = 57;
  std::string text;
  for (std::size_t at = 0; at < octets.size(); at += octets_in_line) {
    const std::string_view part = octets.substr(at, octets_in_line);
    unsigned char line[80];
    const int size = EVP_EncodeBlock(line, reinterpret_cast<const unsigned char*>(part.data()),
                                     static_cast<int>(part.size()));
    text.append(reinterpret_cast<const char*>(line), static_cast<std::size_t>(size));
    text += "\r\n";
  }
  return text;
}

std::string from_base64(std::string_view text) {
  std::string dense;
  std::copy_if(text.begin(), text.end(), std::back_inserter(dense),
               [](char c) { return !is_space(c); });
  if (dense.empty() || dense.size() % 4 != 0) return {};
  std::string octets(dense.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(octets.data()),
                                   reinterpret_cast<const unsigned char*>(dense.data()),
                                   static_cast<int>(dense.size()));
  if (size < 0) return {};
  const auto padding = std::count(dense.end() - 2, dense.end(), '=');
  octets.resize(static_cast<std::size_t>(size - padding));
  return octets;
}

std::string base64(std::string_view octets) {
  std::string text = base64_lines(octets);
  std::erase_if(text, is_space);
  return text;
}

}  // namespace fakes
