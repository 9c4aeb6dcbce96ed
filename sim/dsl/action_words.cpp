#include "sim/dsl/action_words.hpp"

#include "sim/dsl/shared_tails.hpp"

namespace sealcheck::dsl {
namespace {

#define SENDER "from (<sender:address> | nobody at <sender-domain:domain>)"

void declare_sending(syntax::Section& scenario) {
  scenario
      .declare(
          {.id = "send",
           .pattern = "send [<async=async>] <message:name> " SENDER
                      " to <recipient:address>... {message}?",
           .doc = "Submits a message to the gateway and waits for its answer (async: does not). "
                  "Nobody is the null sender.",
           .example = "send m1 from alice@corp.test to bob@partner.test { subject \"hello\" }"})
      .declare({.id = "message",
                .pattern = "message <message:name> " SENDER " to <recipient:address>... {message}?",
                .doc = "A message that a client's own dialogue hands over.",
                .example = "message m2 from eve@elsewhere.test to alice@corp.test"})
      .declare(
          {.id = "client",
           .pattern = "client <name:name> from <domain:domain> connects {client}",
           .doc = "Talks to the gateway as written, octet by octet, up to the end or the "
                  "first step that goes otherwise.",
           .example = "client c1 from elsewhere.test connects { gets 220; says \"NOOP\\n\" }"});
}

void declare_changes(syntax::Section& scenario) {
  scenario
      .declare({.id = "phase",
                .pattern = "phase <phase:name> of <peer:domain> {peer}",
                .doc = "A way to behave that the peer can be changed to by this name.",
                .example = "phase repaired of mx.partner.test { starttls works }"})
      .declare({.id = "change-phase",
                .pattern = "change <peer:domain> to <phase:name> [<drop=and> drop connections]",
                .doc = "The peer behaves as that phase says from now on.",
                .example = "change mx.partner.test to repaired"})
      .declare({.id = "change",
                .pattern = "change <peer:domain> [<drop=and> drop connections] {peer}",
                .doc = "The peer behaves like this from now on; open connections keep the old way.",
                .example = "change mx.partner.test { starttls works }"});
}

void declare_client(syntax::Section& client) {
  client
      .declare({.id = "says",
                .pattern = "says <bytes:string> [<times:integer> times] "
                           "[one octet every <gap:duration>]",
                .doc = "Sends these octets, with no line end but their own.",
                .example = "says \"EHLO elsewhere.test\\r\\n\""})
      .declare({.id = "says-content",
                .pattern = "says content of <message:name>",
                .doc = "Sends that message as it stands behind DATA, up to the final dot.",
                .example = "says content of m2"})
      .declare({.id = "gets",
                .pattern = "gets (<code:integer> | <any=any> reply) [<times:integer> times] "
                           "[within <limit:duration>]",
                .doc = "Waits for so many whole replies with this code; one digit: for its class.",
                .example = "gets 250 2 times"})
      .declare({.id = "silent",
                .pattern = "stays silent for <duration:duration>",
                .doc = "Neither sends nor reads meanwhile.",
                .example = "stays silent for 5m"})
      .declare({.id = "starts-tls",
                .pattern = "starts tls",
                .doc = "The handshake itself, behind the reply to STARTTLS.",
                .example = "starts tls"})
      .declare({.id = "ended",
                .pattern = "is hung up on [within <limit:duration>]",
                .doc = "Waits until the gateway ends the connection.",
                .example = "is hung up on within 6m"})
      .declare({.id = "hangs-up",
                .pattern = "<how:closes|resets>",
                .doc = "Ends the connection, by FIN or RST.",
                .example = "closes"});
}

}  // namespace

void declare_actions(syntax::Vocabulary& vocabulary, syntax::Section& scenario) {
  declare_sending(scenario);
  declare_changes(scenario);
  declare_client(vocabulary.add_section("client", "What a client says, and what it must get."));
}

}  // namespace sealcheck::dsl
