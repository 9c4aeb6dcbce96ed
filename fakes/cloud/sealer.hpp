// Seals a message for one recipient: what the service does with mail that it has analysed. The
// account's generation and the service's key are durable before the envelope exists, so that no
// message goes out that nobody can open.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "fakes/cloud/accounts.hpp"
#include "fakes/cloud/envelope.hpp"

namespace fakes {

struct ToSeal {
  std::string sender;      ///< the envelope's address, without angle brackets
  std::string recipient;   ///< the same
  std::string message_id;  ///< "<m1@corp.test>"
};

class Sealer {
 public:
  /// All of them outlive the Sealer, and the Sealer its calls.
  Sealer(host::Host& host, Accounts& accounts, const EnvelopeTexts& texts);

  /// The envelope: a whole message with CRLF. Fails as the disk does.
  boost::asio::awaitable<host::Result<std::string>> seal(ToSeal about, std::string message);

 private:
  host::Host& host_;
  Accounts& accounts_;
  EnvelopeMaker maker_;
};

}  // namespace fakes
