// For tests: Python's standard library as the other pair of eyes. It makes messages and archives
// and reads what the cloud made.
#pragma once

#include <stdio.h>
#include <stdlib.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace fakes::test {

class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / "cloud-XXXXXX") {
    BOOST_REQUIRE(::mkdtemp(path_.data()));
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path path() const { return path_; }
  void write(const std::string& name, std::string_view octets) const {
    std::ofstream(path() / name, std::ios::binary) << octets;
  }

 private:
  std::string path_;
};

/// What the shell command says on its standard output; its failure fails the test.
inline std::string output_of(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "r");
  BOOST_REQUIRE(pipe);
  std::string output;
  char buffer[4096];
  while (const std::size_t count = ::fread(buffer, 1, sizeof buffer, pipe))
    output.append(buffer, count);
  BOOST_REQUIRE_MESSAGE(::pclose(pipe) == 0, command << " failed and said: " << output);
  return output;
}

/// The program reads `input` from its standard input, as octets: sys.stdin.buffer.
inline std::string python(std::string_view program, std::string_view input) {
  const Folder folder;
  folder.write("program.py", program);
  folder.write("input", input);
  const std::string at = folder.path().string();
  return output_of("python3 '" + at + "/program.py' <'" + at + "/input'");
}

}  // namespace fakes::test
