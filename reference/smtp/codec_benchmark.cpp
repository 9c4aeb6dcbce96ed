// What the SMTP codec costs: dots doubled and undone, replies parsed, and whole messages carried
// from a client session to a server session, without sockets.
//
//   cmake --preset release -DSEALCHECK_BENCHMARKS=ON && ninja -C build/release benchmarks
//   build/release/reference/smtp/codec_benchmark
// bytes_per_second is of content (of the wire for replies); allocations is the number of times that
// operator new is called for one message, both ends together.
#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "reference/smtp/client_session.hpp"
#include "reference/smtp/server_session.hpp"

namespace {

std::atomic<std::uint64_t> allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace {

using namespace sealgate::smtp;

// Lines of 76 octets as base64 makes them, one in forty begins with a dot.
std::string content_of(std::size_t octets) {
  std::string content = "Subject: benchmark\r\n\r\n";
  for (int line = 0; content.size() < octets; ++line)
    content += (line % 40 == 0 ? "." : "a") + std::string(75, 'x') + "\r\n";
  return content;
}

void encode_dots(benchmark::State& state) {
  const auto content = content_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    DotEncoder encoder;
    std::string wire;
    encoder.encode(content, wire);
    encoder.finish(wire);
    benchmark::DoNotOptimize(wire.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(content.size()));
}
BENCHMARK(encode_dots)->Arg(10'000)->Arg(1'000'000);

void parse_replies(benchmark::State& state) {
  const std::string wire =
      "250-mx.partner.test\r\n250-PIPELINING\r\n250-SIZE 50000000\r\n250-8BITMIME\r\n"
      "250 STARTTLS\r\n250 2.1.0 ok\r\n250 2.1.5 ok\r\n354 go ahead\r\n250 2.0.0 queued\r\n";
  ReplyParser parser;
  Reply reply;
  for (auto _ : state) {
    parser.receive(wire);
    while (parser.next(reply) == ReplyParser::Status::complete) benchmark::DoNotOptimize(reply);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(wire.size()));
}
BENCHMARK(parse_replies);

// Everything that one end says, handed to the other until both wait.
class Wire {
 public:
  Wire() : client_({.helo_name = "gw.test"}), server_({.hostname = "mx.test"}) {}

  void carry(OutgoingMessage message) {
    client_.begin(std::move(message));
    for (delivered_ = false; !delivered_;) {
      pull_server();
      pull_client();
    }
  }

 private:
  void pull_client() {
    for (;;) {
      auto action = client_.next();
      if (auto* send = std::get_if<ClientSession::Send>(&action)) {
        server_.receive(send->bytes);
        pull_server();
      } else if (auto* finished = std::get_if<ClientSession::Finished>(&action)) {
        delivered_ = true;
        if (finished->outcome.recipients[0].disposition != Disposition::delivered) std::abort();
        return;
      } else {
        return;
      }
    }
  }

  void pull_server() {
    for (;;) {
      auto action = server_.next();
      if (std::holds_alternative<ServerSession::NeedInput>(action)) return;
      if (auto* send = std::get_if<ServerSession::Send>(&action)) {
        client_.receive(send->bytes);
      } else if (std::holds_alternative<ServerSession::Close>(action)) {
        std::abort();
      } else {
        server_.answer(Reply(250, {2, 0, 0}, "ok"));
      }
    }
  }

  ClientSession client_;
  ServerSession server_;
  bool delivered_ = false;
};

void carry_messages(benchmark::State& state) {
  OutgoingMessage message;
  message.reverse_path = *parse_mailbox("alice@corp.test");
  message.recipients.push_back({*parse_mailbox("bob@partner.test")});
  message.content = content_of(static_cast<std::size_t>(state.range(0)));
  Wire wire;
  const auto before = allocations.load();
  for (auto _ : state) wire.carry(message);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(message.content.size()));
  state.counters["allocations"] =
      static_cast<double>(allocations.load() - before) / static_cast<double>(state.iterations());
}
BENCHMARK(carry_messages)->Arg(1'000)->Arg(10'000)->Arg(1'000'000);

}  // namespace

BENCHMARK_MAIN();
