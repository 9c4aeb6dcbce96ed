#include "reference/message/phrase.hpp"

#include <glib.h>

#include <memory>

namespace sealgate::message {
namespace {

using Text = std::unique_ptr<char, decltype(&g_free)>;

Text owned(char* text) {
  return {text, &g_free};
}

/// Is not seen, and would split a word for a search and for nobody else: soft hyphen, zero-width
/// characters, byte order mark and the other format characters.
bool is_invisible(gunichar c) {
  return c == 0xAD || g_unichar_type(c) == G_UNICODE_FORMAT;
}

/// Continues a word; marks do (an accent that has no composed form).
bool is_word(gunichar c) {
  return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

bool word_before(const std::string& text, std::size_t at) {
  if (at == 0) return false;
  return is_word(g_utf8_get_char(g_utf8_prev_char(text.data() + at)));
}

bool word_at(const std::string& text, std::size_t at) {
  return at < text.size() && is_word(g_utf8_get_char(text.data() + at));
}

}  // namespace

std::string fold_text(std::string_view text) {
  // NUL would end the text for GLib.
  std::string bytes(text);
  for (char& c : bytes) {
    if (c == '\0') c = ' ';
  }
  const auto valid = owned(g_utf8_make_valid(bytes.c_str(), -1));
  const auto composed = owned(g_utf8_normalize(valid.get(), -1, G_NORMALIZE_ALL_COMPOSE));
  const auto folded = owned(g_utf8_casefold(composed.get(), -1));
  // Folding can decompose ("İ"), so that what was equal before would differ without a second pass.
  const auto again = owned(g_utf8_normalize(folded.get(), -1, G_NORMALIZE_ALL_COMPOSE));
  std::string out;
  bool space_wanted = false;
  for (const char* at = again.get(); *at != '\0'; at = g_utf8_next_char(at)) {
    const gunichar c = g_utf8_get_char(at);
    if (is_invisible(c)) continue;
    if (g_unichar_isspace(c)) {
      space_wanted = true;
      continue;
    }
    if (space_wanted && !out.empty()) out += ' ';
    space_wanted = false;
    out.append(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
  }
  return out;
}

Phrase::Phrase(std::string_view phrase) : folded_(fold_text(phrase)) {}

bool Phrase::found_in(std::string_view text) const {
  if (folded_.empty()) return false;
  const std::string folded = fold_text(text);
  // Where the phrase itself begins or ends with a sign, there is no word to be continued.
  const bool bounded_left = word_at(folded_, 0);
  const bool bounded_right = word_before(folded_, folded_.size());
  for (auto at = folded.find(folded_); at != folded.npos; at = folded.find(folded_, at + 1)) {
    const std::size_t end = at + folded_.size();
    if (bounded_left && word_before(folded, at)) continue;
    if (word_at(folded, end) &&
        (bounded_right || g_unichar_ismark(g_utf8_get_char(folded.data() + end)))) {
      continue;
    }
    return true;
  }
  return false;
}

}  // namespace sealgate::message
