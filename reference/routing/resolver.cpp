#include "reference/routing/resolver.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/this_coro.hpp>
#include <limits>
#include <utility>

#include "reference/host/io.hpp"

namespace sealgate::routing {
namespace {

using boost::asio::awaitable;
using host::MonoTime;

constexpr auto patience = std::chrono::seconds(2);
constexpr auto tcp_patience = std::chrono::seconds(5);
constexpr int rounds = 3;
constexpr int chain_steps_max = 8;

// RFC 1035 section 4.1.1.
constexpr std::uint8_t rcode_none = 0;
constexpr std::uint8_t rcode_nxdomain = 3;
constexpr std::uint8_t rcode_refused = 5;

std::uint16_t random_id(host::Host& host) {
  std::array<std::byte, 2> bytes{};
  host.fill_random(bytes);
  return static_cast<std::uint16_t>(std::to_integer<unsigned>(bytes[0]) << 8 |
                                    std::to_integer<unsigned>(bytes[1]));
}

host::Endpoint any_local_for(const host::Endpoint& server) {
  if (server.address.is_v6()) return {boost::asio::ip::address_v6::any(), 0};
  return {boost::asio::ip::address_v4::any(), 0};
}

Answer failure(AnswerStatus status) {
  return {status, {}, {}};
}

/// What a reply says about a name, once the CNAMEs that it holds have been followed.
struct ChainEnd {
  std::string name;
  std::vector<Record> records;  ///< of the type asked for, at `name`
  std::uint32_t ttl_s = std::numeric_limits<std::uint32_t>::max();
  int steps = 0;
};

/// Walks `reply` from `name`; gives up after `steps_left` CNAMEs, which a loop takes too.
ChainEnd follow(const Reply& reply, std::string name, RecordType type, int steps_left) {
  ChainEnd end{std::move(name), {}};
  for (;;) {
    const Record* alias = nullptr;
    for (const auto& record : reply.answers) {
      if (record.name != end.name) continue;
      if (record.type == type) end.records.push_back(record);
      if (record.type == RecordType::cname) alias = &record;
    }
    if (!end.records.empty() || alias == nullptr || end.steps > steps_left) break;
    end.name = alias->target;
    end.ttl_s = std::min(end.ttl_s, alias->ttl_s);
    ++end.steps;
  }
  for (const auto& record : end.records) end.ttl_s = std::min(end.ttl_s, record.ttl_s);
  return end;
}

}  // namespace

std::string_view to_word(AnswerStatus status) {
  switch (status) {
    case AnswerStatus::ok:
      return "ok";
    case AnswerStatus::nodata:
      return "nodata";
    case AnswerStatus::nxdomain:
      return "nxdomain";
    case AnswerStatus::invalid_name:
      return "invalid-name";
    case AnswerStatus::servfail:
      return "servfail";
    case AnswerStatus::refused:
      return "refused";
    case AnswerStatus::timeout:
      return "timeout";
    case AnswerStatus::truncated:
      return "truncated";
    case AnswerStatus::cname_loop:
      return "cname-loop";
  }
  return "unknown";
}

Resolver::Resolver(host::Host& host, std::vector<host::Endpoint> servers)
    : host_(host), servers_(std::move(servers)) {}

awaitable<Answer> Resolver::lookup(std::string name, RecordType type, MonoTime deadline) {
  const auto normal = normal_name(name);
  if (!normal) co_return failure(AnswerStatus::invalid_name);
  const Question question{*normal, type};
  if (auto remembered = cache_.find(question, host_.mono_now())) co_return *std::move(remembered);
  auto answer = co_await resolve(question, deadline);
  cache_.store(question, answer, host_.mono_now());
  co_return answer;
}

awaitable<Answer> Resolver::resolve(Question asked_for, MonoTime deadline) {
  const auto type = asked_for.type;
  std::optional<std::string> current = std::move(asked_for.name);
  auto chain_ttl_s = std::numeric_limits<std::uint32_t>::max();
  int steps_left = chain_steps_max;
  for (;;) {
    Question question{*current, type};
    const Asked asked = co_await ask(std::move(question), deadline);
    if (asked.failure != AnswerStatus::ok) co_return failure(asked.failure);
    auto end = follow(asked.reply, *current, type, steps_left);
    chain_ttl_s = std::min(chain_ttl_s, end.ttl_s);
    steps_left -= end.steps;
    if (steps_left < 0) co_return failure(AnswerStatus::cname_loop);
    if (!end.records.empty()) {
      co_return Answer{AnswerStatus::ok, std::move(end.records), std::chrono::seconds(chain_ttl_s)};
    }
    const auto absence_ttl =
        std::chrono::seconds(std::min(chain_ttl_s, asked.reply.negative_ttl_s.value_or(0)));
    // The code is about the end of the chain (RFC 6604 section 3).
    if (asked.reply.rcode == rcode_nxdomain) {
      co_return Answer{AnswerStatus::nxdomain, {}, absence_ttl};
    }
    // A chain without its end and without a word about it: the server leaves the rest to us.
    if (end.steps > 0 && !asked.reply.negative_ttl_s) {
      current = normal_name(end.name);
      if (!current) co_return failure(AnswerStatus::nodata);
      continue;
    }
    co_return Answer{AnswerStatus::nodata, {}, absence_ttl};
  }
}

awaitable<Resolver::Asked> Resolver::ask(Question question, MonoTime deadline) {
  auto verdict = AnswerStatus::timeout;
  auto servers = servers_;
  for (int round = 0; round < rounds; ++round) {
    for (auto server = servers.begin(); server != servers.end();) {
      const auto now = host_.mono_now();
      if (now >= deadline) co_return Asked{verdict, {}};
      const auto until = deadline - now > patience ? now + patience : deadline;
      auto reply = co_await exchange(*server, question, until);
      if (!reply) {
        ++server;
        continue;
      }
      if (reply->truncated) {
        const auto moment = host_.mono_now();
        const auto tcp_until = deadline - moment > tcp_patience ? moment + tcp_patience : deadline;
        reply = co_await exchange_over_tcp(*server, question, tcp_until);
        if (!reply || reply->truncated) {
          verdict = AnswerStatus::truncated;
          server = servers.erase(server);
          continue;
        }
      }
      if (reply->rcode == rcode_none || reply->rcode == rcode_nxdomain) {
        co_return Asked{AnswerStatus::ok, std::move(*reply)};
      }
      verdict = reply->rcode == rcode_refused ? AnswerStatus::refused : AnswerStatus::servfail;
      // It has spoken: asking again would only repeat it.
      server = servers.erase(server);
    }
  }
  co_return Asked{verdict, {}};
}

awaitable<host::Result<Reply>> Resolver::exchange(host::Endpoint server, Question question,
                                                  MonoTime deadline) {
  const auto executor = co_await boost::asio::this_coro::executor;
  const auto id = random_id(host_);
  const auto query = encode_query(id, question);
  if (!query) co_return make_error_code(boost::system::errc::invalid_argument);
  auto bound = host_.bind_datagram(any_local_for(server), executor);
  if (!bound) co_return bound.error();
  const auto socket = std::move(*bound);
  socket->send(server, *query);
  for (;;) {
    const auto datagram = co_await host::receive(host_, *socket, deadline);
    if (!datagram) co_return datagram.error();
    if (datagram->peer != server) continue;
    auto reply = decode_reply(datagram->payload, id, question);
    if (reply) co_return std::move(*reply);
  }
}

awaitable<host::Result<Reply>> Resolver::exchange_over_tcp(host::Endpoint server, Question question,
                                                           MonoTime deadline) {
  const auto id = random_id(host_);
  const auto query = encode_query(id, question);
  if (!query) co_return make_error_code(boost::system::errc::invalid_argument);
  auto connected = co_await host_.connect(server, deadline);
  if (!connected) co_return connected.error();
  const auto stream = std::move(*connected);
  // RFC 1035 section 4.2.2: two octets of length in front, both ways.
  const std::string framed = {static_cast<char>(query->size() >> 8),
                              static_cast<char>(query->size() & 0xff)};
  const std::string request = framed + *query;
  const auto write_error = co_await host::write_all(host_, *stream, request, deadline);
  if (write_error) co_return write_error;
  std::string received;
  const auto expected = [&]() -> std::size_t {
    if (received.size() < 2) return 2;
    return 2u + (static_cast<std::uint8_t>(received[0]) << 8) +
           static_cast<std::uint8_t>(received[1]);
  };
  while (received.size() < expected()) {
    const auto missing = expected() - received.size();
    const auto error = co_await host::read_some(host_, *stream, received, deadline, missing);
    if (error) co_return error;
  }
  auto reply = decode_reply(std::string_view(received).substr(2), id, question, tcp_bytes_max);
  if (reply) co_return std::move(*reply);
  co_return make_error_code(boost::system::errc::protocol_error);
}

}  // namespace sealgate::routing
