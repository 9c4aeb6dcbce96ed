// The peers' own SMTP codec: commands, paths and replies as text (RFC 5321 section 4).
//
// Written independently of the gateway's and deliberately simple: it accepts what it can make sense
// of and keeps what it saw. No sockets, no state of a session. A peer's nonsense is a value
// (`well_formed == false`), never an exception.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/core/line_reader.hpp"

namespace fakes {

struct Command {
  std::string verb;      ///< in capitals; empty for an empty line
  std::string argument;  ///< what follows the first space, as received
};

Command parse_command(std::string_view line);

/// The argument of MAIL and RCPT: `FROM:<alice@corp.test> SIZE=100`.
struct PathArgument {
  bool well_formed = false;
  std::string path;        ///< between the angle brackets; empty is the null sender
  std::string parameters;  ///< the rest, as received
};

/// `keyword` is "FROM:" or "TO:". A space after the colon is tolerated, angle brackets are
/// required.
PathArgument parse_path(std::string_view argument, std::string_view keyword);

/// What follows the last '@', in lower case; empty when there is none.
std::string domain_of(std::string_view path);

struct Reply {
  int code = 0;
  std::string enhanced;            ///< "4.7.0" (RFC 3463), or empty
  std::vector<std::string> lines;  ///< at least one when sent; texts only
};

/// The octets on the wire: each line "250-5.1.1 text\r\n", the last with a space.
std::string to_bytes(const Reply& reply);

/// The texts joined by '\n', each with its enhanced code: what observations carry.
std::string text_of(const Reply& reply);

/// A reply as a client received it. Enhanced codes are left in the texts.
struct ReceivedReply {
  int code = 0;
  std::vector<std::string> lines;
  bool well_formed = true;  ///< false: a line without code, codes that differ, endless reply

  std::string text() const;  ///< lines joined by '\n'
};

class ReplyReader {
 public:
  /// Consumes bytes from the front of `input` up to the end of one reply.
  std::optional<ReceivedReply> read(std::string_view& input);
  void clear();

 private:
  LineReader lines_{4096};
  ReceivedReply reply_;
};

}  // namespace fakes
