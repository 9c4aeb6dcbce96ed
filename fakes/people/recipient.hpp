// Whom an encrypted message is for: he saves the attached file, opens it in his browser, presses
// the button and does what the pages ask for, until he reads the message or is told why not.
//
// At the first access he registers, waits for the mailed link, follows it and confirms. Once he
// reads he saves what is attached, and logs out; what he could save before must then be refused.
// Pages are observed as recipient.page. Lifetime: what it borrows outlives it, it outlives its
// calls; one at a time.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "fakes/people/browser.hpp"
#include "fakes/people/mailbox.hpp"

namespace fakes {

/// How a file is not what was sent.
enum class Tampering {
  none,
  altered,    ///< a character of the sealed content is another
  truncated,  ///< its second half is missing
};

/// What of a file is another file's.
enum class Borrowed {
  nothing,
  key,      ///< the wrapped key, with its nonce
  content,  ///< the sealed content, with its nonce
  both,
};

struct Opening {
  std::string envelope;  ///< the message as it was delivered
  Tampering tampering = Tampering::none;
  Borrowed borrowed = Borrowed::nothing;
  std::string other_envelope;  ///< from which it is borrowed
  std::string password;
  unsigned tries = 1;            ///< so often he says it, where it is refused
  bool deletes_account = false;  ///< once he reads, in the place of the log-out
};

struct OpeningResult {
  enum class Outcome {
    reads,    ///< the message is before him
    refused,  ///< a page says why not
    failed,   ///< something is not as it must be, and `told` says what
  };
  Outcome outcome = Outcome::failed;
  std::string told;                  ///< the page's heading and note
  std::string content;               ///< what he read: the page's text, then each file
  std::vector<std::uint64_t> mails;  ///< the numbers of those that he acted on
};

class Recipient {
 public:
  Recipient(host::Host& host, Observer& observer, Mailbox& mailbox, std::string address,
            BrowserConfig config);

  boost::asio::awaitable<OpeningResult> open(Opening opening);

 private:
  struct Errand;

  boost::asio::awaitable<void> press_button(Errand& errand);
  boost::asio::awaitable<bool> register_address(Errand& errand);
  boost::asio::awaitable<void> log_in(Errand& errand);
  boost::asio::awaitable<void> read(Errand& errand);
  boost::asio::awaitable<void> submit(Errand& errand, WebForm form, bool from_file = false);

  host::Host& host_;
  Mailbox& mailbox_;
  std::string address_;
  Browser browser_;
};

}  // namespace fakes
