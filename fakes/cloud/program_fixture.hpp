// For tests: a program of the system's that runs while an object of this lives, in a process group
// of its own, which is all that is ended with it.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>
#include <vector>

extern char** environ;

namespace fakes::test {

/// Decorates a test case: skipped, with this as the reason, where the program is not installed.
inline auto needs_program(const std::string& path, const std::string& package) {
  return boost::unit_test::precondition([path, package](boost::unit_test::test_unit_id) {
    boost::test_tools::assertion_result here(std::filesystem::exists(path));
    here.message() << path << " is missing (Debian package " << package << ")";
    return here;
  });
}

class Program {
 public:
  /// Its output goes to the file `log`.
  Program(std::vector<std::string> words, const std::filesystem::path& log) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    const int error =
        ::posix_spawn(&id_, arguments[0], &files, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    BOOST_REQUIRE_EQUAL(error, 0);
  }
  ~Program() {
    ::kill(-id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  bool runs() const { return ::waitpid(id_, nullptr, WNOHANG) == 0; }

 private:
  pid_t id_ = 0;
};

}  // namespace fakes::test
