// Any octets as a message and as an engine's answer: unpacking stays within its limits, parsers
// answer, nothing of a message that is not encrypted is changed.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "fakes/cloud/clamd_protocol.hpp"
#include "fakes/cloud/decryption.hpp"
#include "fakes/cloud/embedded_engine.hpp"
#include "fakes/cloud/spamd_protocol.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void unpack_within_limits(std::string_view message) {
  constexpr fakes::UnpackLimits limits{.depth = 6, .pieces = 50, .octets = 1'000'000};
  std::size_t looks = 0;
  std::size_t octets = 0;
  fakes::unpack(message, limits, [&](std::string_view piece) {
    ++looks;
    octets += piece.size();
  });
  require(looks <= 1 + 2 * limits.pieces);
  require(octets <= message.size() + limits.octets);
}

void judge(std::string_view message) {
  fakes::EmbeddedConfig config;
  config.signatures = {{fakes::Analysis::Verdict::virus, "Lab", "LAB-WORM"}};
  config.limits.octets = 1'000'000;
  const auto answer = fakes::inspect(config, message);
  const bool in_clear = message.find("LAB-WORM") != message.npos;
  require(!in_clear || (answer && answer->verdict == fakes::Analysis::Verdict::virus));
}

void read_answers(std::string_view answer) {
  const auto virus = fakes::read_clamd_answer(answer);
  require(!virus || answer.starts_with("stream: "));
  const auto spam = fakes::read_spamd_answer(answer);
  require(!spam || answer.starts_with("SPAMD/"));
}

void open(const std::string& message) {
  fakes::DecryptionConfig config;
  config.header = "X-Result";
  const auto result = fakes::decrypt(config, message);
  require(result.outcome != fakes::DecryptionOutcome::decrypted);  // there is no key
  if (result.outcome == fakes::DecryptionOutcome::failed)
    require(result.content.starts_with("X-Result: failed\r\n"));
  // Once cleaned there is nothing more to clean.
  else
    require(fakes::decrypt(config, result.content).content == result.content);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string octets(reinterpret_cast<const char*>(data), size);
  unpack_within_limits(octets);
  judge(octets);
  read_answers(octets);
  open(octets);
  return 0;
}
