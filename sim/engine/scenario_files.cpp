#include "sim/engine/scenario_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include "sim/plan/scenario_file.hpp"

namespace sealcheck::engine {
namespace {

namespace fs = std::filesystem;

// Reads names as the diagnostics show them: relative to the root, or absolute.
syntax::Reader reader_below(const fs::path& root) {
  return [root](const std::string& name) -> boost::system::result<std::string> {
    std::ifstream file(root / name, std::ios::binary);
    if (!file) return make_error_code(boost::system::errc::no_such_file_or_directory);
    std::ostringstream content;
    content << file.rdbuf();
    return std::move(content).str();
  };
}

std::string name_below(const fs::path& root, const fs::path& path) {
  const fs::path relative = path.lexically_normal().lexically_relative(root.lexically_normal());
  const bool outside = relative.empty() || *relative.begin() == "..";
  return outside ? path.lexically_normal().string() : relative.string();
}

struct Selection {
  std::set<std::string> files;
  std::map<std::string, std::set<std::string>> rows;  // file → wanted ids; absent: all
};

void select(Selection& selection, const fs::path& root, const std::string& given,
            std::vector<std::string>& diagnostics) {
  const std::size_t hash = given.rfind('#');
  const std::string file_part = given.substr(0, hash);
  const fs::path path = fs::absolute(fs::path(file_part).is_relative() && !fs::exists(file_part)
                                         ? root / file_part
                                         : fs::path(file_part));
  if (fs::is_directory(path)) {
    const std::size_t before = selection.files.size();
    for (const auto& entry : fs::recursive_directory_iterator(path))
      if (entry.path().extension() == ".scn")
        selection.files.insert(name_below(root, entry.path()));
    if (selection.files.size() == before)
      diagnostics.push_back(fmt::format("error: no scenario (*.scn) below {}", given));
  } else if (fs::exists(path)) {
    const std::string name = name_below(root, path);
    selection.files.insert(name);
    if (hash != std::string::npos) selection.rows[name].insert(name + given.substr(hash));
  } else {
    diagnostics.push_back(fmt::format("error: there is no file or folder {}", given));
  }
}

}  // namespace

LoadedScenarios load_scenarios(const std::string& root_name, const std::vector<std::string>& paths,
                               bool lint) {
  LoadedScenarios loaded;
  const fs::path root = fs::absolute(root_name);
  Selection selection;
  if (paths.empty()) select(selection, root, (root / "scenarios").string(), loaded.diagnostics);
  for (const std::string& path : paths) select(selection, root, path, loaded.diagnostics);

  const syntax::Reader reader = reader_below(root);
  syntax::Diagnostics catalogue_diagnostics;
  const auto catalogue = std::make_shared<const plan::Catalogue>(
      plan::Catalogue::load("docs/requirements/catalogue.req", reader, catalogue_diagnostics));
  if (!catalogue_diagnostics.empty()) loaded.diagnostics.push_back(catalogue_diagnostics.render());
  for (const std::string& file : selection.files) {
    syntax::Diagnostics diagnostics;
    syntax::Diagnostics warnings;
    const auto scenarios = std::make_shared<const plan::ScenarioFile>(
        file, reader, *catalogue, diagnostics, lint ? &warnings : nullptr);
    if (!warnings.empty()) loaded.warnings.push_back(warnings.render());
    if (!diagnostics.empty()) loaded.diagnostics.push_back(diagnostics.render());
    const auto rows = selection.rows.find(file);
    std::size_t kept = 0;
    for (std::size_t number = 0; number < scenarios->entries().size(); ++number) {
      const auto& entry = scenarios->entries()[number];
      if (rows != selection.rows.end() && !rows->second.contains(entry.id)) continue;
      ++kept;
      loaded.runs.push_back({entry.id, entry.timed,
                             [scenarios, catalogue, number] { return scenarios->make(number); }});
    }
    if (kept == 0 && diagnostics.empty())
      loaded.diagnostics.push_back(fmt::format("error: {} has no such row", file));
  }
  return loaded;
}

void keep_only(const std::string& file_name, std::vector<PlannedRun>& runs) {
  std::ifstream file(file_name);
  if (!file) throw std::runtime_error("cannot read " + file_name);
  std::set<std::string> ids;
  for (std::string line; std::getline(file, line);) ids.insert(line);
  std::erase_if(runs, [&](const PlannedRun& run) { return !ids.contains(run.id); });
}

}  // namespace sealcheck::engine
