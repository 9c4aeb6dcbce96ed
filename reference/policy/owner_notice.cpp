#include "reference/policy/owner_notice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace sealgate::policy {
namespace {

std::string described(const std::string& text) {
  return text.empty() ? "" : "           (" + text + ")\r\n";
}

std::string told(const Incident& incident) {
  return fmt::format(
      "Policy:    {}\r\n{}"
      "Rule:      {}\r\n{}"
      "Severity:  {}\r\n"
      "Action:    {}{}\r\n"
      "Condition: {}\r\n"
      "Where:     {}\r\n",
      incident.policy, described(incident.policy_description), incident.rule,
      described(incident.rule_description), to_word(incident.severity), to_word(incident.action),
      incident.enforced ? "" : " (monitored only, nothing was done)", incident.condition,
      incident.where);
}

/// A msg-id (RFC 5322 section 3.6.4) that fits on a line, or nothing.
std::string references(const std::string& message_id) {
  const bool fits = message_id.size() > 2 && message_id.size() < 250 && message_id.front() == '<' &&
                    message_id.find('>') == message_id.size() - 1 &&
                    std::all_of(message_id.begin(), message_id.end(),
                                [](unsigned char c) { return c > ' ' && c < 127; });
  if (!fits) return "";
  return "In-Reply-To: " + message_id + "\r\nReferences: " + message_id + "\r\n";
}

std::string content(const std::string& owner, std::size_t number,
                    const std::vector<std::string>& incidents, const NoticeFacts& facts) {
  auto text = fmt::format(
      "Date: {}\r\n"
      "From: <postmaster@{}>\r\n"
      "To: <{}>\r\n"
      "Message-ID: <{}.incident.{}@{}>\r\n"
      "Subject: A policy was triggered\r\n"
      "{}"
      "Auto-Submitted: auto-generated\r\n"
      "MIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n"
      "Content-Transfer-Encoding: 8bit\r\n"
      "\r\n"
      "A message that {} keeps as {} triggered a policy that you own.\r\n",
      host::to_rfc5322_date(facts.now), facts.hostname, owner, facts.queue_id, number,
      facts.hostname, references(facts.message_id), facts.hostname, facts.queue_id);
  for (const auto& incident : incidents) text += "\r\n" + incident;
  return text;
}

}  // namespace

std::vector<OwnerNotice> make_notices(const std::vector<Incident>& incidents,
                                      const NoticeFacts& facts) {
  std::map<std::string, std::vector<std::string>> by_owner;
  for (const auto& incident : incidents) {
    const auto text = told(incident);
    for (const auto& owner : incident.notify) {
      auto& texts = by_owner[owner];
      if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
    }
  }
  std::vector<OwnerNotice> notices;
  for (const auto& [owner, texts] : by_owner) {
    notices.push_back({owner, content(owner, notices.size() + 1, texts, facts)});
  }
  return notices;
}

}  // namespace sealgate::policy
