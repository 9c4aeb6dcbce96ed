#include "reference/message/charset.hpp"

#include <glib.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace sealgate::message {
namespace {

constexpr std::size_t name_max = 40;
constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool is_name(std::string_view name) {
  const auto allowed = [](char c) {
    return g_ascii_isalnum(c) || c == '-' || c == '_' || c == '.' || c == ':' || c == '+';
  };
  return !name.empty() && name.size() <= name_max && std::all_of(name.begin(), name.end(), allowed);
}

class Converter {
 public:
  explicit Converter(const std::string& charset)
      : handle_(::iconv_open("UTF-8", charset.c_str())) {}
  ~Converter() {
    if (open()) ::iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  bool open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  /// False: something had to be replaced.
  bool convert(std::string_view bytes, std::string& out) {
    bool clean = true;
    char* in = const_cast<char*>(bytes.data());
    std::size_t in_left = bytes.size();
    while (in_left > 0) {
      char* to = buffer_.data();
      std::size_t room = buffer_.size();
      const std::size_t before = in_left;
      const auto done = ::iconv(handle_, &in, &in_left, &to, &room);
      const int error = errno;
      out.append(buffer_.data(), buffer_.size() - room);
      if (done != static_cast<std::size_t>(-1)) break;
      if (error == E2BIG && in_left < before) continue;
      // Not of this set, or cut off in the middle: one byte on.
      ++in;
      --in_left;
      out += replacement;
      clean = false;
    }
    char* to = buffer_.data();
    std::size_t room = buffer_.size();
    ::iconv(handle_, nullptr, nullptr, &to, &room);
    out.append(buffer_.data(), buffer_.size() - room);
    return clean;
  }

 private:
  iconv_t handle_;
  std::array<char, 8192> buffer_;
};

bool is_ascii_compatible_utf8(std::string_view name) {
  return g_ascii_strncasecmp(name.data(), "utf-8", name.size()) == 0 && name.size() == 5;
}

/// A set whose ASCII half is not where everybody's is must go through iconv even if all is ASCII.
bool is_plain_name(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) c = g_ascii_tolower(c);
  return lower.empty() || lower == "us-ascii" || lower == "ascii" ||
         lower.starts_with("iso-8859") || lower.starts_with("windows-125") ||
         lower.starts_with("koi8");
}

Utf8Text through(const std::string& charset, std::string_view bytes) {
  Utf8Text read;
  Converter converter(charset);
  read.charset_known = converter.open();
  if (!read.charset_known) return read;
  read.clean = converter.convert(bytes, read.text);
  if (!is_valid_utf8(read.text)) {  // a converter that lets surrogates through
    std::replace(read.text.begin(), read.text.end(), '\0', ' ');  // GLib takes NUL for the end
    gchar* valid = g_utf8_make_valid(read.text.data(), static_cast<gssize>(read.text.size()));
    read.text = valid;
    g_free(valid);
    read.clean = false;
  }
  return read;
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
  return g_utf8_validate_len(bytes.data(), bytes.size(), nullptr) ||
         (bytes.find('\0') != bytes.npos && [&] {  // GLib takes NUL for the end
           std::string without(bytes);
           std::replace(without.begin(), without.end(), '\0', ' ');
           return g_utf8_validate_len(without.data(), without.size(), nullptr) != 0;
         }());
}

Utf8Text to_utf8(std::string bytes, std::string_view charset) {
  const std::string_view view = bytes;
  if (view.starts_with("\xEF\xBB\xBF") && is_valid_utf8(view)) return {bytes.substr(3)};
  if (view.starts_with("\xFF\xFE")) return through("UTF-16LE", view.substr(2));
  if (view.starts_with("\xFE\xFF")) return through("UTF-16BE", view.substr(2));
  if (is_ascii_compatible_utf8(charset) || is_plain_name(charset)) {
    const bool ascii = std::all_of(view.begin(), view.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (ascii || (is_ascii_compatible_utf8(charset) && is_valid_utf8(view))) {
      return {std::move(bytes)};
    }
  }
  const bool unlabelled =
      charset.empty() || g_ascii_strncasecmp(charset.data(), "us-ascii", charset.size()) == 0;
  if (!unlabelled && is_name(charset)) {
    auto read = through(std::string(charset), view);
    if (read.charset_known) return read;
  }
  if (is_valid_utf8(view)) return {std::move(bytes), unlabelled};
  auto read = through("WINDOWS-1252", view);
  read.charset_known = unlabelled;
  return read;
}

}  // namespace sealgate::message
