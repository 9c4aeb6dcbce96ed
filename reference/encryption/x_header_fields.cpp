#include "reference/encryption/x_header_fields.hpp"

#include <algorithm>

namespace sealgate::encryption {

bool carries(const message::Header& header, const settings::XHeader& wanted) {
  return std::any_of(header.fields.begin(), header.fields.end(), [&](const message::Field& field) {
    return wanted.matches(field.name, field.value);
  });
}

Stripped strip(std::string& message, const std::vector<settings::XHeader>& headers) {
  const message::Header scanned = message::scan_header(message);
  Stripped stripped;
  stripped.complete = !scanned.too_big;
  std::string kept;
  std::size_t from = 0;
  for (const message::Field& field : scanned.fields) {
    const bool goes =
        std::any_of(headers.begin(), headers.end(), [&](const settings::XHeader& header) {
          return settings::same_field_name(header.name, field.name);
        });
    if (!goes) continue;
    kept.append(message, from, field.begin - from);
    from = field.end;
    stripped.fields.push_back(field.name + ": " + field.value);
  }
  if (stripped.fields.empty()) return stripped;
  kept.append(message, from, message.npos);
  message = std::move(kept);
  return stripped;
}

bool mark(std::string& message, const settings::XHeader& header) {
  std::string marked = message;
  if (!strip(marked, {header}).complete) return false;
  message::add_field_at_top(marked, header.name, header.value);
  message = std::move(marked);
  return true;
}

std::string_view to_word(ReturnStatus status) {
  switch (status) {
    case ReturnStatus::encrypted:
      return "encrypted";
    case ReturnStatus::failed:
      return "failed";
    case ReturnStatus::unmarked:
      return "unmarked";
  }
  return "?";
}

ReturnStatus return_status(const message::Header& header, const settings::XHeader& success,
                           const settings::XHeader& failure) {
  if (carries(header, failure)) return ReturnStatus::failed;
  return carries(header, success) ? ReturnStatus::encrypted : ReturnStatus::unmarked;
}

}  // namespace sealgate::encryption
