// Whether a condition is met by what an examination found, and where.
#include <fmt/format.h>

#include "reference/policy/examination.hpp"
#include "reference/policy/policy_text.hpp"

namespace sealgate::policy {

std::string Examination::place(const Hit& hit) const {
  return fmt::format("{}, offset {}", units_[hit.unit], hit.offset);
}

std::optional<Examination::Met> Examination::met(const CompiledCondition& compiled) const {
  return std::visit([&](const auto& kind) { return met(compiled, kind); }, *compiled.condition);
}

std::optional<Examination::Met> Examination::met(const CompiledCondition& compiled,
                                                 const PhraseCondition& condition) const {
  for (std::size_t i = 0; i < compiled.numbers.size(); ++i) {
    for (std::size_t area = 0; area < areas_count; ++area) {
      const auto bit = static_cast<std::uint8_t>(1U << area);
      const auto& hit = phrase_hits_[compiled.numbers[i]][area];
      if ((condition.areas & bit) == 0 || hit.count == 0) continue;
      return Met{to_text(Condition(PhraseCondition{bit, {condition.phrases[i]}})), place(hit)};
    }
  }
  return std::nullopt;
}

std::optional<Examination::Met> Examination::met(const CompiledCondition& compiled,
                                                 const PatternCondition& condition) const {
  for (std::size_t area = 0; area < areas_count; ++area) {
    const auto bit = static_cast<std::uint8_t>(1U << area);
    const auto& hit = pattern_hits_[compiled.numbers.front()][area];
    if ((condition.areas & bit) == 0 || hit.count == 0) continue;
    return Met{to_text(Condition(PatternCondition{bit, condition.pattern})), place(hit)};
  }
  return std::nullopt;
}

std::optional<Examination::Met> Examination::met(const CompiledCondition& compiled,
                                                 const DictionaryCondition& condition) const {
  // The headers hold the subject: a word there is one word.
  const bool headers = (condition.areas & headers_area) != 0;
  const auto areas = headers ? condition.areas & ~unsigned{subject_area} : condition.areas;
  std::int64_t weight = 0;
  const Hit* first = nullptr;
  for (std::size_t i = 0; i < compiled.numbers.size(); ++i) {
    for (std::size_t area = 0; area < areas_count; ++area) {
      const auto& hit = phrase_hits_[compiled.numbers[i]][area];
      if ((areas & 1U << area) == 0 || hit.count == 0) continue;
      weight += compiled.weights[i] * hit.count;
      if (!first) first = &hit;
    }
  }
  if (weight < condition.threshold || !first) return std::nullopt;
  return Met{to_text(Condition(condition)), place(*first)};
}

std::optional<Examination::Met> Examination::met(const CompiledCondition& compiled,
                                                 const FileNameCondition& condition) const {
  for (std::size_t i = 0; i < compiled.numbers.size(); ++i) {
    const auto file = files_by_glob_[compiled.numbers[i]];
    if (file == no_file) continue;
    return Met{to_text(Condition(FileNameCondition{{condition.globs[i]}})), files_[file].where};
  }
  return std::nullopt;
}

std::optional<Examination::Met> Examination::met(const CompiledCondition& compiled,
                                                 const FileTypeCondition& condition) const {
  for (std::size_t i = 0; i < compiled.numbers.size(); ++i) {
    const auto file = files_by_type_[compiled.numbers[i]];
    if (file == no_file) continue;
    return Met{to_text(Condition(FileTypeCondition{{condition.types[i]}})), files_[file].where};
  }
  return std::nullopt;
}

std::optional<Examination::Met> Examination::met(const CompiledCondition&,
                                                 const FileSizeCondition& condition) const {
  for (const auto& file : files_) {
    if (condition.octets.holds(file.size)) return Met{to_text(Condition(condition)), file.where};
  }
  return std::nullopt;
}

std::optional<Examination::Met> Examination::met(const CompiledCondition&,
                                                 const AttachmentCountCondition& condition) const {
  if (!condition.count.holds(attachments_)) return std::nullopt;
  return Met{to_text(Condition(condition)), fmt::format("{} attachments", attachments_)};
}

std::optional<Examination::Met> Examination::met(const CompiledCondition&,
                                                 const MessageSizeCondition& condition) const {
  if (!condition.octets.holds(message_.size())) return std::nullopt;
  return Met{to_text(Condition(condition)), fmt::format("{} bytes", message_.size())};
}

}  // namespace sealgate::policy
