#include "sim/dsl/path_words.hpp"

namespace sealcheck::dsl {
namespace {

// Where a statement may be about one direction only.
#define DIRECTION "[from <side:domain>]"

void declare_capacity(syntax::Section& path) {
  path.declare({.id = "latency",
                .pattern = "latency <latency:duration> [with jitter up to <jitter:duration>]",
                .doc = "How long everything takes, one way.",
                .example = "latency 40ms with jitter up to 5ms",
                .defaults = "1ms, without jitter",
                .once = true})
      .declare({.id = "bandwidth",
                .pattern = "bandwidth <rate:size> [per second]",
                .doc = "How much it carries in a second, each way, all connections together.",
                .example = "bandwidth 64kB per second",
                .defaults = "no limit",
                .once = true})
      .declare({.id = "window",
                .pattern = "window <window:size>",
                .doc = "How much may be sent before the other side has read it.",
                .example = "window 4kB",
                .defaults = "65535 bytes",
                .once = true})
      .declare({.id = "segments",
                .pattern = "segments of at most <size:size>",
                .doc = "The largest TCP segment.",
                .example = "segments of at most 536B",
                .defaults = "1460 bytes",
                .once = true})
      .declare({.id = "chopped",
                .pattern = "chopped (into <piece:integer> | at random into at most "
                           "<random:integer> | at bytes <offset:integer>... | <crlf=between> cr "
                           "and lf | <tls=inside> tls headers) " DIRECTION,
                .doc = "No read crosses these points: after so many bytes, at these offsets, …",
                .example = "chopped into 1"})
      .declare({.id = "coalesced",
                .pattern = "<coalesced=coalesced> " DIRECTION,
                .doc = "What is sent in small writes arrives joined.",
                .example = "coalesced"});
}

void declare_failures(syntax::Section& path) {
  path.declare({.id = "refuses",
                .pattern = "refuses [connections]",
                .doc = "A connection attempt is answered with a reset.",
                .example = "refuses connections",
                .once = true})
      .declare({.id = "swallows",
                .pattern = "swallows everything " DIRECTION,
                .doc = "Nothing passes, neither of new connections nor of open ones.",
                .example = "swallows everything"})
      .declare({.id = "resets",
                .pattern = "resets at byte <offset:integer> from <side:domain>",
                .doc = "Both ends get a reset in place of this byte, in each connection.",
                .example = "resets at byte 100 from gateway"})
      .declare({.id = "stalls",
                .pattern = "stalls at byte <offset:integer> from <side:domain>",
                .doc = "This byte and all behind it stay on the way, in each connection.",
                .example = "stalls at byte 300 from mx.partner.test"})
      .declare({.id = "loses",
                .pattern = "loses <percent:integer> percent of datagrams " DIRECTION,
                .doc = "Seeded: the same datagrams are lost in each run.",
                .example = "loses 30 percent of datagrams"});
}

void declare_party(syntax::Section& path) {
  path.declare({.id = "party.listens",
                .pattern = "party listens",
                .doc = "Somebody on the path hears what passes.",
                .example = "party listens",
                .once = true})
      .declare({.id = "party.strips",
                .pattern = "party strips starttls",
                .doc = "Takes the STARTTLS line out of every reply to EHLO.",
                .example = "party strips starttls",
                .once = true})
      .declare({.id = "party.flips",
                .pattern = "party flips a bit at byte <offset:integer> from <side:domain>",
                .doc = "Alters the lowest bit of this byte, in each connection.",
                .example = "party flips a bit at byte 200 from gateway"})
      .declare({.id = "party.injects",
                .pattern = "party injects <bytes:string> (at byte <offset:integer> | "
                           "after <text:string>) from <side:domain>",
                .doc = "Puts bytes before this byte, or behind the first such text, once in each "
                       "connection.",
                .example = "party injects \"250 OK\\r\\n\" after \"220 \" from mx.partner.test"});
}

}  // namespace

void declare_path_words(syntax::Vocabulary& vocabulary, syntax::Section& scenario) {
  scenario
      .declare({.id = "path",
                .pattern = "path between <one:domain> and <other:domain> {path}",
                .doc = "What lies between two of: gateway, dns, a peer, people.<sender's domain>.",
                .example = "path between gateway and mx.partner.test { latency 40ms }"})
      .declare({.id = "change-path",
                .pattern = "change path between <one:domain> and <other:domain> {path}",
                .doc = "The path behaves like this from now on, for open connections too; an empty "
                       "block repairs it.",
                .example = "change path between gateway and mx.partner.test { }"});
  auto& path = vocabulary.add_section("path", "How a path behaves, in both directions.");
  declare_capacity(path);
  declare_failures(path);
  declare_party(path);
}

}  // namespace sealcheck::dsl
