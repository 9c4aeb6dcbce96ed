#include "sim/dsl/cloud_words.hpp"

namespace sealcheck::dsl {
namespace {

void declare_misbehaviour(syntax::Section& cloud) {
  cloud.declare({.id = "misbehaves",
                 .pattern = "misbehaves <how:none|seals-nothing|keeps-clear-copies|"
                            "keeps-sealed-copies|answers-early|trusts-names|looks-up-nothing|"
                            "analyses-nothing>",
                 .doc = "What the service itself does wrong: to see whether the lab notices.",
                 .example = "misbehaves keeps-clear-copies",
                 .defaults = "none",
                 .once = true});
}

void declare_admission(syntax::Section& cloud) {
  cloud.declare({.id = "account",
                 .pattern = "account <state:enabled|disabled>",
                 .doc = "Whether the vendor has enabled encryption for the gateway's account.",
                 .example = "account disabled",
                 .defaults = "enabled",
                 .once = true});
}

}  // namespace

void declare_cloud_words(syntax::Vocabulary& vocabulary, syntax::Section& scenario) {
  scenario.declare({.id = "cloud",
                    .pattern = "cloud <name:domain> {cloud}?",
                    .doc = "The hybrid service: takes messages over TLS from a gateway that it "
                           "knows, seals them and hands them to their recipients' exchangers.",
                    .example = "cloud in.hybrid.test { account disabled }",
                    .once = true});
  scenario.declare({.id = "public",
                    .pattern = "public addresses <network:network>...",
                    .doc = "Only the addresses in these networks are public ones, to the hybrid "
                           "service.",
                    .example = "public addresses 192.0.2.0/24",
                    .defaults = "all are",
                    .once = true});
  auto& cloud = vocabulary.add_section("cloud", "How the hybrid service behaves in one phase.");
  declare_admission(cloud);
  declare_misbehaviour(cloud);
  cloud.include(*vocabulary.section("mx"));
}

void declare_peer_words(syntax::Vocabulary& vocabulary) {
  vocabulary.add_section("peer", "What a peer may be changed to: what its own block may say.")
      .include(*vocabulary.section("mx"))
      .include(*vocabulary.section("cloud"));
}

}  // namespace sealcheck::dsl
