// sealcheck-language: the tools of the scenario language. People use it through ./sealcheck.
//
//   sealcheck-language fmt [--check] PATH…        rewrites files in place; - formats stdin
//   sealcheck-language complete ROOT FILE LINE COLUMN   JSON; - reads the text from stdin
//   sealcheck-language manual ROOT                the generated part of the manual
//   sealcheck-language grammar                    the TextMate grammar
// Exit codes: 0 done, 1 --check found a file that is not formatted, 2 usage or a broken file,
// 3 a file that cannot be written.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "reference/syntax/complete.hpp"
#include "reference/syntax/format.hpp"
#include "reference/syntax/manual.hpp"
#include "reference/syntax/parser.hpp"
#include "reference/syntax/textmate.hpp"
#include "reference/syntax/values.hpp"
#include "sim/dsl/known_names.hpp"
#include "sim/dsl/vocabulary.hpp"
#include "sim/plan/catalogue.hpp"

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace sealcheck;

enum ExitCode { done = 0, not_formatted = 1, usage_or_file = 2, cannot_write = 3 };

struct Failure {
  int code = usage_or_file;
  std::string text;
};

std::string all_of(std::istream& stream) {
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string content_of(const std::string& path) {
  if (path == "-") return all_of(std::cin);
  std::ifstream file(path, std::ios::binary);
  if (!file || fs::is_directory(path)) throw Failure{usage_or_file, "cannot read " + path};
  return all_of(file);
}

std::vector<std::string> files_at(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const auto& path : paths) {
    if (path == "-" || !fs::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      const auto kind = entry.path().extension();
      if (entry.is_regular_file() && (kind == ".scn" || kind == ".inc" || kind == ".req"))
        files.push_back(entry.path().string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

// A reader sees the old file or the new one, whatever happens in between.
void replace(const fs::path& path, const std::string& text) {
  const fs::path real = fs::canonical(path);
  const fs::path fresh = real.string() + ".fmt-new";
  std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  std::error_code error;
  if (file) fs::permissions(fresh, fs::status(real).permissions(), error);
  if (file && !error) fs::rename(fresh, real, error);
  if (!file || error) {
    std::error_code ignored;
    fs::remove(fresh, ignored);
    throw Failure{cannot_write, "cannot write " + path.string()};
  }
}

int format_files(std::vector<std::string> words) {
  const bool check = std::erase(words, "--check") > 0;
  if (words.empty()) throw Failure{usage_or_file, "fmt: which files?"};
  int code = done;
  for (const auto& path : files_at(words)) {
    const auto text = content_of(path);
    syntax::Diagnostics diagnostics;
    const auto formatted = syntax::format(syntax::parse(path, text, diagnostics));
    if (diagnostics.has_errors()) {
      std::cout << diagnostics.render();
      code = std::max<int>(code, usage_or_file);
    } else if (check && formatted != text) {
      std::cout << path << " is not formatted\n";
      code = std::max<int>(code, not_formatted);
    } else if (path == "-") {
      if (!check) std::cout << formatted;
    } else if (!check && formatted != text) {
      replace(path, formatted);
      std::cout << path << " formatted\n";
    }
  }
  return code;
}

std::string text_below(const std::string& root, const std::string& name) {
  std::ifstream file(fs::path(root) / name, std::ios::binary);
  return all_of(file);
}

std::vector<std::string> requirement_ids(const std::string& root) {
  const syntax::Reader reader = [&](const std::string& name) { return text_below(root, name); };
  syntax::Diagnostics ignored;
  std::vector<std::string> ids;
  const auto catalogue = plan::Catalogue::load("docs/requirements/catalogue.req", reader, ignored);
  for (const auto& entry : catalogue.texts()) ids.push_back(entry.first);
  return ids;
}

std::size_t offset_of(const syntax::SourceFile& file, std::int64_t line, std::int64_t column) {
  if (line < 1 || column < 1) throw Failure{usage_or_file, "lines and columns count from 1"};
  const auto number = static_cast<std::size_t>(line);
  const auto text = file.line(number);
  std::size_t at = 0;
  for (; column > 1 && at < text.size(); --column)
    at += std::max<std::size_t>(syntax::utf8_length(text, at), 1);
  return file.line_start(number) + at;
}

int complete(const std::vector<std::string>& words) {
  const auto line = words.size() == 4 ? syntax::parse_integer(words[2]) : std::nullopt;
  const auto column = words.size() == 4 ? syntax::parse_integer(words[3]) : std::nullopt;
  if (!line || !column) throw Failure{usage_or_file, "complete takes ROOT FILE LINE COLUMN"};
  const syntax::SourceFile file(words[1], content_of(words[1]));
  const dsl::KnownNames known(file.text());
  const auto names = [&](std::string_view argument) {
    return argument == "requirement" ? requirement_ids(words[0]) : known.for_argument(argument);
  };
  const auto found = syntax::complete(dsl::scenario_vocabulary(), {"file", "scenario", "gateway"},
                                      file.text(), offset_of(file, *line, *column), names);
  static constexpr const char* kinds[] = {"statement", "word", "name"};
  json::array items;
  for (const auto& item : found.items)
    items.push_back({{"text", item.text},
                     {"kind", kinds[static_cast<std::size_t>(item.kind)]},
                     {"detail", item.detail},
                     {"doc", item.doc}});
  json::array values(found.values.begin(), found.values.end());
  std::cout << json::serialize(json::object{{"section", found.section},
                                            {"prefix", found.prefix},
                                            {"items", std::move(items)},
                                            {"values", std::move(values)}})
            << '\n';
  return done;
}

int manual(const std::vector<std::string>& words) {
  if (words.size() != 1) throw Failure{usage_or_file, "manual takes ROOT"};
  std::cout << "# The statements\n\n"
               "Generated from the vocabulary by `./sealcheck manual --write`; start with "
               "[the language](language.md).\nIn a form, `<x>` is a value, `[x]` may be left out, "
               "`(a | b)` is one of them, `...` means several, and\n`{ ... }` is a block.\n\n"
            << syntax::manual(dsl::scenario_vocabulary());
  const fs::path folder = fs::path(words[0]) / "scenarios/manual";
  std::cout << "\n## Worked examples\n\nThe suite runs each of them (`scenarios/manual`).\n";
  if (!fs::is_directory(folder)) return done;
  for (const auto& path : files_at({folder.string()}))
    std::cout << "\n### " << fs::path(path).filename().string() << "\n\n```\n"
              << content_of(path) << "```\n";
  return done;
}

int perform(const std::string& command, const std::vector<std::string>& words) {
  if (command == "fmt") return format_files(words);
  if (command == "complete") return complete(words);
  if (command == "manual") return manual(words);
  if (command != "grammar") throw Failure{usage_or_file, "fmt, complete, manual or grammar"};
  std::cout << syntax::textmate_grammar(dsl::scenario_vocabulary(),
                                        {"Sealcheck scenario", "source.sealcheck", {"scn", "inc"}});
  return done;
}

}  // namespace

int main(int count, char** values) try {
  const std::vector<std::string> words(values + std::min(count, 2), values + count);
  return perform(count > 1 ? values[1] : "", words);
} catch (const Failure& failure) {
  std::cerr << "sealcheck: " << failure.text << '\n';
  return failure.code;
} catch (const std::exception& error) {
  std::cerr << "sealcheck: " << error.what() << '\n';
  return cannot_write;
}
