// What has come for one person, in order: somebody puts mail in, and he waits for the one that he
// is after. Lifetime: the host outlives it, it outlives its waits; one at a time.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "reference/host/host.hpp"

namespace fakes {

struct Mail {
  std::uint64_t number = 0;  ///< the putter's own
  std::string content;
};

class Mailbox {
 public:
  explicit Mailbox(host::Host& host);

  void put(Mail mail);
  std::size_t size() const { return mails_.size(); }
  /// The first from the n-th on that is wanted; none: it has not come by then.
  boost::asio::awaitable<std::optional<Mail>> wait_for(std::size_t first,
                                                       std::function<bool(const Mail&)> wanted,
                                                       host::MonoTime deadline);

 private:
  host::Host& host_;
  std::vector<Mail> mails_;
  std::unique_ptr<host::Timer> timer_;  ///< of the one who waits
};

}  // namespace fakes
