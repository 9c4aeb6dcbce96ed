#include "fakes/dns/resolver.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "fakes/dns/ldns_handle.hpp"
#include "reference/host/io.hpp"

namespace fakes {

namespace asio = boost::asio;

namespace {

constexpr host::Duration patience = std::chrono::seconds(3);
constexpr int rounds = 3;
constexpr std::uint16_t edns_bytes = 1232;

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return text;
}

std::string without_dot(std::string name) {
  if (name.size() > 1 && name.ends_with('.')) name.pop_back();
  return name;
}

struct Query {
  std::uint16_t id = 0;
  LdnsPacket packet;
  std::string bytes;  ///< empty: the name is none
};

Query make_query(host::Host& host, const std::string& name, ldns_rr_type type) {
  std::array<std::byte, 2> random{};
  host.fill_random(random);
  Query query;
  query.id = static_cast<std::uint16_t>(std::to_integer<unsigned>(random[0]) << 8 |
                                        std::to_integer<unsigned>(random[1]));
  ldns_rdf* owner = ldns_dname_new_frm_str(name.c_str());
  if (!owner) return query;
  query.packet.reset(ldns_pkt_query_new(owner, type, LDNS_RR_CLASS_IN, LDNS_RD));
  if (!query.packet) return query;
  ldns_pkt_set_id(query.packet.get(), query.id);
  ldns_pkt_set_edns_udp_size(query.packet.get(), edns_bytes);
  std::uint8_t* wire = nullptr;
  std::size_t size = 0;
  if (ldns_pkt2wire(&wire, query.packet.get(), &size) == LDNS_STATUS_OK)
    query.bytes.assign(reinterpret_cast<const char*>(wire), size);
  std::free(wire);
  return query;
}

bool same_question(const ldns_pkt* one, const ldns_pkt* other) {
  const ldns_rr_list* a = ldns_pkt_question(one);
  const ldns_rr_list* b = ldns_pkt_question(other);
  if (ldns_rr_list_rr_count(a) != 1 || ldns_rr_list_rr_count(b) != 1) return false;
  const ldns_rr* x = ldns_rr_list_rr(a, 0);
  const ldns_rr* y = ldns_rr_list_rr(b, 0);
  return ldns_rr_get_type(x) == ldns_rr_get_type(y) &&
         ldns_dname_compare(ldns_rr_owner(x), ldns_rr_owner(y)) == 0;
}

std::string value_of(const ldns_rr* record) {
  std::string text;
  for (std::size_t i = 0; i < ldns_rr_rd_count(record); ++i)
    text += (i == 0 ? "" : " ") + without_dot(lower(ldns_text(ldns_rr_rdf(record, i))));
  return text;
}

enum class Reading { not_ours, unusable, answer };

Reading read_answer(const Query& query, ldns_rr_type type, const std::string& bytes,
                    DnsAnswer& answer) {
  ldns_pkt* raw = nullptr;
  const auto* octets = reinterpret_cast<const std::uint8_t*>(bytes.data());
  if (ldns_wire2pkt(&raw, octets, bytes.size()) != LDNS_STATUS_OK) return Reading::not_ours;
  const LdnsPacket packet(raw);
  if (ldns_pkt_id(raw) != query.id || !ldns_pkt_qr(raw) || !same_question(raw, query.packet.get()))
    return Reading::not_ours;
  const ldns_pkt_rcode code = ldns_pkt_get_rcode(raw);
  if (ldns_pkt_tc(raw) || (code != LDNS_RCODE_NOERROR && code != LDNS_RCODE_NXDOMAIN))
    return Reading::unusable;
  answer.no_such_name = code == LDNS_RCODE_NXDOMAIN;
  const ldns_rr_list* records = ldns_pkt_answer(raw);
  for (std::size_t i = 0; i < ldns_rr_list_rr_count(records); ++i) {
    const ldns_rr* record = ldns_rr_list_rr(records, i);
    if (ldns_rr_get_type(record) == type) answer.values.push_back(value_of(record));
  }
  std::sort(answer.values.begin(), answer.values.end());
  return Reading::answer;
}

}  // namespace

asio::awaitable<std::optional<DnsAnswer>> Resolver::ask(std::string name, std::string type) {
  for (int round = 0; round < rounds; ++round) {
    for (const host::Endpoint& server : servers_) {
      auto work = ask_one(server, name, type);
      std::optional<DnsAnswer> answer = co_await std::move(work);
      if (answer) co_return answer;
    }
  }
  co_return std::nullopt;
}

asio::awaitable<std::optional<DnsAnswer>> Resolver::ask_one(host::Endpoint server, std::string name,
                                                            std::string type) {
  const ldns_rr_type wanted = ldns_get_rr_type_by_name(type.c_str());
  const Query query = make_query(host_, name, wanted);
  const host::Address any = server.address.is_v4() ? host::Address(asio::ip::address_v4::any())
                                                   : host::Address(asio::ip::address_v6::any());
  auto socket = host_.bind_datagram({any, 0}, host_.session_executor());
  if (query.bytes.empty() || !socket) co_return std::nullopt;
  (*socket)->send(server, query.bytes);
  const host::MonoTime deadline = host_.mono_now() + patience;
  for (;;) {
    host::Result<host::Datagram> datagram = co_await host::receive(host_, **socket, deadline);
    if (!datagram) co_return std::nullopt;
    if (!(datagram->peer == server)) continue;
    DnsAnswer answer;
    const Reading reading = read_answer(query, wanted, datagram->payload, answer);
    if (reading == Reading::answer) co_return answer;
    if (reading == Reading::unusable) co_return std::nullopt;
  }
}

asio::awaitable<std::optional<std::vector<std::string>>> Resolver::mail_hosts(std::string domain) {
  auto work = ask(domain, "MX");
  const std::optional<DnsAnswer> answer = co_await std::move(work);
  if (!answer) co_return std::nullopt;
  std::vector<std::pair<int, std::string>> ordered;
  for (const std::string& value : answer->values) {
    const std::size_t gap = std::min(value.find(' '), value.size());
    int preference = 0;
    std::from_chars(value.data(), value.data() + gap, preference);
    ordered.emplace_back(preference, value.substr(std::min(gap + 1, value.size())));
  }
  std::sort(ordered.begin(), ordered.end());
  std::vector<std::string> hosts;
  for (auto& [preference, host] : ordered)
    if (host != ".") hosts.push_back(std::move(host));
  if (ordered.empty() && !answer->no_such_name) hosts.push_back(std::move(domain));
  co_return hosts;
}

std::string reverse_name(const host::Address& address) {
  const std::string text = address.to_string();
  const LdnsField field(
      ldns_rdf_new_frm_str(address.is_v4() ? LDNS_RDF_TYPE_A : LDNS_RDF_TYPE_AAAA, text.c_str()));
  const LdnsField reversed(field ? ldns_rdf_address_reverse(field.get()) : nullptr);
  return reversed ? without_dot(ldns_text(reversed.get())) : "";
}

}  // namespace fakes
