// The system under test, as the lab sees it: a handful of operations with JSON arguments and
// results, the same for the reference gateway in a simulated world and for an adapter process that
// speaks JSON lines.
//
//   configure {configuration: text of sealgate.conf, hostname, address, protected_domains}
//   start     resolves when the gateway takes mail
//   queue     → {entries: [{message-id, sender, recipient, queue, state, reason, attempts,
//             next-attempt}]}
//   flush     tries everything that is delayed now
//   apply     {configuration, and configuration-change: the statements that change, or kind and
//             name of what is taken out}: all at once, or nothing. The first is the whole as the
//             scenario knows it, for a gateway that has nothing but a file
//   deploy    {answer: yes|no, or absent: yes} → {deployed or pending: [what changes]}
//   release, delete, hold  {message-id, recipient}: of one entry of the queue
//   read-page {page} → {text}
//   page      {page, button: ok|cancel, edit-1: "set …"|"type …"|"add"|"remove …", …} → {text}
//   view-certificate → {text}
//   generate-certificate → {text}
//   request-certificate {country, state, locality, organization, organizational-unit, common-name,
//             email, challenge-password, key: PEM, key-password: each may be absent} → {csr: PEM,
//             text: warnings}
//   import-signed-certificate {certificate: PEM} → {text}
//   import-certificate {file, bytes: base64, password, answer: yes|no, or absent: yes} → {text}
//   export-certificate {password} → {bytes: base64}
//   trust     {certificate: PEM of a CA} → {text}
//   trusted-certificates {search} → {text: a line each}
//   distrust  {search} → {text}
//   stop      resolves when nothing of it runs any more
// A text is what the administrator is shown, warnings and all.
// A result that has "error" is a failed operation; the text says why. One that has "unsupported" is
// an operation that this SUT does not have: the scenario then decides nothing.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "reference/host/host.hpp"

namespace sealcheck::engine {

class Sut {
 public:
  virtual ~Sut() = default;
  virtual boost::asio::awaitable<boost::json::object> perform(std::string operation,
                                                              boost::json::object arguments) = 0;
  /// Its machine or its process died: it must be forgotten without another word to the world.
  virtual void on_death() = 0;
};

/// Makes the gateway of that name on its machine; null when there is none.
using SutFactory = std::function<std::unique_ptr<Sut>(std::string_view name, host::Host& machine)>;

}  // namespace sealcheck::engine
