#include "reference/encryption/third_party.hpp"

#include <fmt/format.h>

#include <charconv>

#include "reference/encryption/x_header_fields.hpp"

namespace sealgate::encryption {
namespace {

constexpr std::string_view field_name = "X-Sealgate-Handover";
constexpr std::string_view count_word = "; count=";
constexpr std::uint16_t preference_step = 10;

bool is_space(char c) {
  return c == ' ' || c == '\t';
}

/// What was there of these names before is forged, or of an earlier round. A header that is too big
/// to be looked through gets them all the same: the first field of a name is what counts.
std::string with_marks(std::string content, const settings::ThirdParty& settings,
                       const Handover& handover) {
  strip(content, reserved_headers(settings));
  message::add_field_at_top(content, settings.trigger.name, settings.trigger.value);
  message::add_field_at_top(content, field_name, to_field_value(handover));
  return content;
}

}  // namespace

settings::XHeader handover_header() {
  return {std::string(field_name), ""};
}

std::string to_field_value(const Handover& handover) {
  return fmt::format("{}{}{}", handover.id, count_word, handover.count);
}

std::optional<Handover> handover_of(const message::Header& header) {
  const auto* field = header.find(field_name);
  if (!field) return std::nullopt;
  const std::string& value = field->value;
  const auto at = value.find(count_word);
  Handover read{value.substr(0, at), 0};
  if (at == value.npos || read.id.empty()) return std::nullopt;
  const char* end = value.data() + value.size();
  const auto count = std::from_chars(value.data() + at + count_word.size(), end, read.count);
  if (count.ec != std::errc() || count.ptr != end || read.count < 1) return std::nullopt;
  return read;
}

std::optional<Handover> handover_by_received(const message::Header& header,
                                             const std::string& hostname) {
  const std::string by = fmt::format("by {} with ", hostname);
  constexpr std::string_view id_word = " id ";
  std::optional<Handover> found;
  for (const auto* field : header.find_all("Received")) {
    std::string_view clauses(field->value);  // the time stands behind them
    clauses = clauses.substr(0, clauses.find(';'));
    const auto ours = clauses.find(by);
    if (ours == clauses.npos || (ours > 0 && !is_space(clauses[ours - 1]))) continue;
    const auto at = clauses.find(id_word, ours);
    if (at == clauses.npos) continue;
    const auto id = clauses.substr(at + id_word.size());
    if (!found) found = Handover{std::string(id.substr(0, id.find_first_of(" \t"))), 0};
    ++found->count;
  }
  return found;
}

std::vector<settings::XHeader> reserved_headers(const settings::ThirdParty& settings) {
  return {settings.trigger, settings.success, settings.failure, handover_header()};
}

std::vector<routing::Server> servers_of(const settings::ThirdParty& settings) {
  std::vector<routing::Server> servers;
  std::uint16_t preference = 0;
  for (const auto& server : settings.servers)
    servers.push_back({server.host, server.port, preference += preference_step});
  return servers;
}

LegOrUnavailable third_party_leg(const std::optional<settings::ThirdParty>& settings,
                                 const Handover& handover) {
  if (!settings)
    return Unavailable{"third-party-unavailable", "the third-party application is not set up"};
  if (handover.count > settings->handovers_max) {
    return Unavailable{"encryption-loop",
                       fmt::format("it came back from the encryption server {} times by an address "
                                   "that is not in the IP group '{}'",
                                   handover.count - 1, settings->encrypted_group),
                       true};
  }
  Leg leg{.method = Demand::third_party, .tls = Demand::opportunistic_tls};
  leg.servers = servers_of(*settings);
  leg.login = settings->login;
  if (settings->returns) leg.return_within = settings->return_within;
  leg.transform = [settings = *settings, handover](const std::string& content) {
    return with_marks(content, settings, handover);
  };
  return leg;
}

}  // namespace sealgate::encryption
