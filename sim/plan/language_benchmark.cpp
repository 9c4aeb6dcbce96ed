// How fast scenario files are parsed, checked and made into plans, in bytes of text a second.
#include <benchmark/benchmark.h>

#include "reference/syntax/check.hpp"
#include "reference/syntax/parser.hpp"
#include "sim/dsl/vocabulary.hpp"

namespace {

using namespace sealcheck;

// A scenario of some 4 MB: many messages, each with what is expected of it.
const std::string& text() {
  static const std::string made = [] {
    std::string out =
        "scenario \"Long\" {\n    mx mx.partner.test for partner.test\n"
        "    gateway { encryption { tls on } }\n";
    for (int i = 0; out.size() < 4'000'000; ++i) {
      const auto m = "m" + std::to_string(i);
      out +=
          "    send " + m + " from alice@corp.test to bob@partner.test { subject \"one more\" }\n";
      out += "    expect mx.partner.test receives " + m + " over tls within 5m after send\n\n";
    }
    return out + "}\n";
  }();
  return made;
}

void count_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text().size()));
}

void parse(benchmark::State& state) {
  for (auto _ : state) {
    syntax::Diagnostics diagnostics;
    benchmark::DoNotOptimize(syntax::parse("x.scn", text(), diagnostics));
  }
  count_bytes(state);
}
BENCHMARK(parse)->Unit(benchmark::kMillisecond);

void parse_and_check(benchmark::State& state) {
  for (auto _ : state) {
    syntax::Diagnostics diagnostics;
    const auto tree = syntax::parse("x.scn", text(), diagnostics);
    benchmark::DoNotOptimize(syntax::check(dsl::scenario_vocabulary(), "file", tree, diagnostics));
    if (diagnostics.has_errors()) state.SkipWithError("the text is broken");
  }
  count_bytes(state);
}
BENCHMARK(parse_and_check)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
