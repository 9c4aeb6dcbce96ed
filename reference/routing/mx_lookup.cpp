#include "reference/routing/mx_lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <utility>

namespace sealgate::routing {
namespace {

using boost::asio::awaitable;
using host::MonoTime;

constexpr std::uint16_t smtp_port = 25;
constexpr std::size_t hosts_max = 16;
constexpr std::size_t addresses_max = 16;

LookupFailure permanent(std::string reason, std::string code, std::string text) {
  return {true, std::move(reason), std::move(code), std::move(text)};
}

LookupFailure no_such_domain(std::string_view domain) {
  return permanent("no-such-domain", "5.1.2", fmt::format("the domain {} does not exist", domain));
}

bool is_temporary(AnswerStatus status) {
  switch (status) {
    case AnswerStatus::ok:
    case AnswerStatus::nodata:
    case AnswerStatus::nxdomain:
    case AnswerStatus::invalid_name:
      return false;
    case AnswerStatus::servfail:
    case AnswerStatus::refused:
    case AnswerStatus::timeout:
    case AnswerStatus::truncated:
    case AnswerStatus::cname_loop:
      return true;
  }
  return true;
}

LookupFailure temporary(AnswerStatus status, std::string_view name) {
  const char* reason = status == AnswerStatus::timeout     ? "dns-timeout"
                       : status == AnswerStatus::truncated ? "dns-truncated"
                                                           : "dns-servfail";
  return {false, reason, "4.4.3", fmt::format("DNS look-up of {}: {}", name, to_word(status))};
}

std::size_t random_below(host::Host& host, std::size_t bound) {
  std::array<std::byte, 4> bytes{};
  host.fill_random(bytes);
  std::uint64_t value = 0;
  for (const auto byte : bytes) value = value << 8 | std::to_integer<std::uint64_t>(byte);
  return static_cast<std::size_t>(value % bound);
}

void shuffle(std::vector<Server>& servers, host::Host& host) {
  for (std::size_t i = servers.size(); i > 1; --i) {
    std::swap(servers[i - 1], servers[random_below(host, i)]);
  }
}

/// Lower preference first, the order of equal ones stays.
void sort(std::vector<Server>& servers) {
  std::stable_sort(servers.begin(), servers.end(),
                   [](const Server& a, const Server& b) { return a.preference < b.preference; });
}

/// In each run of equal preference number `turn` comes first, the others behind it in their order.
void rotate_equals(std::vector<Server>& servers, unsigned turn) {
  for (auto begin = servers.begin(); begin != servers.end();) {
    const auto end = std::find_if(begin, servers.end(), [&](const Server& server) {
      return server.preference != begin->preference;
    });
    std::rotate(begin, begin + turn % static_cast<unsigned>(end - begin), end);
    begin = end;
  }
}

/// The address that `text` is, with or without the brackets of RFC 5321 section 4.1.3.
std::optional<host::Address> literal(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  constexpr std::string_view tag = "ipv6:";
  const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
  if (text.size() > tag.size() && std::equal(tag.begin(), tag.end(), text.begin(), same)) {
    text.remove_prefix(tag.size());
  }
  boost::system::error_code error;
  auto address = boost::asio::ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  return address;
}

struct Addresses {
  std::vector<host::Endpoint> endpoints;
  std::optional<AnswerStatus> trouble;  ///< a temporary failure, when one happened
};

awaitable<Addresses> addresses_of(Resolver& resolver, std::string name, std::uint16_t port,
                                  MonoTime deadline) {
  Addresses found;
  if (const auto address = literal(name)) {
    found.endpoints.push_back({*address, port});
    co_return found;
  }
  for (const auto type : {RecordType::a, RecordType::aaaa}) {
    const Answer answer = co_await resolver.lookup(name, type, deadline);
    if (is_temporary(answer.status)) found.trouble = answer.status;
    for (const auto& record : answer.records) {
      if (found.endpoints.size() == addresses_max) break;
      found.endpoints.push_back({record.address, port});
    }
    // The name does not exist for any type (RFC 8020): no second question.
    if (answer.status == AnswerStatus::nxdomain) break;
  }
  co_return found;
}

awaitable<MailHosts> find_addresses(Resolver& resolver, std::vector<Server> servers,
                                    MonoTime deadline) {
  if (servers.size() > hosts_max) servers.erase(servers.begin() + hosts_max, servers.end());
  std::vector<MailHost> hosts;
  std::optional<LookupFailure> trouble;
  std::string names;
  for (const auto& server : servers) {
    names += (names.empty() ? "" : ", ") + server.host;
    auto found = co_await addresses_of(resolver, server.host, server.port, deadline);
    if (found.endpoints.empty()) {
      if (found.trouble && !trouble) trouble = temporary(*found.trouble, server.host);
      continue;
    }
    hosts.push_back({server.host, server.preference, std::move(found.endpoints)});
  }
  if (!hosts.empty()) co_return hosts;
  if (trouble) co_return std::move(*trouble);
  co_return permanent("no-usable-mx", "5.4.4", fmt::format("no address for any of: {}", names));
}

}  // namespace

void throw_exception_from_error(const LookupFailure& failure, const boost::source_location&) {
  throw std::logic_error("value() of a failed look-up: " + failure.text);
}

awaitable<MailHosts> find_servers(Resolver& resolver, std::vector<Server> servers, unsigned turn,
                                  MonoTime deadline) {
  sort(servers);
  rotate_equals(servers, turn);
  auto finding = find_addresses(resolver, std::move(servers), deadline);
  co_return co_await std::move(finding);
}

awaitable<MailHosts> find_hosts(Resolver& resolver, host::Host& host, std::string domain,
                                MonoTime deadline) {
  if (domain.starts_with('[')) {
    const auto address = literal(domain);
    if (!address) co_return no_such_domain(domain);
    std::vector<MailHost> hosts;
    hosts.push_back({address->to_string(), 0, {{*address, smtp_port}}});
    co_return hosts;
  }
  const Answer answer = co_await resolver.lookup(domain, RecordType::mx, deadline);
  if (is_temporary(answer.status)) co_return temporary(answer.status, domain);
  if (answer.status != AnswerStatus::ok && answer.status != AnswerStatus::nodata) {
    co_return no_such_domain(domain);
  }
  if (answer.records.size() == 1 && answer.records[0].target.empty()) {
    co_return permanent("null-mx", "5.1.10", fmt::format("{} accepts no mail (null MX)", domain));
  }
  std::vector<Server> servers;
  for (const auto& record : answer.records) {
    if (!record.target.empty()) servers.push_back({record.target, smtp_port, record.preference});
  }
  // No MX records at all: the domain is its own host. Several, all of them the root: nothing
  // usable.
  if (answer.records.empty()) servers.push_back({domain, smtp_port, 0});
  shuffle(servers, host);
  sort(servers);
  auto finding = find_addresses(resolver, std::move(servers), deadline);
  co_return co_await std::move(finding);
}

}  // namespace sealgate::routing
