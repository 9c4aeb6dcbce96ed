#include "fakes/cloud/envelope_reader.hpp"

#include <fmt/format.h>

#include <string>

#include "fakes/cloud/mime_part.hpp"

namespace fakes {
namespace {

/// Of <input type="hidden" name="NAME" value="VALUE">.
std::string_view hidden_value(std::string_view page, std::string_view name) {
  constexpr std::string_view value_mark = "value=\"";
  const std::size_t field = page.find(fmt::format("<input type=\"hidden\" name=\"{}\"", name));
  const std::size_t begin = page.find(value_mark, field);
  if (field == page.npos || begin == page.npos || begin > page.find('>', field)) return {};
  const std::string_view rest = page.substr(begin + value_mark.size());
  return rest.substr(0, rest.find('"'));
}

}  // namespace

std::optional<EnvelopeContent> envelope_in(std::string_view message) {
  std::optional<EnvelopeContent> found;
  const MimePart whole = read_part(message);
  if (whole.boundary.empty()) return found;
  for_each_part(whole.body, whole.boundary, [&](std::string_view entity) {
    const MimePart part = read_part(entity);
    if (part.type != "text/html") return true;
    const std::string page = decode(part);
    const auto field = [&](std::string_view name) { return hidden_value(page, name); };
    if (field("wrapped-key").empty()) return true;
    found = read_envelope(field).value_or(EnvelopeContent{});
    return false;
  });
  return found;
}

}  // namespace fakes
