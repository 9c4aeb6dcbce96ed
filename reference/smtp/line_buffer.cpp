#include "reference/smtp/line_buffer.hpp"

#include <cassert>

namespace sealgate::smtp {

void LineBuffer::receive(std::string_view bytes) {
  buffer_.erase(0, begin_);  // once per read, however many lines it held
  begin_ = 0;
  buffer_.append(bytes);
}

/// The offset of the next CRLF behind `begin_`, or npos. Octets are looked at once, whatever the
/// chunks.
std::size_t LineBuffer::find_line_end() {
  const std::size_t end = buffer_.find("\r\n", begin_ + scanned_);
  if (end == std::string::npos) {
    const std::size_t size = buffer_.size() - begin_;
    // A CR at the very end may be the first half of a CRLF still to come.
    scanned_ = size > 0 && buffer_.back() == '\r' ? size - 1 : size;
  }
  return end;
}

LineBuffer::Status LineBuffer::next_line(std::string& line) {
  const std::size_t end = find_line_end();
  if (end == std::string::npos) {
    if (skipping_ || buffer_.size() - begin_ >= octets_max_) {
      skipping_ = true;
      begin_ += scanned_;
      scanned_ = 0;
    }
    return Status::need_input;
  }
  const std::string_view found(buffer_.data() + begin_, end - begin_);
  const bool too_long = skipping_ || found.size() + 2 > octets_max_;
  const bool refused = found.find_first_of(std::string_view("\r\n\0", 3)) != found.npos;
  if (!too_long && !refused) line.assign(found);
  begin_ = end + 2;
  scanned_ = 0;
  skipping_ = false;
  if (too_long) return Status::too_long;
  return refused ? Status::refused : Status::line;
}

std::string_view LineBuffer::rest() const {
  assert(!skipping_);
  return std::string_view(buffer_).substr(begin_);
}

void LineBuffer::consume(std::size_t octets) {
  assert(!skipping_ && octets <= buffer_.size() - begin_);
  begin_ += octets;
  scanned_ = 0;
}

void LineBuffer::clear() {
  buffer_.clear();
  begin_ = 0;
  scanned_ = 0;
  skipping_ = false;
}

}  // namespace sealgate::smtp
