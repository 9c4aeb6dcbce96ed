// Who works on the mail that a fake mail exchanger has taken: an encryption server, say.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reference/host/endpoint.hpp"

namespace fakes {

struct TakenMail {
  std::uint64_t connection;  ///< over which it came, as the Mx numbers them
  std::string from;          ///< a path without brackets
  std::vector<std::string> recipients;
  std::string content;
  host::Address client = {};  ///< from whom it came
};

class MailSink {
 public:
  virtual ~MailSink() = default;
  /// Called on the Mx's executor once the client has been told. It must not block.
  virtual void take(TakenMail mail) = 0;
};

}  // namespace fakes
