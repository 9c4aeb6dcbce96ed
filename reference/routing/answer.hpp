// What a look-up comes to: records, their absence, or the reason why nobody knows.
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "reference/routing/dns_message.hpp"

namespace sealgate::routing {

enum class AnswerStatus {
  ok,            ///< records of the type asked for
  nodata,        ///< the name exists, without such records
  nxdomain,      ///< the name does not exist
  invalid_name,  ///< no query can be made for it
  servfail,      ///< so said the last server that said anything; FORMERR and the like too
  refused,
  timeout,
  truncated,   ///< does not fit a datagram, and over TCP it did not come
  cname_loop,  ///< a loop, or a chain that is too long
};

/// "ok", "servfail", …
std::string_view to_word(AnswerStatus status);

struct Answer {
  AnswerStatus status = AnswerStatus::timeout;
  std::vector<Record> records;  ///< of the type asked for; their name is the end of the CNAME chain
  std::chrono::seconds
      ttl{};  ///< the smallest of the chain; of the absence for nodata and nxdomain
};

}  // namespace sealgate::routing
