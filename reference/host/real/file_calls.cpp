#include "reference/host/real/file_calls.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <mutex>

namespace host::test::file_calls {
namespace {

std::mutex mutex;
std::vector<std::string> seen;
std::size_t failing_from = 0;

/// False: the call is to fail.
bool allow(std::string call) {
  const std::lock_guard lock(mutex);
  seen.push_back(std::move(call));
  if (failing_from == 0 || seen.size() < failing_from) return true;
  errno = EIO;
  return false;
}

std::string name_of(int fd) {
  std::error_code ignored;
  const auto link = "/proc/self/fd/" + std::to_string(fd);
  return std::filesystem::read_symlink(link, ignored).filename().string();
}

}  // namespace

void record(std::size_t fail_from) {
  const std::lock_guard lock(mutex);
  seen.clear();
  failing_from = fail_from;
}

std::vector<std::string> calls() {
  const std::lock_guard lock(mutex);
  return seen;
}

std::size_t syncs() {
  std::size_t count = 0;
  for (const auto& call : calls()) count += call.starts_with("fsync ");
  return count;
}

}  // namespace host::test::file_calls

// The program's own definitions come before the C library's, for the shared libraries too.
extern "C" {

int fsync(int fd) {
  namespace calls = host::test::file_calls;
  if (!calls::allow("fsync " + calls::name_of(fd))) return -1;
  return static_cast<int>(syscall(SYS_fsync, fd));
}

int fdatasync(int fd) {
  namespace calls = host::test::file_calls;
  if (!calls::allow("fsync " + calls::name_of(fd))) return -1;
  return static_cast<int>(syscall(SYS_fdatasync, fd));
}

int rename(const char* from, const char* to) noexcept {
  namespace calls = host::test::file_calls;
  if (!calls::allow("rename " + std::filesystem::path(from).filename().string())) return -1;
  return static_cast<int>(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
}
