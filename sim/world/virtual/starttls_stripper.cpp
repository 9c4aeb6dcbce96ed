#include "sim/world/virtual/starttls_stripper.hpp"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

namespace sealcheck::world {
namespace {

// "250-", "250 " or "250\r": RFC 5321 section 4.2. A line that is still short may become one.
bool may_be_reply(std::string_view line) {
  for (std::size_t i = 0; i < std::min<std::size_t>(3, line.size()); ++i)
    if (line[i] < '0' || line[i] > '9') return false;
  return line.size() < 4 || std::string_view("- \r\n").find(line[3]) != std::string_view::npos;
}

bool offers_starttls(std::string_view line) {
  std::string keyword(line.substr(std::min<std::size_t>(4, line.size())));
  while (!keyword.empty() && std::isspace(static_cast<unsigned char>(keyword.back())))
    keyword.pop_back();
  std::transform(keyword.begin(), keyword.end(), keyword.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return line.starts_with("250") && keyword == "STARTTLS";
}

}  // namespace

StartTlsStripper::Passed StartTlsStripper::pass(std::string_view bytes) {
  kept_ += bytes;
  Passed passed;
  std::vector<std::string> reply;  // its complete lines so far
  std::size_t reply_begin = 0;
  for (std::size_t begin = 0; !transparent_ && begin < kept_.size();) {
    const std::size_t end = kept_.find('\n', begin);
    const std::string line = kept_.substr(begin, end == std::string::npos ? end : end + 1 - begin);
    if (!may_be_reply(line)) transparent_ = true;
    if (transparent_ || end == std::string::npos) break;
    reply.push_back(line);
    begin = end + 1;
    if (line[3] == '-') continue;
    for (const std::string& each : reply)
      if (offers_starttls(each)) passed.stripped += each;
    std::erase_if(reply, offers_starttls);
    if (!reply.empty() && reply.back()[3] == '-') reply.back()[3] = ' ';
    for (const std::string& each : reply) passed.bytes += each;
    reply.clear();
    reply_begin = begin;
  }
  kept_.erase(0, reply_begin);
  if (transparent_) passed.bytes += take_rest();
  return passed;
}

std::string StartTlsStripper::take_rest() {
  return std::exchange(kept_, {});
}

}  // namespace sealcheck::world
