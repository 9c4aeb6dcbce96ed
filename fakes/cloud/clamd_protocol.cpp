#include "fakes/cloud/clamd_protocol.hpp"

#include <algorithm>

namespace fakes {
namespace {

constexpr std::size_t chunk_octets = 64 * 1024;

void add_length(std::string& out, std::size_t length) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(length >> shift & 0xff);
}

}  // namespace

std::string clamd_question(std::string_view message) {
  constexpr std::string_view command("zINSTREAM\0", 10);  // z: the answer ends with a NUL
  std::string question(command);
  question.reserve(command.size() + message.size() + 4 * (message.size() / chunk_octets + 2));
  while (!message.empty()) {
    const std::string_view chunk = message.substr(0, chunk_octets);
    add_length(question, chunk.size());
    question += chunk;
    message.remove_prefix(chunk.size());
  }
  add_length(question, 0);
  return question;
}

host::Result<Analysis> read_clamd_answer(std::string_view answer) {
  constexpr std::string_view stream = "stream: ";
  constexpr std::string_view found = " FOUND";
  const auto end = answer.find('\0');
  if (end == answer.npos || end + 1 != answer.size())  // none, or something behind it
    return host::ErrorCode(AnalysisError::bad_answer);
  answer.remove_suffix(1);
  if (answer.ends_with(" ERROR")) {
    const bool limit = answer.find("size limit exceeded") != answer.npos;
    return host::ErrorCode(limit ? AnalysisError::limit_reached : AnalysisError::engine_failed);
  }
  if (!answer.starts_with(stream)) return host::ErrorCode(AnalysisError::bad_answer);
  answer.remove_prefix(stream.size());
  if (answer == "OK") return Analysis{};
  if (!answer.ends_with(found) || answer.size() == found.size())
    return host::ErrorCode(AnalysisError::bad_answer);
  answer.remove_suffix(found.size());
  if (answer.starts_with("Heuristics.Limits.Exceeded"))
    return host::ErrorCode(AnalysisError::limit_reached);
  return Analysis{Analysis::Verdict::virus, std::string(answer)};
}

}  // namespace fakes
