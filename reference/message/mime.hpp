// The parts of a message (RFC 2045 to 2047, 2231), found within bounds and without copying: each
// part is a view into the message, or into a nested message that had to be decoded first.
//
// Tolerant like a mail program: what is broken is read as well as it can be, and named in
// `defects`. A bound is another matter: whoever passes one gets an "exception", and then the parts
// are only those up to there: the message must not be taken for clean. Text that no mail program
// shows (before the first boundary, behind the last, in a broken header) is kept as parts of kind
// `hidden`, so that nobody can hide it from a search.
//
// The message outlives the Mime. Time is linear in the message's size times the depth.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/message/header.hpp"
#include "reference/message/transfer_encoding.hpp"

namespace sealgate::message {

struct MimeLimits {
  std::size_t depth_max = 20;  ///< of multiparts and nested messages together
  std::size_t parts_max = 500;
  HeaderLimits header = {};                   ///< of each part
  std::size_t header_octets_max = 1 << 20;    ///< of all parts together
  std::size_t encoded_words_max = 2000;       ///< of all headers together
  std::size_t nested_octets_max = 100 << 20;  ///< decoded copies of nested messages together
};

struct MimePart {
  enum class Kind { leaf, multipart, message, hidden };

  Kind kind = Kind::leaf;
  std::string path;        ///< "1" is the message itself, "1.2" its second part, and so on
  std::string media_type;  ///< "text/plain", lower case; what the standard says when it is missing
  std::string charset;     ///< as named, or empty
  std::string filename;    ///< UTF-8, or empty
  bool disposed_as_attachment = false;
  bool nested = false;  ///< inside another message
  TransferEncoding encoding = TransferEncoding::identity;
  std::string_view header;  ///< the block in front of the body, its empty line included
  std::string_view body;    ///< still encoded; of a hidden part the text
  std::size_t offset = 0;   ///< of `body` in the message (in the nested one, where it was decoded)

  /// Counts as a file that the message carries: said to be one, named, or no text at all.
  bool is_attachment() const;
  bool is_text() const { return media_type.starts_with("text/"); }
};

struct Mime {
  Header header;                         ///< the message's own
  std::vector<MimePart> parts;           ///< depth first, the message itself ahead
  std::vector<std::string> defects;      ///< "1.2: no closing boundary"
  std::optional<std::string> exception;  ///< which bound was passed: "more than 500 parts"

  std::deque<std::string> decoded;  ///< nested messages that were encoded; parts point into them
};

Mime parse_mime(std::string_view message, const MimeLimits& limits = {});

}  // namespace sealgate::message
