// Assembles replies from received bytes, whatever their chunks (RFC 5321 sections 4.2 and 4.2.1).
// It is bounded: a line of more than `line_octets_max` octets or a reply of more than `lines_max`
// lines is malformed, as is a line that is no reply, a code that changes between the lines of one
// reply, a bare CR, a bare LF or a NUL. After `malformed` the stream is out of step: give it up.
#pragma once

#include <string>
#include <string_view>

#include "reference/smtp/line_buffer.hpp"
#include "reference/smtp/reply.hpp"

namespace sealgate::smtp {

class ReplyParser {
 public:
  /// RFC 5321 section 4.5.3.1.5 says 512; peers exceed it in EHLO replies, so we take more.
  struct Limits {
    std::size_t line_octets_max = 2048;
    std::size_t lines_max = 128;
  };
  enum class Status { need_input, complete, malformed };

  ReplyParser() : ReplyParser(Limits{}) {}
  explicit ReplyParser(Limits limits);

  void receive(std::string_view bytes);

  /// Fills `reply` when it returns `complete`. `malformed` repeats until clear().
  Status next(Reply& reply);

  /// What made the stream malformed, for the log: the line at fault, or the limit passed.
  const std::string& error() const { return error_; }

  /// True when bytes wait that belong to no complete reply taken so far (STARTTLS injection).
  bool has_input() const;

  void clear();

 private:
  std::string take_line(const std::string& line);
  Status fail(std::string error);

  Limits limits_;
  LineBuffer lines_;
  Reply partial_;
  std::string error_;
};

}  // namespace sealgate::smtp
