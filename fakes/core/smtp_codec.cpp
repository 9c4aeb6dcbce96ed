#include "fakes/core/smtp_codec.hpp"

#include <fmt/format.h>

#include <utility>

namespace fakes {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view without_leading_spaces(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  return text;
}

bool starts_with_keyword(std::string_view text, std::string_view keyword) {
  if (text.size() < keyword.size()) return false;
  for (std::size_t i = 0; i < keyword.size(); ++i) {
    if (upper(text[i]) != keyword[i]) return false;
  }
  return true;
}

// A '>' inside a quoted local part does not end the path (RFC 5321 section 4.1.2).
std::size_t closing_bracket(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == '>' && !quoted) {
      return i;
    }
  }
  return std::string_view::npos;
}

std::string join(const std::vector<std::string>& lines, std::string_view prefix) {
  std::string joined;
  for (const std::string& line : lines) {
    if (!joined.empty()) joined += '\n';
    joined.append(prefix).append(line);
  }
  return joined;
}

std::string enhanced_prefix(const Reply& reply) {
  return reply.enhanced.empty() ? std::string() : reply.enhanced + ' ';
}

}  // namespace

Command parse_command(std::string_view line) {
  line = without_leading_spaces(line);
  const std::size_t space = line.find(' ');
  Command command;
  for (const char c : line.substr(0, space)) command.verb += upper(c);
  if (space != std::string_view::npos) command.argument = line.substr(space + 1);
  return command;
}

PathArgument parse_path(std::string_view argument, std::string_view keyword) {
  PathArgument result;
  argument = without_leading_spaces(argument);
  if (!starts_with_keyword(argument, keyword)) return result;
  argument = without_leading_spaces(argument.substr(keyword.size()));
  if (argument.empty() || argument.front() != '<') return result;
  argument.remove_prefix(1);
  const std::size_t end = closing_bracket(argument);
  if (end == std::string_view::npos) return result;
  result.well_formed = true;
  result.path = argument.substr(0, end);
  result.parameters = without_leading_spaces(argument.substr(end + 1));
  return result;
}

std::string domain_of(std::string_view path) {
  const std::size_t at = path.rfind('@');
  std::string domain;
  if (at == std::string_view::npos) return domain;
  for (const char c : path.substr(at + 1)) domain += lower(c);
  return domain;
}

std::string to_bytes(const Reply& reply) {
  const std::string enhanced = enhanced_prefix(reply);
  std::string bytes;
  for (std::size_t i = 0; i < reply.lines.size(); ++i) {
    const char separator = i + 1 < reply.lines.size() ? '-' : ' ';
    bytes += fmt::format("{:03}{}{}{}\r\n", reply.code, separator, enhanced, reply.lines[i]);
  }
  return bytes;
}

std::string text_of(const Reply& reply) {
  return join(reply.lines, enhanced_prefix(reply));
}

std::string ReceivedReply::text() const {
  return join(lines, "");
}

std::optional<ReceivedReply> ReplyReader::read(std::string_view& input) {
  constexpr std::size_t lines_max = 128;
  while (auto line = lines_.read(input)) {
    const std::string& text = line->text;
    const bool coded = text.size() >= 3 && is_digit(text[0]) && is_digit(text[1]) &&
                       is_digit(text[2]) && (text.size() == 3 || text[3] == ' ' || text[3] == '-');
    bool last = true;
    if (coded) {
      const int code = (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
      if (!reply_.lines.empty() && code != reply_.code) reply_.well_formed = false;
      reply_.code = code;
      reply_.lines.push_back(text.size() > 4 ? text.substr(4) : std::string());
      last = text.size() == 3 || text[3] == ' ';
    } else {
      reply_.well_formed = false;
      reply_.lines.push_back(text);
    }
    if (!last && reply_.lines.size() < lines_max) continue;
    if (!last || line->overlong) reply_.well_formed = false;
    return std::exchange(reply_, ReceivedReply{});
  }
  return std::nullopt;
}

void ReplyReader::clear() {
  lines_.clear();
  reply_ = {};
}

}  // namespace fakes
