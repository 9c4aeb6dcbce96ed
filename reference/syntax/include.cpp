#include "reference/syntax/include.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "reference/syntax/lexer.hpp"

namespace syntax {
namespace {

std::size_t depth_of(const std::vector<Statement>& statements) {
  std::size_t deepest = 0;
  for (const auto& statement : statements) {
    if (statement.block) deepest = std::max(deepest, 1 + depth_of(statement.block->statements));
  }
  return deepest;
}

// A file whose own includes are already in place.
struct Expanded {
  std::vector<Statement> statements;
  std::size_t bytes = 0;  // of text, counted as often as it is included
  std::size_t depth = 0;
};

class Loader {
 public:
  Loader(const Reader& reader, Diagnostics& diagnostics, const Limits& limits)
      : reader_(reader), diagnostics_(diagnostics), limits_(limits) {}

  Tree load_root(const std::string& path) {
    auto content = reader_(path);
    if (!content) {
      diagnostics_.error({}, fmt::format("cannot read '{}': {}", path, content.error().message()));
      Tree tree;
      tree.source = std::make_shared<SourceFile>(path, std::string());
      return tree;
    }
    auto tree = parse(path, std::move(*content), diagnostics_, limits_);
    bytes_ = tree.source->text().size();
    chain_.push_back(path);
    expand(tree.statements, 0);
    tree.included = std::move(sources_);
    return tree;
  }

 private:
  void expand(std::vector<Statement>& statements, std::size_t depth) {
    const auto is_include = [](const Statement& s) { return s.starts_with("include"); };
    const bool any = std::any_of(statements.begin(), statements.end(), is_include);
    std::vector<Statement> out;
    for (auto& statement : statements) {
      if (is_include(statement)) {
        include(statement, depth, out);
        continue;
      }
      if (statement.block) expand(statement.block->statements, depth + 1);
      if (any) out.push_back(std::move(statement));
    }
    if (any) statements = std::move(out);
  }

  void include(const Statement& statement, std::size_t depth, std::vector<Statement>& out) {
    if (statement.tokens.size() != 2 || !statement.tokens[1].is_string() || statement.block) {
      diagnostics_.error(statement.span(), "include takes one quoted path and nothing else",
                         "include \"relative/path\"");
      return;
    }
    const auto& place = statement.tokens[1].span;
    const auto path = resolve(chain_.back(), statement.tokens[1].text);
    const auto* file = expanded(path, place);
    if (!file) return;
    if (depth + file->depth > limits_.depth) {
      diagnostics_.error(place, fmt::format("with '{}' in it, blocks are nested more than {} deep",
                                            path, limits_.depth));
      return;
    }
    // Files that include others twice, over a few levels, would grow without bound.
    bytes_ += file->bytes;
    if (bytes_ > limits_.file_bytes) {
      if (!std::exchange(too_large_, true)) {
        diagnostics_.error(place,
                           fmt::format("with its includes the file has more than the {} bytes "
                                       "that are allowed",
                                       limits_.file_bytes));
      }
      return;
    }
    out.insert(out.end(), file->statements.begin(), file->statements.end());
  }

  // Null when it cannot be had, which is reported at the first place that asks for it.
  const Expanded* expanded(const std::string& path, const Span& place) {
    if (const auto at = std::find(chain_.begin(), chain_.end(), path); at != chain_.end()) {
      diagnostics_.error(
          place, fmt::format("include loop: {} -> {}", fmt::join(at, chain_.end(), " -> "), path));
      return nullptr;
    }
    if (const auto known = files_.find(path); known != files_.end()) return &known->second;
    if (chain_.size() > limits_.include_depth) {
      diagnostics_.error(
          place, fmt::format("files include each other more than {} deep", limits_.include_depth));
      return nullptr;
    }
    if (opened_ >= limits_.include_count) {
      diagnostics_.error(place,
                         fmt::format("more than {} files are included", limits_.include_count));
      return nullptr;
    }
    ++opened_;
    Expanded file;
    if (auto content = reader_(path)) {
      const auto before = bytes_;
      auto tree = parse(path, std::move(*content), diagnostics_, limits_);
      sources_.push_back(tree.source);
      bytes_ = 0;
      chain_.push_back(path);
      expand(tree.statements, 0);
      chain_.pop_back();
      file.bytes = std::exchange(bytes_, before) + tree.source->text().size();
      file.depth = depth_of(tree.statements);
      file.statements = std::move(tree.statements);
    } else {
      diagnostics_.error(place,
                         fmt::format("cannot read '{}': {}", path, content.error().message()));
    }
    return &(files_[path] = std::move(file));
  }

  const Reader& reader_;
  Diagnostics& diagnostics_;
  const Limits& limits_;
  std::vector<std::string> chain_;  // of the files that are being expanded
  std::map<std::string, Expanded> files_;
  std::vector<std::shared_ptr<const SourceFile>> sources_;
  std::size_t bytes_ = 0;  // expanded so far into the file at hand
  std::size_t opened_ = 0;
  bool too_large_ = false;
};

}  // namespace

Tree load(const std::string& path, const Reader& reader, Diagnostics& diagnostics,
          const Limits& limits) {
  return Loader(reader, diagnostics, limits).load_root(path);
}

std::string resolve(std::string_view base, std::string_view path) {
  const bool absolute = path.starts_with('/');
  const auto folder_end = base.rfind('/');
  std::string joined;
  if (!absolute && folder_end != std::string_view::npos) joined = base.substr(0, folder_end + 1);
  joined += path;
  const bool rooted = joined.starts_with('/');
  std::vector<std::string_view> parts;
  std::string_view rest = joined;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('/'), rest.size());
    const auto part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (part != ".." || !rooted) {  // there is nothing above the root
      parts.push_back(part);
    }
  }
  return fmt::format("{}{}", rooted ? "/" : "", fmt::join(parts, "/"));
}

}  // namespace syntax
