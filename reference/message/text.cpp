#include "reference/message/text.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

#include "reference/message/gmime_library.hpp"

namespace sealgate::message {
namespace {

/// What to read raw 8-bit text as, in this order; without it GMime asks the process's locale.
GMimeParserOptions* make_options() {
  GMimeParserOptions* options = g_mime_parser_options_new();
  const char* charsets[] = {"utf-8", "windows-1252", "iso-8859-1", nullptr};
  g_mime_parser_options_set_fallback_charsets(options, charsets);
  return options;
}

}  // namespace

std::string decode_text(std::string_view value) {
  use_gmime();
  static GMimeParserOptions* const options = make_options();
  std::string text(value);
  std::replace(text.begin(), text.end(), '\0',
               ' ');  // GMime's strings end there; a search must not
  const std::unique_ptr<char, decltype(&g_free)> decoded(
      g_mime_utils_header_decode_text(options, text.c_str()), &g_free);
  // Encoded bytes may be anything, whatever their charset says.
  const std::unique_ptr<char, decltype(&g_free)> valid(g_utf8_make_valid(decoded.get(), -1),
                                                       &g_free);
  return valid.get();
}

std::string decoded_subject(const Header& header) {
  std::string out;
  for (const Field* field : header.find_all("Subject")) {
    if (!out.empty()) out += '\n';
    out += decode_text(field->value);
  }
  return out;
}

std::string decoded_subject(std::string_view message) {
  return decoded_subject(scan_header(message));
}

}  // namespace sealgate::message
