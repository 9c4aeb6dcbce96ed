#include "reference/message/header.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace sealgate::message {
namespace {

bool is_wsp(char c) {
  return c == ' ' || c == '\t';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

/// ftext of RFC 5322 section 3.6.8: printable ASCII but the colon.
bool is_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](char c) { return c > ' ' && c <= '~' && c != ':'; });
}

/// One line with its line end (CRLF or LF), starting at `begin`.
std::string_view line_at(std::string_view message, std::size_t begin) {
  const std::size_t lf = message.find('\n', begin);
  return message.substr(begin, lf == message.npos ? lf : lf + 1 - begin);
}

std::string_view without_line_end(std::string_view line) {
  if (!line.empty() && line.back() == '\n') line.remove_suffix(1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

/// The name in front of the colon; empty when the line begins no field. White space between the two
/// is obsolete and still read (RFC 5322 section 4.5).
std::string_view field_name(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return {};
  std::string_view name = line.substr(0, colon);
  while (!name.empty() && is_wsp(name.back())) name.remove_suffix(1);
  return is_name(name) ? name : std::string_view{};
}

}  // namespace

std::string unfold(std::string_view raw_value) {
  std::string out;
  for (std::size_t begin = 0; begin < raw_value.size();) {
    const std::string_view line = line_at(raw_value, begin);
    out += without_line_end(line);
    begin += line.size();
  }
  const auto first = std::find_if_not(out.begin(), out.end(), is_wsp);
  const auto last = std::find_if_not(out.rbegin(), out.rend(), is_wsp).base();
  return first < last ? std::string(first, last) : std::string();
}

Header scan_header(std::string_view message, HeaderLimits limits) {
  Header header;
  std::size_t at = 0;
  bool in_field = false;  // what continuations would belong to
  while (at < message.size()) {
    const std::string_view line = line_at(message, at);
    if (without_line_end(line).empty()) {  // the end of the header block
      at += line.size();
      break;
    }
    if (at + line.size() > limits.octets_max) {
      header.too_big = true;
      break;
    }
    if (is_wsp(line.front())) {
      if (in_field) {
        header.fields.back().end += line.size();
      } else {
        ++header.skipped_lines;
      }
    } else if (const std::string_view name = field_name(line); !name.empty()) {
      if (header.fields.size() == limits.fields_max) {
        header.too_big = true;
        break;
      }
      Field field;
      field.name = name;
      field.begin = at;
      field.end = at + line.size();
      header.fields.push_back(std::move(field));
      in_field = true;
    } else {
      ++header.skipped_lines;
      in_field = false;
    }
    at += line.size();
  }
  header.body_begin = at;
  for (Field& field : header.fields) {
    const std::string_view whole = message.substr(field.begin, field.end - field.begin);
    field.raw_value = whole.substr(whole.find(':') + 1);
    field.value = unfold(field.raw_value);
  }
  return header;
}

const Field* Header::find(std::string_view name) const {
  for (const Field& field : fields) {
    if (same_name(field.name, name)) return &field;
  }
  return nullptr;
}

std::vector<const Field*> Header::find_all(std::string_view name) const {
  std::vector<const Field*> found;
  for (const Field& field : fields) {
    if (same_name(field.name, name)) found.push_back(&field);
  }
  return found;
}

std::size_t Header::count(std::string_view name) const {
  return find_all(name).size();
}

void add_field_at_top(std::string& message, std::string_view name, std::string_view value) {
  assert(is_name(name));
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool folds = value.substr(i, 2) == "\r\n" && i + 2 < value.size() && is_wsp(value[i + 2]);
    assert((value[i] != '\r' || folds) && "a CR that folds nothing");
    assert((value[i] != '\n' || (i > 0 && value[i - 1] == '\r')) && "a bare LF");
    assert(value[i] != '\0');
    static_cast<void>(folds);
  }
  std::string field(name);
  field += ": ";
  field += value;
  field += "\r\n";
  message.insert(0, field);
}

std::size_t remove_fields(std::string& message, std::string_view name, HeaderLimits limits) {
  const Header header = scan_header(message, limits);
  std::string kept;
  std::size_t from = 0;
  std::size_t removed = 0;
  for (const Field& field : header.fields) {
    if (!same_name(field.name, name)) continue;
    kept.append(message, from, field.begin - from);
    from = field.end;
    ++removed;
  }
  if (removed == 0) return 0;
  kept.append(message, from, message.npos);
  message = std::move(kept);
  return removed;
}

}  // namespace sealgate::message
