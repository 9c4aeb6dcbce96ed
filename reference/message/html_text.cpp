#include "reference/message/html_text.hpp"

#include <glib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace sealgate::message {
namespace {

// The entities of texts that people write; any other stays as it stands.
const std::map<std::string_view, std::string_view>& entities() {
  static const std::map<std::string_view, std::string_view> table{
      {"amp", "&"},    {"lt", "<"},     {"gt", ">"},     {"quot", "\""},  {"apos", "'"},
      {"nbsp", " "},   {"shy", ""},     {"zwnj", ""},    {"zwj", ""},     {"copy", "©"},
      {"reg", "®"},    {"euro", "€"},   {"pound", "£"},  {"sect", "§"},   {"ndash", "–"},
      {"mdash", "—"},  {"hellip", "…"}, {"lsquo", "‘"},  {"rsquo", "’"},  {"ldquo", "“"},
      {"rdquo", "”"},  {"laquo", "«"},  {"raquo", "»"},  {"auml", "ä"},   {"ouml", "ö"},
      {"uuml", "ü"},   {"Auml", "Ä"},   {"Ouml", "Ö"},   {"Uuml", "Ü"},   {"szlig", "ß"},
      {"eacute", "é"}, {"egrave", "è"}, {"ecirc", "ê"},  {"agrave", "à"}, {"aacute", "á"},
      {"acirc", "â"},  {"ccedil", "ç"}, {"ntilde", "ñ"}, {"oslash", "ø"}, {"aring", "å"},
      {"iacute", "í"}, {"oacute", "ó"}, {"uacute", "ú"}, {"aelig", "æ"},  {"ensp", " "},
      {"emsp", " "},   {"thinsp", " "}, {"Eacute", "É"}, {"middot", "·"}, {"times", "×"},
      {"iuml", "ï"},   {"euml", "ë"},   {"ocirc", "ô"},  {"ugrave", "ù"}, {"icirc", "î"},
  };
  return table;
}

bool is_block(std::string_view tag) {
  static constexpr std::array<std::string_view, 32> blocks{
      "address", "article",  "aside",  "blockquote", "br", "dd",    "div",    "dl",
      "dt",      "fieldset", "footer", "form",       "h1", "h2",    "h3",     "h4",
      "h5",      "h6",       "header", "hr",         "li", "ol",    "option", "p",
      "pre",     "section",  "table",  "td",         "th", "title", "tr",     "ul"};
  return std::find(blocks.begin(), blocks.end(), tag) != blocks.end();
}

class Reader {
 public:
  explicit Reader(std::string_view html) : html_(html) { out_.reserve(html.size()); }

  std::string read() {
    while (at_ < html_.size()) {
      const char c = html_[at_];
      if (c == '<' && starts_tag()) {
        tag();
      } else if (c == '&') {
        entity();
      } else {
        out_ += c;
        ++at_;
      }
    }
    return std::move(out_);
  }

 private:
  /// "1 < 2" is no tag.
  bool starts_tag() const {
    if (at_ + 1 >= html_.size()) return false;
    const char next = html_[at_ + 1];
    return g_ascii_isalpha(next) || next == '/' || next == '!' || next == '?';
  }

  void tag() {
    if (html_.substr(at_, 4) == "<!--") {
      at_ = end_of("-->", at_ + 4, comments_closed_);
      return;
    }
    const bool closing = html_[at_ + 1] == '/';
    std::string name;
    std::size_t i = at_ + (closing ? 2 : 1);
    for (; i < html_.size() && g_ascii_isalnum(html_[i]); ++i) name += g_ascii_tolower(html_[i]);
    at_ = end_of(">", i, tags_closed_);
    if (!tags_closed_) return;
    if (is_block(name)) out_ += '\n';
    if (!closing && (name == "script" || name == "style")) skip_to_end_of(name);
  }

  /// Behind the next `closer`. Where there is none, what stands here may be text after all: one
  /// character on, and never searched for again (the time stays linear).
  std::size_t end_of(std::string_view closer, std::size_t from, bool& closed) {
    const auto end = closed ? html_.find(closer, from) : html_.npos;
    closed = end != html_.npos;
    if (closed) return end + closer.size();
    out_ += html_[at_];
    return at_ + 1;
  }

  void skip_to_end_of(const std::string& name) {
    if (!elements_closed_) return;
    const std::string wanted = "</" + name;
    for (auto at = html_.find("</", at_); at != html_.npos; at = html_.find("</", at + 2)) {
      if (html_.size() - at >= wanted.size() &&
          g_ascii_strncasecmp(html_.data() + at, wanted.c_str(), wanted.size()) == 0) {
        at_ = at;
        return;
      }
    }
    elements_closed_ = false;  // read on as text rather than hide it
  }

  void entity() {
    static constexpr std::size_t name_max = 10;
    const auto end = html_.substr(at_, name_max + 2).find(';');
    const auto decoded =
        end == html_.npos ? std::nullopt : value_of(html_.substr(at_ + 1, end - 1));
    if (!decoded) {
      out_ += html_[at_++];
      return;
    }
    out_ += *decoded;
    at_ += end + 1;
  }

  static std::optional<std::string> value_of(std::string_view name) {
    if (!name.starts_with('#')) {
      const auto found = entities().find(name);
      if (found == entities().end()) return std::nullopt;
      return std::string(found->second);
    }
    name.remove_prefix(1);
    const bool hex = name.starts_with('x') || name.starts_with('X');
    if (hex) name.remove_prefix(1);
    if (name.empty() || name.size() > 7) return std::nullopt;
    std::uint32_t code = 0;
    for (const char c : name) {
      const int digit = hex ? g_ascii_xdigit_value(c) : g_ascii_digit_value(c);
      if (digit < 0) return std::nullopt;
      code = code * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
    }
    if (code == 0 || !g_unichar_validate(code)) return std::nullopt;
    char utf8[6];
    return std::string(utf8, static_cast<std::size_t>(g_unichar_to_utf8(code, utf8)));
  }

  std::string_view html_;
  std::size_t at_ = 0;
  bool comments_closed_ = true;
  bool tags_closed_ = true;
  bool elements_closed_ = true;
  std::string out_;
};

}  // namespace

std::string html_to_text(std::string_view html) {
  return Reader(html).read();
}

}  // namespace sealgate::message
