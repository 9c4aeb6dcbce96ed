#include "reference/message/mime.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/message/mime_parameters.hpp"

namespace sealgate::message {
namespace {

constexpr std::size_t defects_max = 100;
constexpr std::size_t boundary_max = 250;  // RFC 2046 says 70; some programs write more

/// One delimiter line (RFC 2046 section 5.1.1).
struct Delimiter {
  std::size_t begin = 0;  ///< of the line
  std::size_t end = 0;    ///< behind its line end
  bool closing = false;
};

/// `line` without its line end and trailing blanks is the boundary, perhaps a closing one.
std::optional<bool> delimits(std::string_view line, std::string_view boundary) {
  if (!line.starts_with("--") || line.substr(2, boundary.size()) != boundary) return std::nullopt;
  auto rest = line.substr(2 + boundary.size());
  const bool closing = rest.starts_with("--");
  if (closing) rest.remove_prefix(2);
  const bool blank = std::all_of(rest.begin(), rest.end(), [](char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  });
  return blank ? std::optional(closing) : std::nullopt;
}

class Delimiters {
 public:
  Delimiters(std::string_view body, std::string_view boundary) : body_(body), boundary_(boundary) {}

  std::optional<Delimiter> next() {
    while (at_ < body_.size()) {
      const std::size_t begin = at_;
      const std::size_t lf = body_.find('\n', at_);
      at_ = lf == body_.npos ? body_.size() : lf + 1;
      const auto line = body_.substr(begin, at_ - begin);
      if (const auto closing = delimits(line, boundary_)) return Delimiter{begin, at_, *closing};
    }
    return std::nullopt;
  }

 private:
  std::string_view body_;
  std::string_view boundary_;
  std::size_t at_ = 0;
};

/// The line end in front of a delimiter belongs to the delimiter.
std::size_t before_line_end(std::string_view body, std::size_t begin, std::size_t end) {
  if (end > begin && body[end - 1] == '\n') --end;
  if (end > begin && body[end - 1] == '\r') --end;
  return end;
}

bool has_text(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") != text.npos;
}

bool is_message_type(std::string_view type) {
  return type == "message/rfc822" || type == "message/global" || type == "message/news";
}

/// "type/subtype".
bool is_type(std::string_view word) {
  const auto slash = word.find('/');
  return slash != word.npos && slash > 0 && slash + 1 < word.size();
}

struct Place {
  std::string path;
  std::size_t offset = 0;
  std::size_t depth = 0;
  bool nested = false;
};

class Parser {
 public:
  Parser(Mime& mime, const MimeLimits& limits) : mime_(mime), limits_(limits) {}

  /// `default_type` is for a part that names none: a digest's are messages (RFC 2046 5.1.5).
  void part(std::string_view text, const Place& place, std::string_view default_type) {
    if (mime_.exception) return;
    if (place.depth > limits_.depth_max) {
      return exceed(fmt::format("nested more than {} deep", limits_.depth_max));
    }
    if (mime_.parts.size() >= limits_.parts_max) {
      return exceed(fmt::format("more than {} parts", limits_.parts_max));
    }
    auto header = scan_header(text, limits_.header);
    if (!header_within_limits(header)) return;
    MimePart part;
    part.path = place.path;
    part.nested = place.nested;
    part.header = text.substr(0, header.body_begin);
    part.body = text.substr(header.body_begin);
    part.offset = place.offset + header.body_begin;
    const auto type = describe(part, header, default_type);
    const std::size_t index = mime_.parts.size();
    mime_.parts.push_back(part);
    if (header.skipped_lines > 0) {
      defect(place, "lines in the header that are no fields");
      hidden(place, "header", part.header, place.offset);
    }
    if (index == 0) mime_.header = std::move(header);
    if (part.media_type.starts_with("multipart/")) {
      multipart(index, type.get("boundary"), place);
    } else if (is_message_type(part.media_type)) {
      nested_message(index, place);
    }
  }

 private:
  void exceed(std::string what) {
    if (!mime_.exception) mime_.exception = std::move(what);
  }

  void defect(const Place& place, std::string_view what) {
    if (mime_.defects.size() == defects_max) return;
    mime_.defects.push_back(fmt::format("{}: {}", place.path, what));
  }

  void hidden(const Place& place, std::string_view name, std::string_view text,
              std::size_t offset) {
    if (!has_text(text)) return;
    if (mime_.parts.size() >= limits_.parts_max) {
      return exceed(fmt::format("more than {} parts", limits_.parts_max));
    }
    MimePart part;
    part.kind = MimePart::Kind::hidden;
    part.path = fmt::format("{} {}", place.path, name);
    part.media_type = "text/plain";
    part.nested = place.nested;
    part.body = text;
    part.offset = offset;
    mime_.parts.push_back(std::move(part));
  }

  bool header_within_limits(const Header& header) {
    if (header.too_big) {
      exceed("a header over its limit");
      return false;
    }
    header_octets_ += header.body_begin;
    for (const auto& field : header.fields) {
      for (auto at = field.value.find("=?"); at != field.value.npos;
           at = field.value.find("=?", at + 2)) {
        ++encoded_words_;
      }
    }
    if (encoded_words_ > limits_.encoded_words_max) {
      exceed(fmt::format("more than {} encoded words", limits_.encoded_words_max));
    }
    if (header_octets_ > limits_.header_octets_max) exceed("headers over their limit together");
    return !mime_.exception;
  }

  static ParameterisedValue describe(MimePart& part, const Header& header,
                                     std::string_view default_type) {
    ParameterisedValue type, disposition;
    if (const auto* field = header.find("Content-Type")) type = parse_parameters(field->value);
    if (const auto* field = header.find("Content-Disposition")) {
      disposition = parse_parameters(field->value);
    }
    if (const auto* field = header.find("Content-Transfer-Encoding")) {
      part.encoding = transfer_encoding_from(field->value);
    }
    part.media_type = type.word.empty()    ? std::string(default_type)
                      : is_type(type.word) ? type.word
                                           : "text/plain";  // RFC 2045 section 5.2
    part.charset = type.get("charset");
    part.filename = disposition.get("filename");
    if (part.filename.empty()) part.filename = type.get("name");
    part.disposed_as_attachment = disposition.word == "attachment";
    return type;
  }

  void multipart(std::size_t index, std::string boundary, const Place& place) {
    const auto body = mime_.parts[index].body;
    const std::size_t base = mime_.parts[index].offset;
    const bool digest = mime_.parts[index].media_type == "multipart/digest";
    while (!boundary.empty() && (boundary.back() == ' ' || boundary.back() == '\t')) {
      boundary.pop_back();
    }
    if (boundary.empty() || boundary.size() > boundary_max) {
      defect(place, "a multipart without a usable boundary");
      return read_as_text(index);
    }
    Delimiters delimiters(body, boundary);
    auto delimiter = delimiters.next();
    if (!delimiter) {
      defect(place, "a multipart whose boundary never comes");
      return read_as_text(index);
    }
    mime_.parts[index].kind = MimePart::Kind::multipart;
    hidden(place, "preamble", body.substr(0, delimiter->begin), base);
    for (int number = 1; delimiter && !delimiter->closing && !mime_.exception; ++number) {
      const std::size_t begin = delimiter->end;
      delimiter = delimiters.next();
      if (!delimiter) defect(place, "no closing boundary");
      const std::size_t end =
          delimiter ? before_line_end(body, begin, delimiter->begin) : body.size();
      part(body.substr(begin, end - begin),
           {fmt::format("{}.{}", place.path, number), base + begin, place.depth + 1, place.nested},
           digest ? "message/rfc822" : "text/plain");
    }
    if (delimiter) hidden(place, "epilogue", body.substr(delimiter->end), base + delimiter->end);
  }

  void read_as_text(std::size_t index) {
    mime_.parts[index].kind = MimePart::Kind::leaf;
    mime_.parts[index].media_type = "text/plain";
  }

  void nested_message(std::size_t index, const Place& place) {
    auto& outer = mime_.parts[index];
    outer.kind = MimePart::Kind::message;
    Place inner{place.path + ".1", outer.offset, place.depth + 1, true};
    std::string_view text = outer.body;
    if (outer.encoding != TransferEncoding::identity) {  // RFC 2046 5.2.1 forbids it; it occurs
      defect(place, "an encoded message");
      nested_octets_ += text.size();
      if (nested_octets_ > limits_.nested_octets_max) return exceed("nested messages too large");
      text = mime_.decoded.emplace_back(decode(outer.encoding, text));
      inner.offset = 0;
    }
    part(text, inner, "text/plain");
  }

  Mime& mime_;
  const MimeLimits& limits_;
  std::size_t header_octets_ = 0;
  std::size_t encoded_words_ = 0;
  std::size_t nested_octets_ = 0;
};

}  // namespace

bool MimePart::is_attachment() const {
  if (kind == Kind::message) return true;
  if (kind != Kind::leaf) return false;
  return disposed_as_attachment || !filename.empty() || !is_text();
}

Mime parse_mime(std::string_view message, const MimeLimits& limits) {
  Mime mime;
  Parser(mime, limits).part(message, {"1", 0, 0, false}, "text/plain");
  return mime;
}

}  // namespace sealgate::message
