// What stands behind a mail exchanger that keeps nothing of what it takes: it says whom to let in,
// and what to answer to a message once it has handed it on.
//
// Both run on the exchanger's executor while the connection waits. A failure is a reply.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "fakes/core/smtp_codec.hpp"
#include "fakes/mx/mail_sink.hpp"
#include "reference/host/endpoint.hpp"

typedef struct ssl_st SSL;

namespace fakes {

/// Who is there, at its first EHLO inside TLS. `tls` is borrowed for the time of the call.
struct MxClient {
  std::uint64_t connection = 0;
  std::string name;  ///< as it says in EHLO
  host::Endpoint address;
  SSL* tls = nullptr;
};

class MxService {
 public:
  virtual ~MxService() = default;

  /// A reply: everything that this client says is refused with it, EHLO first. None: it is let in.
  virtual boost::asio::awaitable<std::optional<Reply>> admit(MxClient client) = 0;
  /// The reply to the final dot.
  virtual boost::asio::awaitable<Reply> take(TakenMail mail) = 0;
};

}  // namespace fakes
