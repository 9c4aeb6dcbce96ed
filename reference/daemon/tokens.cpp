#include "reference/daemon/tokens.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace sealgate::daemon {
namespace {

constexpr std::size_t token_bytes = 32;

std::string hexadecimal(const unsigned char* bytes, std::size_t size) {
  constexpr const char* digits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

std::string hash_of(std::string_view token) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned size = 0;
  EVP_Digest(token.data(), token.size(), hash.data(), &size, EVP_sha256(), nullptr);
  return hexadecimal(hash.data(), size);
}

std::string read_all(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void replace(const std::filesystem::path& path, const std::string& text) {
  const std::filesystem::path next = path.string() + ".new";
  std::filesystem::remove(next);
  const int file = ::open(next.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written =
      file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file) == 0;
  const int error = errno;
  if (file >= 0) ::close(file);
  if (!written) throw std::runtime_error(next.string() + ": " + std::strerror(error));
  std::filesystem::rename(next, path);
}

}  // namespace

std::string make_token(const std::filesystem::path& folder, const std::string& administrator) {
  std::array<unsigned char, token_bytes> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1)
    throw std::runtime_error("OpenSSL has no random numbers");
  const std::string token = hexadecimal(random.data(), random.size());
  const auto path = folder / tokens_file;
  std::istringstream kept(read_all(path));
  std::string text;
  for (std::string line; std::getline(kept, line);)
    if (!line.starts_with(administrator + " ")) text += line + "\n";
  replace(path, text + administrator + " " + hash_of(token) + "\n");
  return token;
}

std::optional<std::string> owner_of_token(std::string_view tokens, std::string_view token) {
  if (token.empty()) return std::nullopt;
  const std::string hash = hash_of(token);
  std::istringstream lines{std::string(tokens)};
  std::optional<std::string> owner;
  for (std::string name, kept; lines >> name >> kept;)
    if (kept.size() == hash.size() && CRYPTO_memcmp(kept.data(), hash.data(), hash.size()) == 0)
      owner = name;
  return owner;
}

std::optional<std::string> why_unsafe(const std::filesystem::path& folder) {
  const auto path = folder / tokens_file;
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  if ((status.st_mode & 077) == 0) return std::nullopt;
  return path.string() + ": others than its owner may read it: chmod 600";
}

}  // namespace sealgate::daemon
