#include "reference/host/real/key_log_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace host {

KeyLogFile::KeyLogFile(const std::filesystem::path& path)
    : file_(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
  // An older file may have been readable by others.
  if (!file_ || ::fchmod(file_.get(), 0600) != 0) {
    throw std::runtime_error("cannot use the key log file " + path.string() + ": " +
                             std::generic_category().message(errno));
  }
}

void KeyLogFile::append(std::string_view line) {
  const std::string ended = std::string(line) + '\n';
  [[maybe_unused]] const auto written = ::write(file_.get(), ended.data(), ended.size());
}

}  // namespace host
