#include "reference/policy/file_type.hpp"

#include <magic.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace sealgate::policy {
namespace {

constexpr std::size_t octets_max = 64 << 10;

struct Closer {
  void operator()(magic_t handle) const { ::magic_close(handle); }
};
using Handle = std::unique_ptr<magic_set, Closer>;

Handle load() {
  // Nothing is unpacked and no file is opened: this is a buffer from a stranger.
  Handle handle(::magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF));
  if (!handle || ::magic_load(handle.get(), nullptr) != 0) {
    throw std::runtime_error("libmagic's database cannot be loaded");
  }
  return handle;
}

}  // namespace

std::string file_type(std::string_view content) {
  thread_local const Handle handle = load();
  const char* type =
      ::magic_buffer(handle.get(), content.data(), std::min(content.size(), octets_max));
  return type ? type : "application/octet-stream";
}

}  // namespace sealgate::policy
