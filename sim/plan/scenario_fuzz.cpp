// Any bytes as a scenario file: parser, formatter, checker, plan maker, linter and completion must
// neither die nor disagree. libFuzzer's entry; reference/host/fuzz_replay.cpp plays it in ordinary
// builds.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "reference/syntax/complete.hpp"
#include "reference/syntax/format.hpp"
#include "reference/syntax/parser.hpp"
#include "sim/dsl/known_names.hpp"
#include "sim/dsl/vocabulary.hpp"
#include "sim/plan/make_plans.hpp"

namespace {

using namespace sealcheck;

constexpr std::string_view catalogue_text =
    "chapter TLS-M \"t\" { requirement TLS-M-01 \"x\"; requirement TLS-M-04 \"y\" }\n";
constexpr std::string_view included =
    "gateway {\n    encryption { tls on }\n    policy \"C\" { when subject contains \"c\"; "
    "action encrypt; deployed }\n}\n";
constexpr std::string_view mail = "Subject: confidential\r\nMessage-ID: <a@b>\r\n\r\nbody\r\n";

void demand(bool condition) {
  if (!condition) std::abort();
}

bool same(const std::vector<syntax::Statement>& a, const std::vector<syntax::Statement>& b);

bool same(const syntax::Statement& a, const syntax::Statement& b) {
  if (a.tokens.size() != b.tokens.size() || a.block.has_value() != b.block.has_value())
    return false;
  for (std::size_t i = 0; i < a.tokens.size(); ++i)
    if (a.tokens[i].kind != b.tokens[i].kind || a.tokens[i].text != b.tokens[i].text) return false;
  return !a.block || same(a.block->statements, b.block->statements);
}

bool same(const std::vector<syntax::Statement>& a, const std::vector<syntax::Statement>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!same(a[i], b[i])) return false;
  return true;
}

// What fmt writes says the same, and fmt has nothing to add to it.
void check_formatting(const std::string& text) {
  syntax::Diagnostics diagnostics;
  const auto tree = syntax::parse("x.scn", text, diagnostics);
  if (diagnostics.has_errors()) {
    demand(!diagnostics.render().empty());
    return;
  }
  const auto formatted = syntax::format(tree);
  const auto again = syntax::parse("x.scn", formatted, diagnostics);
  demand(!diagnostics.has_errors());
  demand(same(tree.statements, again.statements));
  demand(syntax::format(again) == formatted);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check_formatting(text);
  const syntax::Reader reader = [&](const std::string& path) -> boost::system::result<std::string> {
    if (path == "x.scn") return text;
    if (path == "catalogue.req") return std::string(catalogue_text);
    if (path.ends_with(".inc")) return std::string(included);
    if (path.ends_with(".eml")) return std::string(mail);
    return make_error_code(boost::system::errc::no_such_file_or_directory);
  };
  syntax::Diagnostics diagnostics;
  syntax::Diagnostics warnings;
  const auto catalogue = plan::Catalogue::load("catalogue.req", reader, diagnostics);
  const auto plans = plan::make_plans("x.scn", reader, catalogue, diagnostics, &warnings);
  demand(!plans.empty() || !diagnostics.empty());  // who gets no plan is told why
  // Somewhere in the text, but the same place for the same text.
  const auto place = size == 0 ? 0 : (size * 7919 + data[size / 2]) % (size + 1);
  const dsl::KnownNames names(text);
  syntax::complete(dsl::scenario_vocabulary(), {"file", "scenario"}, text, place,
                   [&](std::string_view argument) { return names.for_argument(argument); });
  demand(diagnostics.empty() || !diagnostics.render().empty());
  return 0;
}
