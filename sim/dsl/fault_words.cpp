// The words for what befalls machines and disks.
#include "sim/dsl/fault_words.hpp"

#include "reference/syntax/values.hpp"
#include "sim/dsl/shared_tails.hpp"

namespace sealcheck::dsl {
namespace {

#define MACHINE "(gateway | <machine:domain>)"
#define CRASH "crash " MACHINE " by <how:kill|power-loss> when "

std::optional<std::string> complain_about_ordinal(const syntax::Token& token) {
  if (ordinal(token.text)) return std::nullopt;
  return std::string();
}

std::optional<std::string> complain_about_answer(const syntax::Token& token) {
  const auto code = syntax::parse_integer(token.text);
  if (token.text == "lost" || (code && *code >= 200 && *code <= 599)) return std::nullopt;
  return std::string();
}

void declare_crashes(syntax::Section& scenario) {
  scenario
      .declare({.id = "crash",
                .pattern = "crash " MACHINE " by <how:kill|power-loss>",
                .doc = "The program of the gateway or of a peer dies, or its machine does.",
                .example = "crash gateway by power-loss"})
      .declare({.id = "crash.commit",
                .pattern = "crash gateway by <how:kill|power-loss> <side:before|during|after> the "
                           "<nth:ordinal> commit",
                .doc =
                    "It dies when its disk comes to that commit, counted from this line; during: "
                    "half way; after: when it is durable and nobody has been told.",
                .example = "crash gateway by power-loss before the 3rd commit"})
      .declare({.id = "crash.operation",
                .pattern = "crash gateway by <how:kill|power-loss> <side:at|after> the "
                           "<nth:ordinal> disk operation",
                .doc = "It dies right before (at) or after that write, sync, creation, removal or "
                       "rename, counted from this line: inside a commit.",
                .example = "crash gateway by power-loss at the 17th disk operation"})
      .declare({.id = "crash.receives",
                .pattern = CRASH "<peer:domain> receives " MESSAGE " [over <transport:tls|plain>]",
                .doc = "It dies at the moment at which the peer accepts the message.",
                .example = "crash gateway by kill when mx.partner.test receives m1"})
      .declare({.id = "crash.sees",
                .pattern = CRASH "<peer:domain> sees <verb:" SEEN_VERBS ">",
                .doc = "It dies at the moment at which the SMTP command reaches the peer.",
                .example = "crash gateway by kill when mx.partner.test sees data"})
      .declare({.id = "crash.answered",
                .pattern = CRASH "<message:name> is answered <code:answer> [or <code:answer>]...",
                .doc = "It dies at the moment at which the sender has got that reply.",
                .example = "crash gateway by power-loss when m1 is answered 250"})
      .declare({.id = "crash.outcome",
                .pattern = CRASH MESSAGE " is <outcome:delivered|expired>",
                .doc = "It dies at the moment at which that has become of the message.",
                .example = "crash gateway by power-loss when m1 is delivered"})
      .declare({.id = "restart",
                .pattern = "restart " MACHINE,
                .doc = "Starts it again, on the disk that the crash left. A crash that is still to "
                       "come is waited for.",
                .example = "restart gateway"});
}

void declare_disturbances(syntax::Section& scenario) {
  scenario
      .declare({.id = "pause",
                .pattern = "pause " MACHINE " for <duration:duration>",
                .doc = "The program stands still for that long; the script goes on.",
                .example = "pause gateway for 10m"})
      .declare({.id = "clock",
                .pattern = "clock of gateway jumps <by:duration> <direction:forward|back>",
                .doc = "Its wall clock jumps; what it measures by the monotonic clock does not.",
                .example = "clock of gateway jumps 2h forward"})
      .declare({.id = "disk",
                .pattern = "disk of gateway {disk}",
                .doc = "What is wrong with the gateway's disk from its first start on.",
                .example = "disk of gateway { fsync takes 5s }",
                .once = true})
      .declare({.id = "change-disk",
                .pattern = "change disk of gateway {disk}",
                .doc = "The disk behaves like this from now on; its counts begin anew.",
                .example = "change disk of gateway { works }"});
}

void declare_disk(syntax::Vocabulary& vocabulary) {
  vocabulary.add_section("disk", "How a disk behaves until it is changed.")
      .declare({.id = "works",
                .pattern = "works",
                .doc = "It does what it should: to end what was wrong.",
                .example = "works",
                .once = true})
      .declare({.id = "full",
                .pattern = "full after <room:size>",
                .doc = "Its files may grow by that much and no further.",
                .example = "full after 64kB",
                .once = true})
      .declare({.id = "slow",
                .pattern = "fsync takes <duration:duration>",
                .doc = "A commit is durable that much later.",
                .example = "fsync takes 5s",
                .once = true})
      .declare({.id = "fsync-fails",
                .pattern = "fsync fails [at the <nth:ordinal>]",
                .doc = "Each fsync fails, or the n-th; what it was to cover may never be durable.",
                .example = "fsync fails at the 2nd",
                .once = true})
      .declare({.id = "writes-fail",
                .pattern = "writes fail [at the <nth:ordinal>]",
                .doc = "Each write fails, or the n-th.",
                .example = "writes fail",
                .once = true});
}

}  // namespace

std::optional<std::uint64_t> ordinal(std::string_view text) {
  if (text.size() < 3) return std::nullopt;
  const std::string_view suffix = text.substr(text.size() - 2);
  const auto number = syntax::parse_integer(text.substr(0, text.size() - 2));
  if (!number || *number < 1 || text[0] == '0' || text[0] == '+') return std::nullopt;
  const std::int64_t tens = *number % 100;
  const bool teen = tens >= 11 && tens <= 13;
  const std::string_view wanted = teen             ? "th"
                                  : tens % 10 == 1 ? "st"
                                  : tens % 10 == 2 ? "nd"
                                  : tens % 10 == 3 ? "rd"
                                                   : "th";
  if (suffix != wanted) return std::nullopt;
  return static_cast<std::uint64_t>(*number);
}

void add_fault_types(syntax::Vocabulary& vocabulary) {
  vocabulary.add_type({.name = "ordinal",
                       .description = "an ordinal such as 1st, 2nd or 17th",
                       .check = complain_about_ordinal});
  vocabulary.add_type({.name = "answer",
                       .description = "a reply code such as 250, or 'lost'",
                       .check = complain_about_answer});
}

void declare_faults(syntax::Vocabulary& vocabulary, syntax::Section& scenario) {
  declare_crashes(scenario);
  declare_disturbances(scenario);
  declare_disk(vocabulary);
}

}  // namespace sealcheck::dsl
