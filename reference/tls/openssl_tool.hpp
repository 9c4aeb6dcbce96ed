// For the tests of this folder: the real openssl tool, in a folder of its own that is removed
// afterwards. What it makes is evidence that does not share our code's misunderstandings.
#pragma once

#include <stdlib.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace sealgate::tls::test {

class OpensslTool {
 public:
  OpensslTool() {
    std::string pattern = std::filesystem::temp_directory_path() / "sealgate-openssl-XXXXXX";
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    folder_ = pattern;
  }
  ~OpensslTool() { std::filesystem::remove_all(folder_); }

  /// Runs `openssl ARGUMENTS` in the folder. True when it exits with 0.
  bool run(const std::string& arguments) const {
    const std::string command =
        "cd '" + folder_.string() + "' && openssl " + arguments + " >log 2>&1 </dev/null";
    const bool done = std::system(command.c_str()) == 0;
    if (!done) BOOST_TEST_MESSAGE("openssl " << arguments << ": " << read("log"));
    return done;
  }
  std::string read(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace sealgate::tls::test
