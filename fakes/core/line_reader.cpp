#include "fakes/core/line_reader.hpp"

namespace fakes {

std::optional<Line> LineReader::read(std::string_view& input) {
  const std::size_t end = input.find('\n');
  const bool complete = end != std::string_view::npos;
  const std::string_view taken = input.substr(0, complete ? end : input.size());
  input.remove_prefix(complete ? end + 1 : input.size());

  if (!taken.empty()) last_is_cr_ = taken.back() == '\r';
  // One octet more than the limit: the CR of a line that has exactly the limit.
  const std::size_t room = limit_ + 1 - partial_.size();
  if (taken.size() > room) overlong_ = true;
  partial_.append(taken.substr(0, room));
  if (!complete) return std::nullopt;

  Line line{std::move(partial_), last_is_cr_ ? LineEnd::crlf : LineEnd::lf, overlong_};
  if (last_is_cr_ && !overlong_) line.text.pop_back();
  if (line.text.size() > limit_) {
    line.text.resize(limit_);
    line.overlong = true;
  }
  clear();
  return line;
}

void LineReader::clear() {
  partial_.clear();
  overlong_ = false;
  last_is_cr_ = false;
}

}  // namespace fakes
