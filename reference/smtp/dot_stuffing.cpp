#include "reference/smtp/dot_stuffing.hpp"

#include <algorithm>

namespace sealgate::smtp {

void DotEncoder::encode(std::string_view chunk, std::string& out) {
  while (!chunk.empty()) {
    if (at_ == At::after_cr && chunk.front() == '\n') {
      out += '\n';
      chunk.remove_prefix(1);
      at_ = At::line_start;
      continue;
    }
    if (at_ == At::line_start && chunk.front() == '.') out += '.';
    // Everything up to the next CR goes out as it is.
    const std::size_t cr = chunk.find('\r');
    const std::size_t length = cr == chunk.npos ? chunk.size() : cr + 1;
    out.append(chunk.substr(0, length));
    chunk.remove_prefix(length);
    at_ = cr == chunk.npos ? At::in_line : At::after_cr;
  }
}

void DotEncoder::finish(std::string& out) {
  if (at_ != At::line_start) out += "\r\n";
  out += ".\r\n";
  at_ = At::line_start;
}

void DotDecoder::store(std::string_view octets) {
  const std::uint64_t room = size_max_bytes_ - std::min(size_max_bytes_, size_bytes_);
  content_.append(octets.substr(0, room));
  size_bytes_ += octets.size();
}

/// One octet outside of plain text. Where a CR or a dot turns out to be content, it is stored then.
void DotDecoder::step(char c) {
  switch (state_) {
    case State::line_start:
      if (c == '.') {
        state_ = State::dot;
        return;
      }
      break;
    case State::dot:  // the first dot of a line is not content (RFC 5321 section 4.5.2)
      if (c == '\r') {
        state_ = State::dot_cr;
        return;
      }
      break;
    case State::dot_cr:
      if (c == '\n') {
        state_ = State::finished;
        return;
      }
      malformed_ = true;  // ".<CR>x": the CR was content after all
      store("\r");
      break;
    case State::cr:
      if (c == '\n') {
        store("\r\n");
        state_ = State::line_start;
        return;
      }
      malformed_ = true;
      store("\r");
      break;
    case State::in_line:
    case State::finished:
      break;
  }
  if (c == '\r') {
    state_ = State::cr;
    return;
  }
  if (c == '\n' || c == '\0') malformed_ = true;  // and no line starts behind it
  store(std::string_view(&c, 1));
  state_ = State::in_line;
}

std::size_t DotDecoder::receive(std::string_view bytes) {
  constexpr std::string_view special("\r\n\0", 3);
  std::size_t taken = 0;
  while (taken < bytes.size() && state_ != State::finished) {
    if (state_ == State::in_line) {
      const std::size_t next = std::min(bytes.find_first_of(special, taken), bytes.size());
      store(bytes.substr(taken, next - taken));
      taken = next;
      if (taken == bytes.size()) break;
    }
    step(bytes[taken++]);
  }
  return taken;
}

}  // namespace sealgate::smtp
