// What a raw client is told to do, step by step, and what came of it. Data only.
//
// Bytes go out exactly as given: no line end, no dot-stuffing, nothing is repaired. The first step
// that does not go as expected ends the conversation; its index and what was seen are the result.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "fakes/core/smtp_codec.hpp"
#include "fakes/core/tls_context.hpp"
#include "reference/host/time.hpp"

namespace fakes {

namespace raw_step {
/// Sent `times` times, "{n}" standing for the number of the time, from 1. With `gap` each octet is
/// sent for itself, that long after the one before.
struct Send {
  std::string bytes;
  std::size_t times = 1;
  host::Duration gap{0};
};
/// Waits for `times` whole replies, each with this code; 0 stands for any code. 250 expects exactly
/// that, 2 any code that begins with 2.
struct Expect {
  int code = 0;
  std::size_t times = 1;
  host::Duration within = std::chrono::minutes(5);
};
/// Reads nothing meanwhile.
struct Wait {
  host::Duration duration{0};
};
/// The handshake itself: STARTTLS and its 220 are steps of their own.
struct StartTls {};
/// Waits until the server ends the connection; replies on the way are recorded and ignored.
struct ExpectClosed {
  host::Duration within = std::chrono::minutes(10);
};
struct Close {};  ///< FIN
struct Reset {};  ///< RST
}  // namespace raw_step

using RawStep = std::variant<raw_step::Send, raw_step::Expect, raw_step::Wait, raw_step::StartTls,
                             raw_step::ExpectClosed, raw_step::Close, raw_step::Reset>;

struct RawConversation {
  std::vector<RawStep> steps;  ///< after the last one the connection is closed
  TlsOptions tls = {};
};

struct RawResult {
  bool as_expected = false;
  std::size_t step = 0;                ///< the one that went otherwise; steps.size(): none did
  std::string seen = {};               ///< there: "550 5.7.1 …", "eof", "reset", "timed-out", …
  std::vector<ReceivedReply> replies;  ///< all of them, at most replies_max

  static constexpr std::size_t replies_max = 20'000;
};

}  // namespace fakes
