// One message looked through for everything that the rules ask: which phrase and pattern stands
// where and how often, which files there are. Internal to this folder; lives for one call.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/message/archive_list.hpp"
#include "reference/message/mime.hpp"
#include "reference/policy/compiled.hpp"
#include "reference/policy/engine.hpp"

namespace sealgate::policy {

class Examination {
 public:
  Examination(const Compiled& compiled, std::string_view message,
              const message::MimeLimits& limits);

  Findings findings() const;

 private:
  struct Hit {
    std::uint32_t count = 0;
    std::uint32_t unit = 0;  ///< of the first: index into units_
    std::size_t offset = 0;
  };
  using Hits = std::array<Hit, areas_count>;
  struct File {
    std::string name;
    std::uint64_t size = 0;
    std::string type;  ///< by content; empty: not asked for, or only listed
    std::string where;
  };
  struct Met {
    std::string condition;
    std::string where;
  };

  void look_at_headers();
  void look_at_nested_header(const message::MimePart& part);
  void look_at_leaf(const message::MimePart& part);
  void look_at_file(const message::MimePart& part, std::string_view content);
  void sort_files();
  void look_at_text(std::uint8_t area, std::string where, std::string_view text);
  bool wanted(std::uint8_t area) const {
    return ((compiled_.phrase_areas | compiled_.pattern_areas) & area) != 0;
  }

  std::optional<Met> met(const CompiledCondition& condition) const;
  std::optional<Met> met(const CompiledCondition& compiled, const PhraseCondition& condition) const;
  std::optional<Met> met(const CompiledCondition& compiled,
                         const PatternCondition& condition) const;
  std::optional<Met> met(const CompiledCondition& compiled,
                         const DictionaryCondition& condition) const;
  std::optional<Met> met(const CompiledCondition&, const FileNameCondition&) const;
  std::optional<Met> met(const CompiledCondition&, const FileTypeCondition&) const;
  std::optional<Met> met(const CompiledCondition&, const FileSizeCondition&) const;
  std::optional<Met> met(const CompiledCondition&, const AttachmentCountCondition&) const;
  std::optional<Met> met(const CompiledCondition&, const MessageSizeCondition&) const;
  std::string place(const Hit& hit) const;

  const Compiled& compiled_;
  std::string_view message_;
  message::Mime mime_;
  std::vector<std::string> units_;  ///< what was searched, in words
  std::vector<Hits> phrase_hits_;
  std::vector<Hits> pattern_hits_;
  std::vector<File> files_;
  static constexpr std::size_t no_file = static_cast<std::size_t>(-1);
  std::vector<std::size_t> files_by_glob_;  ///< the first that each matches: index into files_
  std::vector<std::size_t> files_by_type_;
  std::size_t attachments_ = 0;
  std::string exception_;
};

}  // namespace sealgate::policy
