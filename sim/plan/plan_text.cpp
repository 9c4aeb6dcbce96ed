// Conditions in the language's own words, for reports.
#include <fmt/format.h>

#include "sim/plan/plan.hpp"

namespace sealcheck::plan {
namespace {

struct ToText {
  std::string operator()(const Receives& condition) const {
    std::string text = fmt::format("{} receives {} for {}", condition.peer, condition.message,
                                   condition.recipient);
    if (condition.transport == Transport::tls) text += " over tls";
    if (condition.transport == Transport::plain) text += " over plain";
    return text;
  }
  std::string operator()(const InQueue& condition) const {
    std::string text = fmt::format("{} for {} in queue {}", condition.message, condition.recipient,
                                   condition.queue);
    if (!condition.reason.empty()) text += " because " + condition.reason;
    return text;
  }
  std::string operator()(const QueueEmpty&) const { return "queue is empty"; }
  std::string operator()(const Answered& condition) const {
    std::string text = condition.message + " is answered";
    for (std::size_t i = 0; i < condition.codes.size(); ++i) {
      const int code = condition.codes[i];
      text += fmt::format("{} {}", i ? " or" : "",
                          code == Answered::lost ? "lost" : std::to_string(code));
    }
    return text;
  }
  std::string operator()(const SeesVerb& condition) const {
    return fmt::format("{} sees {}", condition.peer, condition.verb);
  }
};

}  // namespace

std::string to_text(const Condition& condition) {
  return std::visit(ToText{}, condition);
}

std::string to_text(const Admin& admin) {
  std::string text = "the operation " + admin.operation;
  for (const auto& [name, value] : admin.arguments)
    if (name != "configuration") text += fmt::format(" {}", value);
  return text;
}

}  // namespace sealcheck::plan
