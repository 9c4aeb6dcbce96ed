#include "sim/verdict/canary_search.hpp"

#include <map>

#include "sim/verdict/base64_runs.hpp"
#include "sim/verdict/decoded_view.hpp"

namespace sealcheck::verdict {
namespace {

constexpr int decodings_max = 2;

struct Decoder {
  std::optional<View> (*decode)(std::string_view);
  const char* name;
};

constexpr Decoder decoders[] = {
    {&decode_base64_runs, "base64-decoded"},
    {&decode_quoted_printable, "quoted-printable-decoded"},
    {&decode_header_text, "as header text (RFC 2047 decoded, unfolded)"},
};

struct Found {
  std::size_t offset;
  int decodings;
  std::string how;
};
using FoundByText = std::map<std::size_t, Found>;

void look(const PatternSet& patterns, std::string_view bytes, int decodings, const std::string& how,
          FoundByText& found) {
  patterns.scan(bytes, [&](std::size_t text, std::size_t begin) {
    found.try_emplace(text, Found{begin, decodings, how});
  });
  if (decodings == decodings_max) return;
  for (const Decoder& decoder : decoders) {
    const std::optional<View> view = decoder.decode(bytes);
    if (!view) continue;
    FoundByText inside;
    const std::string how_inside = how.empty() ? decoder.name : how + ", then " + decoder.name;
    look(patterns, view->text(), decodings + 1, how_inside, inside);
    for (auto& [text, what] : inside) {
      what.offset = view->source_of(what.offset);
      const auto [known, fresh] = found.try_emplace(text, what);
      if (!fresh && what.decodings < known->second.decodings) known->second = what;
    }
  }
}

}  // namespace

CanarySearch::CanarySearch(const std::vector<std::string>& texts) : patterns_(texts) {}

std::vector<Sighting> CanarySearch::find(std::string_view bytes) const {
  FoundByText found;
  look(patterns_, bytes, 0, "", found);
  std::vector<Sighting> sightings;
  for (const auto& [text, what] : found) sightings.push_back({text, what.offset, what.how});
  return sightings;
}

}  // namespace sealcheck::verdict
