#include "sim/verdict/canary_search.hpp"

#include <map>

#include "sim/verdict/base64_runs.hpp"
#include "sim/verdict/decoded_view.hpp"

namespace sealcheck::verdict {
namespace {

constexpr int decodings_max = 2;

// Decodes what may hold a text of that many bytes: no decoding makes its source longer.
struct Decoder {
  std::optional<View> (*decode)(std::string_view, std::size_t shortest);
  const char* name;
};

constexpr Decoder decoders[] = {
    {[](std::string_view source, std::size_t shortest) {
       return decode_base64_runs(source, shortest + shortest / 3);
     },
     "base64-decoded"},
    {[](std::string_view source, std::size_t) { return decode_quoted_printable(source); },
     "quoted-printable-decoded"},
    {[](std::string_view source, std::size_t) { return decode_header_text(source); },
     "as header text (RFC 2047 decoded, unfolded)"},
};

struct Found {
  std::size_t offset;
  int decodings;
  std::string how;
};
using FoundByText = std::map<std::size_t, Found>;

void look(const PatternSet& patterns, std::string_view bytes, int decodings, const std::string& how,
          FoundByText& found) {
  if (bytes.size() < patterns.shortest()) return;
  patterns.scan(bytes, [&](std::size_t text, std::size_t begin) {
    found.try_emplace(text, Found{begin, decodings, how});
  });
  if (decodings == decodings_max) return;
  for (const Decoder& decoder : decoders) {
    const std::optional<View> view = decoder.decode(bytes, patterns.shortest());
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
