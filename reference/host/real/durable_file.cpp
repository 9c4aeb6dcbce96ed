#include "reference/host/real/durable_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <boost/assert.hpp>
#include <cerrno>
#include <cstdio>
#include <stdexcept>

namespace host {
namespace {

constexpr mode_t owner_only = 0600;

ErrorCode last_error() {
  return {errno, boost::system::generic_category()};
}

std::runtime_error unusable(const std::filesystem::path& path, std::string_view why) {
  return std::runtime_error("cannot use " + path.string() + ": " + std::string(why));
}

ErrorCode write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return last_error();
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

// EXCL: a link that somebody put there is not followed.
ErrorCode write_durably(const std::filesystem::path& path, std::string_view content) {
  const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
  const Descriptor file(::open(path.c_str(), flags, owner_only));
  if (!file) return last_error();
  if (const ErrorCode error = write_all(file.get(), content)) return error;
  return ::fsync(file.get()) == 0 ? ErrorCode{} : make_error_code(Error::not_durable);
}

}  // namespace

DataDirectory::DataDirectory(std::filesystem::path path)
    : path_(std::move(path)),
      directory_(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (!directory_) throw unusable(path_, last_error().message());
  const auto lock_path = file("lock");
  lock_ =
      Descriptor(::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, owner_only));
  if (!lock_) throw unusable(path_, "it is not writable: " + last_error().message());
  if (::flock(lock_.get(), LOCK_EX | LOCK_NB) == 0) return;
  if (errno != EWOULDBLOCK) throw unusable(lock_path, last_error().message());
  throw unusable(lock_path, "somebody else holds it");
}

std::filesystem::path DataDirectory::file(std::string_view name) const {
  BOOST_ASSERT(!name.empty() && name.find('/') == std::string_view::npos);
  return path_ / name;
}

bool DataDirectory::has(std::string_view name) const {
  struct stat status {};
  return ::lstat(file(name).c_str(), &status) == 0;
}

Result<std::string> DataDirectory::read(std::string_view name) const {
  const Descriptor opened(::open(file(name).c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened) return last_error();
  std::string content;
  for (;;) {
    constexpr std::size_t chunk = 64 * 1024;
    const std::size_t size = content.size();
    content.resize(size + chunk);
    const ssize_t count = ::read(opened.get(), content.data() + size, chunk);
    content.resize(size + static_cast<std::size_t>(count > 0 ? count : 0));
    if (count == 0) return content;
    if (count < 0 && errno != EINTR) return last_error();
  }
}

ErrorCode DataDirectory::replace(std::string_view name, std::string_view content) const {
  const auto final_path = file(name);
  const auto temporary = file(std::string(name) + ".new");
  ::unlink(temporary.c_str());  // left by a crash; we hold the directory, so it is nobody's
  ErrorCode error = write_durably(temporary, content);
  if (!error && std::rename(temporary.c_str(), final_path.c_str()) != 0) error = last_error();
  if (error) {
    ::unlink(temporary.c_str());
    return error;
  }
  if (::fsync(directory_.get()) != 0) return Error::not_durable;
  return {};
}

void DataDirectory::touch(std::string_view name) const {
  const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
  const Descriptor made(::open(file(name).c_str(), flags, owner_only));
  if (!made && errno != EEXIST) throw unusable(file(name), last_error().message());
  if (made && ::fsync(directory_.get()) != 0) throw unusable(file(name), last_error().message());
}

}  // namespace host
