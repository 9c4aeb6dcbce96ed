#include "sim/dsl/mx_words.hpp"

namespace sealcheck::dsl {

void declare_mx_words(syntax::Section& mx) {
  mx.declare({.id = "tls-at-most",
              .pattern = "tls at most <version:1.2|1.3>",
              .doc = "The newest protocol version that it speaks.",
              .example = "tls at most 1.2",
              .once = true})
      .declare({.id = "tls-ciphers",
                .pattern = "tls ciphers <list:string>",
                .doc = "The suites that it accepts up to TLS 1.2, as OpenSSL names them.",
                .example = "tls ciphers \"ECDHE-ECDSA-AES128-SHA\"",
                .once = true})
      .declare({.id = "hands-back",
                .pattern = "hands back to gateway [at most <times:integer> times]",
                .doc = "Whatever it has accepted it sends to the gateway again, as it came.",
                .example = "hands back to gateway at most 1 times",
                .once = true});
}

void declare_budget(syntax::Section& scenario) {
  scenario.declare({.id = "budget",
                    .pattern = "budget (events <events:integer> | time <time:duration> | "
                               "memory <memory:size> | wall <wall:duration>)",
                    .doc = "What the run may use up before it counts as one that never ends.",
                    .example = "budget events 100000"});
}

}  // namespace sealcheck::dsl
