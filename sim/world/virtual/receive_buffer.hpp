// What has arrived at one end of a connection and is not yet read, with the cuts that no read may
// straddle.
//
// Bytes that a coalescing link joins wait aside until they are released together.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "sim/world/virtual/link.hpp"

namespace sealcheck::world {

class ReceiveBuffer {
 public:
  /// Bytes still on the link, to be joined with more.
  void hold(std::string_view bytes) { held_ += bytes; }
  bool holds() const { return !held_.empty(); }
  /// The held bytes can be read from now on, cut as `chop` says.
  void release(const Chop& chop, std::uint64_t stream_seed);

  bool readable() const { return begin_ < bytes_.size(); }
  /// Takes at most `size` bytes, up to the next cut.
  std::size_t take(void* into, std::size_t size);

  /// Held and readable ones: what counts against the window.
  std::size_t size() const { return bytes_.size() - begin_ + held_.size(); }

 private:
  std::string held_;
  std::string bytes_;
  std::size_t begin_ = 0;           // of what is unread, in bytes_
  std::uint64_t offset_ = 0;        // of the same byte, in the stream
  std::deque<std::uint64_t> cuts_;  // behind offset_, ascending
};

}  // namespace sealcheck::world
