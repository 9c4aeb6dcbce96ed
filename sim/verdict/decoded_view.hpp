// What a reader would see who undid an encoding, wherever in some bytes it stands.
//
// No parser of messages: a decoder takes any bytes (a whole SMTP stream, a log line), applies its
// rule everywhere and copies or skips the rest, so that what a broken message hides is seen too.
// A view says from where in its source a byte came. None of this fails; a decoder that finds
// nothing to decode returns nothing. Linear in the source.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sealcheck::verdict {

class View {
 public:
  const std::string& text() const { return text_; }

  /// The place in the source; exact for copied bytes, within four bytes for base64, and inside the
  /// encoded word for RFC 2047.
  std::size_t source_of(std::size_t offset) const;

  /// Bytes that stand in the source from `source` on.
  void append(std::string_view bytes, std::size_t source);
  /// The next byte is decoded from base64 at `source`; from there three bytes come from four.
  void begin_base64(std::size_t source);
  void append_byte(char byte) { text_ += byte; }
  void truncate(std::size_t size);

 private:
  struct Stretch {
    std::size_t begin;
    std::size_t source;
    bool base64;
  };
  std::string text_;
  std::vector<Stretch> stretches_;
};

/// RFC 2045 section 6.7: "=3D" and soft line breaks; also the second dot that SMTP puts at the
/// start of the line after a soft break (RFC 5321 section 4.5.2).
std::optional<View> decode_quoted_printable(std::string_view source);

/// RFC 5322 section 2.2.3 and RFC 2047: lines unfolded, encoded words in B and Q decoded, adjacent
/// ones joined. The words' bytes are taken as they are, whatever the charset.
std::optional<View> decode_header_text(std::string_view source);

}  // namespace sealcheck::verdict
