// Every example of the manual becomes a plan: put into a block of its kind, in a small scenario.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <map>

#include "reference/syntax/format.hpp"
#include "reference/syntax/parser.hpp"
#include "sim/dsl/vocabulary.hpp"
#include "sim/plan/make_plans.hpp"

namespace {

using namespace sealcheck;

// What examples may speak of. A line gives way to an example that is such a statement itself.
const std::vector<std::pair<std::string, std::string>> world = {
    {"mx", "mx mx.partner.test for partner.test other.test"},
    {"cloud", "cloud in.hybrid.test"},
    {"mx mail.corp.test", "mx mail.corp.test for corp.test"},
    {"phase", "phase repaired of mx.partner.test { starttls works }"},
    {"encryption-server", "encryption-server es.corp.test { certificate for bob@partner.test }"},
    {"gateway",
     "gateway { route \"Servers\" for sealed.test { server es.corp.test:25 }; policy "
     "\"Confidential\" "
     "{ when subject contains \"c\"; action encrypt; deployed } }"},
    {"certificate", "certificate \"gw.pfx\" for gw.corp.test"},
    {"key", "key \"gw.key\" under password \"abc123\""},
    {"send", "send m1 from alice@corp.test to bob@partner.test"},
    {"message", "send m2 from alice@corp.test to bob@partner.test"},
    {"change", "change mx.partner.test { starttls works }"},
    {"crash", "crash gateway by kill"},
    {"restart", "restart gateway"},
};

struct Home {
  const syntax::Section* section = nullptr;
  const syntax::Declaration* opener = nullptr;  // whose block is of this section
};

// The section's opener nearest to a scenario.
std::map<std::string, Home> homes() {
  std::map<std::string, Home> found;
  for (const auto& section : dsl::scenario_vocabulary().sections())
    for (const auto& declaration : section->declarations()) {
      const auto inner = syntax::parse_pattern(declaration.pattern).section;
      if (!inner.empty() && !declaration.example.empty())
        found.try_emplace(inner, Home{section.get(), &declaration});
    }
  return found;
}

std::string required_beside(const syntax::Section& section, const syntax::Declaration& example) {
  std::string out;
  for (const auto& other : section.declarations())
    if (other.required && other.id != example.id) out += other.example + "\n";
  return out;
}

// The example in as many blocks as lead to a scenario's top level.
std::string wrapped(const std::map<std::string, Home>& homes, const syntax::Section& section,
                    const syntax::Declaration& declaration) {
  auto text = declaration.example + "\n" + required_beside(section, declaration);
  auto name = section.name();
  while (name != "scenario" && name != "file") {
    const auto& home = homes.at(name);
    syntax::Diagnostics ignored;
    auto statement = syntax::parse("opener", home.opener->example, ignored).statements.at(0);
    statement.block.reset();
    auto head = syntax::format(statement);
    head.pop_back();
    text =
        fmt::format("{} {{\n{}\n}}\n{}", head, text, required_beside(*home.section, *home.opener));
    name = home.section->name();
  }
  return text;
}

std::string in_a_scenario(const std::string& text) {
  std::string out = "scenario \"x\" {\n";
  for (const auto& [word, line] : world)
    if (!text.starts_with(word + " ") && !(word == "restart" && text.starts_with("crash ")))
      out += line + "\n";
  if (text.starts_with("rows "))
    out +=
        "phase rowed of mx.partner.test { starttls $way }\n"
        "send m3 from alice@corp.test to bob@partner.test { subject \"$reason\" }\n";
  return out + text + "}\n";
}

std::string problems(const std::string& text) {
  const syntax::Reader reader = [&](const std::string& path) -> boost::system::result<std::string> {
    if (path == "s/x.scn") return text;
    if (path.ends_with(".eml")) return std::string("Subject: x\r\n\r\nbody\r\n");
    return std::string(
        "chapter TLS-M \"t\" { requirement TLS-M-02 \"x\"; requirement TLS-M-03 \"y\" }\n");
  };
  syntax::Diagnostics diagnostics;
  const auto catalogue = plan::Catalogue::load("catalogue.req", reader, diagnostics);
  const auto plans = plan::make_plans("s/x.scn", reader, catalogue, diagnostics);
  return plans.empty() && diagnostics.empty() ? "no plan" : diagnostics.render();
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_statement_has_an_example_and_every_example_makes_a_plan) {
  const auto known = homes();
  for (const auto& section : dsl::scenario_vocabulary().sections())
    for (const auto& declaration : section->declarations()) {
      BOOST_TEST_CONTEXT(section->name() << "/" << declaration.id << ": " << declaration.example) {
        BOOST_TEST(!declaration.example.empty());
        if (section->name() == "file" || section->name() == "rows") continue;
        if (!declaration.from.empty()) continue;  // its own section's concern
        BOOST_TEST(problems(in_a_scenario(wrapped(known, *section, declaration))) == "");
      }
    }
}
