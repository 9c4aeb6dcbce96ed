#include "reference/message/part_text.hpp"

#include <algorithm>

#include "reference/message/charset.hpp"
#include "reference/message/html_text.hpp"

namespace sealgate::message {
namespace {

constexpr std::size_t sniffed_octets = 4096;

bool is_text_octet(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet >= 0x20 ? octet != 0x7F : c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool has_utf16_mark(std::string_view content) {
  return content.starts_with("\xFF\xFE") || content.starts_with("\xFE\xFF");
}

bool says_text(std::string_view type) {
  return type.starts_with("text/") || type == "application/json" || type == "application/xml" ||
         type.ends_with("+xml") || type.ends_with("+json") || type == "message/delivery-status" ||
         type == "message/disposition-notification";
}

bool is_html(std::string_view type) {
  return type == "text/html" || type == "application/xhtml+xml";
}

}  // namespace

bool is_text_content(const MimePart& part, std::string_view content) {
  if (says_text(part.media_type) || has_utf16_mark(content)) return true;
  const auto head = content.substr(0, sniffed_octets);
  return !head.empty() && std::all_of(head.begin(), head.end(), is_text_octet);
}

std::string text_of(const MimePart& part, std::string content) {
  auto text = to_utf8(std::move(content), part.charset).text;
  return is_html(part.media_type) ? html_to_text(text) : text;
}

}  // namespace sealgate::message
