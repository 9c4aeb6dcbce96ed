#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "reference/settings/read_lists.hpp"

namespace sealgate::settings {
namespace {

using Version = std::pair<int, int>;
constexpr Version first_that_encrypts{7, 6};

/// "7.6.2" is 7, 6.
std::optional<Version> parse_version(std::string_view text) {
  Version version;
  const char* end = text.data() + text.size();
  const auto major = std::from_chars(text.data(), end, version.first);
  if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') return std::nullopt;
  const auto minor = std::from_chars(major.ptr + 1, end, version.second);
  const bool goes_on = minor.ptr == end || *minor.ptr == '.';
  if (minor.ec != std::errc() || !goes_on) return std::nullopt;
  return version;
}

bool encrypts(const policy::PolicySet& set) {
  const auto rule_does = [&](const policy::Rule& rule) {
    const auto plan = std::find_if(set.plans.begin(), set.plans.end(),
                                   [&](const auto& one) { return one.name == rule.plan; });
    const auto action = rule.plan.empty() || plan == set.plans.end() ? rule.action : plan->email;
    return action == policy::Action::encrypt;
  };
  return std::any_of(set.policies.begin(), set.policies.end(), [&](const auto& one) {
    return std::any_of(one.rules.begin(), one.rules.end(), rule_does);
  });
}

}  // namespace

void read_version(const syntax::Node& version, const Settings& settings,
                  syntax::Diagnostics& diagnostics) {
  const std::string& text = version.text("version");
  const auto read = parse_version(text);
  if (!read) {
    return diagnostics.error(version.span("version"), fmt::format("'{}' is no version", text),
                             "write it as in version 7.6.2");
  }
  if (*read >= first_that_encrypts) return;
  const bool method = settings.encryption.tls || settings.encryption.other != OtherMethod::none;
  if (!method && !encrypts(settings.policies)) return;
  diagnostics.error(
      version.span("version"),
      fmt::format("{} needs version 7.6 or later",
                  method ? "encryption" : "a policy that encrypts"),
      method ? "say encryption { tls off; other-method none }" : "give the policy another action");
}

}  // namespace sealgate::settings
