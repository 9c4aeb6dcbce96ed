// What a decision costs: a message of 10 kB and of 1 MB under 1, 100 and 1,000 rules, of phrases
// and of patterns. The aim: a thousand phrase rules cost at most three times one. The counter
// heap_kB_max is the most memory that a decision held beyond the message and the rules.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#include "reference/policy/engine.hpp"

namespace {

std::size_t heap_now = 0;
std::size_t heap_max = 0;

}  // namespace

void* operator new(std::size_t size) {
  void* at = std::malloc(size);
  if (!at) throw std::bad_alloc();
  heap_now += ::malloc_usable_size(at);
  heap_max = std::max(heap_max, heap_now);
  return at;
}
void operator delete(void* at) noexcept {
  if (at) heap_now -= ::malloc_usable_size(at);
  std::free(at);
}
void operator delete(void* at, std::size_t) noexcept {
  operator delete(at);
}

namespace {

using namespace sealgate::policy;

constexpr const char* words[] = {"the",   "figures", "of",      "this",    "quarter", "and",
                                 "offer", "meeting", "partner", "project", "price",   "with",
                                 "next",  "agenda",  "draft",   "review",  "on",      "thursday"};

/// Prose of the size asked for, half of it text and half HTML, as mail programs send it.
std::string message(std::size_t octets) {
  std::string prose;
  for (std::size_t i = 0; prose.size() < octets / 2; ++i) {
    prose += words[i * i % std::size(words)];
    prose += i % 12 == 11 ? ".\r\n" : " ";
  }
  return "Subject: figures\r\nContent-Type: multipart/alternative; boundary=B\r\n\r\n--B\r\n"
         "Content-Type: text/plain; charset=utf-8\r\n\r\n" +
         prose + "\r\n--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>" + prose +
         "</p>\r\n--B--\r\n";
}

PolicySet rules(std::size_t count, bool patterns) {
  PolicySet set;
  Policy policy;
  policy.name = "P";
  for (std::size_t i = 0; i < count; ++i) {
    Rule rule;
    rule.name = fmt::format("rule {}", i);
    rule.action = Action::encrypt;
    if (patterns) {
      rule.conditions = {PatternCondition{body_area, fmt::format("\\b{:04}-[0-9]{{4}}\\b", i)}};
    } else {
      rule.conditions = {PhraseCondition{
          body_area, {fmt::format("{} code {:04}", words[i % std::size(words)], i)}}};
    }
    policy.rules.push_back(std::move(rule));
  }
  set.policies = {std::move(policy)};
  return set;
}

void decide(benchmark::State& state, bool patterns) {
  const auto text = message(static_cast<std::size_t>(state.range(0)));
  const Engine engine(rules(static_cast<std::size_t>(state.range(1)), patterns));
  const Facts facts{Direction::outbound, "alice@corp.test", "bob@partner.test", {}};
  engine.examine(text);  // builds what is built lazily
  const std::size_t before = heap_now;
  heap_max = heap_now;
  for (auto _ : state) {
    benchmark::DoNotOptimize(engine.decide(engine.examine(text), facts));
  }
  state.counters["heap_kB_max"] = static_cast<double>(heap_max - before) / 1000;
  state.SetItemsProcessed(state.iterations());
}

void phrase_rules(benchmark::State& state) {
  decide(state, false);
}
void pattern_rules(benchmark::State& state) {
  decide(state, true);
}

BENCHMARK(phrase_rules)->ArgsProduct({{10'000, 1'000'000}, {1, 100, 1000}});
BENCHMARK(pattern_rules)->ArgsProduct({{10'000, 1'000'000}, {1, 100, 1000}});

}  // namespace

BENCHMARK_MAIN();
