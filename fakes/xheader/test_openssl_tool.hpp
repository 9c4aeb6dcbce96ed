// For tests: what the real openssl tool makes of an S/MIME message with a recipient's key.
#pragma once

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "fakes/core/certificate.hpp"

namespace fakes::xheader {

/// The plain message; "not opened" where the tool refuses. Throws std::runtime_error where there is
/// no folder to work in.
inline std::string opened_by_tool(const std::string& content, const Certificate& certificate) {
  std::string folder = std::filesystem::temp_directory_path() / "xheader-XXXXXX";
  if (!::mkdtemp(folder.data())) throw std::runtime_error("no folder for the openssl tool");
  const std::filesystem::path path = folder;
  std::ofstream(path / "message.eml", std::ios::binary) << content;
  std::ofstream(path / "certificate.pem") << certificate.pem();
  BIO* key = BIO_new_file((path / "key.pem").c_str(), "w");
  PEM_write_bio_PrivateKey(key, certificate.key(), nullptr, nullptr, 0, nullptr, nullptr);
  BIO_free(key);
  const std::string command = "cd '" + folder +
                              "' && openssl cms -decrypt -in message.eml -recip certificate.pem "
                              "-inkey key.pem -out plain >log 2>&1";
  const bool worked = std::system(command.c_str()) == 0;
  std::ifstream file(path / "plain", std::ios::binary);
  const std::string plain(std::istreambuf_iterator<char>(file), {});
  std::filesystem::remove_all(path);
  return worked ? plain : "not opened";
}

}  // namespace fakes::xheader
