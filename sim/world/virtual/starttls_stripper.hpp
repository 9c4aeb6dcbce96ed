// Takes the STARTTLS line out of SMTP replies on their way to the client, as an active attacker
// does (RFC 3207 section 6).
//
// A reply is kept back until its last line is complete, since without its last line the one before
// becomes the last (RFC 5321 section 4.2.1). The first byte that begins no reply line ends the
// work: what follows passes as it is. So a direction of commands, or one of TLS records, passes.
#pragma once

#include <string>
#include <string_view>

namespace sealcheck::world {

class StartTlsStripper {
 public:
  struct Passed {
    std::string bytes;     ///< what goes on
    std::string stripped;  ///< the lines taken out
  };

  Passed pass(std::string_view bytes);
  /// What is kept back, unaltered; empty afterwards.
  std::string take_rest();

 private:
  bool transparent_ = false;
  std::string kept_;
};

}  // namespace sealcheck::world
