#include "sim/trace/event.hpp"

#include <fmt/format.h>

#include <charconv>

namespace sealcheck::trace {
std::string_view Event::field(std::string_view name) const {
  for (const auto& [key, value] : fields)
    if (key == name) return value;
  return {};
}

bool Event::has(std::string_view name) const {
  for (const auto& entry : fields)
    if (entry.first == name) return true;
  return false;
}

std::int64_t Event::number(std::string_view name) const {
  const std::string_view text = field(name);
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string readable_time(std::int64_t at_ns) {
  const std::int64_t ms = at_ns / 1'000'000;
  const std::int64_t s = ms / 1000;
  std::string text = "+";
  if (s >= 3600) text += fmt::format("{}h", s / 3600);
  if (s >= 60) text += fmt::format("{}m", s / 60 % 60);
  return text + (s >= 60 ? fmt::format("{:02}.{:03}s", s % 60, ms % 1000)
                         : fmt::format("{}.{:03}s", s, ms % 1000));
}

}  // namespace sealcheck::trace
