#include "fakes/core/fault_table.hpp"

#include <array>
#include <utility>

namespace fakes {
namespace {

constexpr std::array<std::pair<Step, std::string_view>, 14> step_names{{
    {Step::connect, "connect"},
    {Step::ehlo, "ehlo"},
    {Step::helo, "helo"},
    {Step::starttls, "starttls"},
    {Step::auth, "auth"},
    {Step::mail, "mail"},
    {Step::rcpt, "rcpt"},
    {Step::data, "data"},
    {Step::content, "content"},
    {Step::final_dot, "final-dot"},
    {Step::rset, "rset"},
    {Step::noop, "noop"},
    {Step::quit, "quit"},
    {Step::any, "any"},
}};

bool concerns(const FaultRule& rule, Step step, std::string_view argument) {
  const bool any = rule.step == Step::any && step != Step::content;
  return (any || rule.step == step) && argument.find(rule.argument) != std::string_view::npos;
}

}  // namespace

std::string_view to_string(Step step) {
  for (const auto& [value, name] : step_names) {
    if (value == step) return name;
  }
  return "?";
}

std::optional<Step> step_from_name(std::string_view name) {
  for (const auto& [value, known] : step_names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::string_view to_string(FaultAction action) {
  switch (action) {
    case FaultAction::none:
      return "delay";
    case FaultAction::reply:
      return "reply";
    case FaultAction::raw:
      return "raw";
    case FaultAction::flood:
      return "flood";
    case FaultAction::disconnect:
      return "disconnect";
    case FaultAction::reset:
      return "reset";
    case FaultAction::stall:
      return "stall";
    case FaultAction::deaf:
      return "deaf";
  }
  return "?";
}

const Fault* FaultCounter::next(const FaultTable& table, Step step, std::string_view argument) {
  reached_.resize(table.size());
  const Fault* found = nullptr;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!concerns(table[i], step, argument)) continue;
    const unsigned times = ++reached_[i];
    const FaultRule& rule = table[i];
    const bool applies =
        (rule.nth == 0 || rule.nth == times) && (rule.first == 0 || times <= rule.first);
    if (applies && !found) found = &table[i].fault;
  }
  return found;
}

}  // namespace fakes
