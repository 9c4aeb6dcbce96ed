// Conditions in the language's own words, for reports.
#include <fmt/format.h>

#include "sim/plan/plan.hpp"

namespace sealcheck::plan {
namespace {

std::string alternatives(const std::vector<int>& codes) {
  std::string text;
  for (const int code : codes)
    text += (text.empty() ? "" : " or ") +
            (code == Answered::lost ? std::string("lost") : std::to_string(code));
  return text;
}

struct ToText {
  std::string operator()(const Receives& condition) const {
    std::string text = fmt::format("{} receives {} for {}", condition.peer, condition.message,
                                   condition.recipient);
    if (condition.transport == Transport::tls) text += " over tls";
    if (condition.transport == Transport::plain) text += " over plain";
    for (const auto& header : condition.headers) text += fmt::format(" with header \"{}\"", header);
    for (const auto& name : condition.absent) text += " without header " + name;
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
    std::string text = condition.message;
    if (!condition.recipient.empty()) text += " for " + condition.recipient;
    text += " is answered " + alternatives(condition.codes);
    if (!condition.tolerated.empty()) text += " tolerate " + alternatives(condition.tolerated);
    return text;
  }
  std::string operator()(const ReceivesReport& condition) const {
    std::string text;
    if (condition.action == "notice") {
      text = fmt::format("{} receives notice about {}", condition.peer, condition.message);
      if (!condition.recipient.empty()) text += " to " + condition.recipient;
    } else {
      text = fmt::format("{} receives report {} about {} for {}", condition.peer, condition.action,
                         condition.message, condition.recipient);
    }
    if (!condition.because.empty()) text += fmt::format(" because \"{}\"", condition.because);
    return text;
  }
  std::string operator()(const Outcome& condition) const {
    return fmt::format("{} for {} is {}", condition.message, condition.recipient,
                       condition.kind == Outcome::Kind::delivered ? "delivered" : "expired");
  }
  std::string operator()(const Reads& condition) const {
    std::string text = fmt::format("{} {} {}", condition.recipient,
                                   condition.refused ? "is refused" : "reads", condition.message);
    if (!condition.because.empty()) text += fmt::format(" because \"{}\"", condition.because);
    return text;
  }
  std::string operator()(const SeesVerb& condition) const {
    return fmt::format("{} sees {}", condition.peer, condition.verb);
  }
  std::string operator()(const ClientDecision& condition) const {
    std::string text = condition.peer + (condition.admitted ? " admits" : " refuses") + " gateway";
    if (!condition.root.empty()) text += fmt::format(" by root \"{}\"", condition.root);
    if (!condition.reason.empty()) text += " because " + condition.reason;
    return text;
  }
};

}  // namespace

std::string to_text(const Condition& condition) {
  return std::visit(ToText{}, condition);
}

std::string to_text(const Admin& admin) {
  std::string text = "the operation " + admin.operation;
  for (const auto& [name, value] : admin.arguments)
    if (!name.starts_with("configuration") && !name.ends_with("password"))
      text += fmt::format(" {}", value);
  return text;
}

std::string to_text(const LookAtCertificate& look) {
  using Compared = LookAtCertificate::Compared;
  std::string text = "the gateway presents ";
  text += look.change == Compared::any    ? "a"
          : look.change == Compared::same ? "the same"
                                          : "another";
  text += " certificate";
  if (!look.subject.empty()) text += " of " + look.subject;
  if (!look.issuer.empty()) text += " issued by " + look.issuer;
  return text;
}

std::string to_text(const OpenSealed& open) {
  const char* way = open.by_certificate       ? ""
                    : open.login.user.empty() ? " without password"
                                              : " with this password";
  return fmt::format("{} {} {}{}{}", open.recipient, open.by_certificate ? "decrypts" : "views",
                     open.message, way, open.refused ? " and is refused" : "");
}

}  // namespace sealcheck::plan
