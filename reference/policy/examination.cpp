#include "reference/policy/examination.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "reference/message/part_text.hpp"
#include "reference/message/text.hpp"
#include "reference/policy/file_type.hpp"
#include "reference/policy/policy_text.hpp"

namespace sealgate::policy {
namespace {

using message::MimePart;

std::size_t index_of(std::uint8_t area) {
  return static_cast<std::size_t>(std::countr_zero(area));
}

/// A name of the part that can be logged: the type comes from a stranger.
std::string part_label(const MimePart& part) {
  if (part.kind == MimePart::Kind::hidden) return "part " + part.path;
  std::string type = part.media_type.substr(0, 60);
  for (char& c : type) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '-' ||
                       c == '.' || c == '+';
    if (!plain) c = '?';
  }
  return fmt::format("part {} ({})", part.path, type);
}

std::string decoded_fields(const message::Header& header) {
  std::string out;
  for (const auto& field : header.fields) {
    out += field.name + ": " + message::decode_text(field.value) + "\n";
  }
  return out;
}

}  // namespace

Examination::Examination(const Compiled& compiled, std::string_view message,
                         const message::MimeLimits& limits)
    : compiled_(compiled),
      message_(message),
      mime_(message::parse_mime(message, limits)),
      phrase_hits_(compiled.phrases_count),
      pattern_hits_(compiled.patterns_count),
      files_by_glob_(compiled.globs_count, no_file),
      files_by_type_(compiled.types_count, no_file) {
  if (mime_.exception) {
    exception_ = *mime_.exception;
    return;
  }
  look_at_headers();
  for (std::size_t i = 0; i < mime_.parts.size() && exception_.empty(); ++i) {
    const auto& part = mime_.parts[i];
    if (part.is_attachment() && !part.nested) ++attachments_;
    if (part.kind == MimePart::Kind::message) {
      if (i + 1 < mime_.parts.size()) look_at_nested_header(mime_.parts[i + 1]);
      look_at_file(part, part.body);
    } else if (part.kind != MimePart::Kind::multipart) {
      look_at_leaf(part);
    }
  }
  sort_files();
}

void Examination::look_at_headers() {
  if (wanted(subject_area)) {
    look_at_text(subject_area, "subject", message::decoded_subject(mime_.header));
  }
  if (wanted(headers_area)) look_at_text(headers_area, "headers", decoded_fields(mime_.header));
}

void Examination::look_at_nested_header(const MimePart& part) {
  if (!wanted(attachments_area)) return;
  look_at_text(attachments_area, fmt::format("part {} headers", part.path),
               decoded_fields(message::scan_header(part.header)));
}

void Examination::look_at_leaf(const MimePart& part) {
  const bool hidden = part.kind == MimePart::Kind::hidden;
  const bool file = !hidden && (part.is_attachment() || part.nested);
  const auto area = hidden || file ? attachments_area : body_area;
  const bool has_name = part.is_attachment();
  if (!wanted(area) && !has_name) return;
  auto content = message::decode(part.encoding, part.body);
  if (!hidden && has_name) look_at_file(part, content);
  if (!wanted(area)) return;
  if (!hidden && !message::is_text_content(part, content)) return;
  look_at_text(area, part_label(part), message::text_of(part, std::move(content)));
}

void Examination::look_at_file(const MimePart& part, std::string_view content) {
  const auto where = part_label(part);
  files_.push_back({part.filename, content.size(), "", where});
  if (compiled_.types_count > 0) {
    files_.back().type =
        part.kind == MimePart::Kind::message ? "message/rfc822" : file_type(content);
  }
  const auto list = message::list_archive(content, listed_files_max);
  if (list.too_long) {
    exception_ = fmt::format("an archive with more than {} files", listed_files_max);
  }
  for (std::size_t i = 0; i < list.files.size(); ++i) {
    const auto& listed = list.files[i];
    files_.push_back(
        {listed.name, listed.size, "", fmt::format("{}, file {} in it", where, i + 1)});
  }
}

void Examination::sort_files() {
  for (std::size_t i = files_.size(); i-- > 0;) {
    compiled_.globs.scan(files_[i].name,
                         [&](std::uint32_t glob, std::size_t) { files_by_glob_[glob] = i; });
    compiled_.types.scan(files_[i].type,
                         [&](std::uint32_t type, std::size_t) { files_by_type_[type] = i; });
  }
}

void Examination::look_at_text(std::uint8_t area, std::string where, std::string_view text) {
  const auto unit = static_cast<std::uint32_t>(units_.size());
  units_.push_back(std::move(where));
  const auto note = [&](std::vector<Hits>& hits) {
    return [&hits, unit, area](std::uint32_t number, std::size_t offset) {
      auto& hit = hits[number][index_of(area)];
      if (hit.count++ == 0) {
        hit.unit = unit;
        hit.offset = offset;
      }
    };
  };
  if (compiled_.phrase_areas & area) compiled_.phrases.scan(text, note(phrase_hits_));
  if (compiled_.pattern_areas & area) compiled_.patterns.scan(text, note(pattern_hits_));
}

Findings Examination::findings() const {
  Findings found{.rules = {}, .exception = exception_};
  for (const auto& rule : compiled_.rules) {
    std::optional<Met> first;
    std::size_t count = 0;
    for (const auto& condition : rule.conditions) {
      auto one = met(condition);
      if (!one) continue;
      ++count;
      if (!first) first = std::move(one);
      if (count == rule.needed) break;
    }
    if (count < rule.needed) continue;
    found.rules.push_back({rule.policy, rule.rule, first->condition, first->where});
  }
  return found;
}

}  // namespace sealgate::policy
