// What a client can send to a fake mail exchanger in any state: no crash, bounded answers, and
// never more messages than final dots.
#include <cstdint>
#include <cstdlib>

#include "fakes/mx/mx_session.hpp"

using namespace fakes;

namespace {

MxConfig config_for(std::uint8_t choice) {
  MxConfig config;
  config.name = "mx.partner.test";
  config.domains = {"partner.test"};
  config.recipients_max = 8;
  config.message_bytes_max = 4096;
  if (choice & 1)
    config.faults.push_back({Step::content, {FaultAction::reply, {250, "", {"early"}}}});
  if (choice & 2) config.faults.push_back({Step::rcpt, {FaultAction::raw, {}, "250 ok\n"}, 1});
  if (choice & 8) {
    config.auth.emplace();
    config.auth->user = "u";
    config.auth->password = "p";
    config.auth_required = choice & 16;
    config.hands_on = true;
  }
  if (choice & 4) config.starttls.behaviour = StartTlsBehaviour::plaintext;
  return config;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const MxConfig config = config_for(data[0]);
  const std::size_t piece = data[1] % 64 + 1u;
  const std::string_view input(reinterpret_cast<const char*>(data) + 2, size - 2);
  FaultCounter faults;
  MxSession session(config, faults, 1);
  session.on_connect({}, {});
  std::size_t messages = 0;
  std::size_t handed_on = 0;
  bool ended = false;
  for (std::size_t at = 0; at < input.size() && !ended; at += piece) {
    for (const MxAction& action : session.on_bytes(input.substr(at, piece))) {
      if (ended) std::abort();
      if (const auto* seen = std::get_if<mx_action::Observe>(&action))
        messages += seen->observation.kind == "smtp.message" &&
                    seen->observation.field("to") == "bob@partner.test";
      if (const auto* mail = std::get_if<mx_action::HandOn>(&action))
        handed_on += !mail->mail.recipients.empty();
      if (std::holds_alternative<mx_action::Upgrade>(action)) {
        session.on_tls({{"version", "TLSv1.3"}});
        continue;
      }
      ended = std::holds_alternative<mx_action::Close>(action);
    }
  }
  std::size_t dots = input.starts_with(".\r\n") ? 1 : 0;
  for (std::size_t at = 0; (at = input.find("\n.\r\n", at)) != std::string_view::npos; ++at) ++dots;
  if (handed_on > dots) std::abort();
  // One for each time that a transaction names the recipient, at most recipients_max of them.
  if (messages > dots * config.recipients_max) std::abort();
  return 0;
}
