#include "sim/dsl/cloud_words.hpp"

namespace sealcheck::dsl {
namespace {

void declare_misbehaviour(syntax::Section& cloud) {
  cloud.declare(
      {.id = "misbehaves",
       .pattern = "misbehaves <how:none|seals-nothing|keeps-clear-copies|"
                  "keeps-sealed-copies|answers-early|trusts-names|looks-up-nothing|"
                  "analyses-nothing|passes-without-a-verdict|quotes-in-receipts|believes-senders|"
                  "opens-for-anybody|asks-no-password|counts-no-guesses>",
       .doc = "What the service itself does wrong: to see whether the lab notices.",
       .example = "misbehaves keeps-clear-copies",
       .defaults = "none",
       .once = true});
}

void declare_analysis(syntax::Section& cloud) {
  cloud
      .declare({.id = "analysis-finds",
                .pattern = "analysis finds <verdict:spam|virus> <name:string> in <octets:string>",
                .doc = "What the service's analysis knows, beside GTUBE and EICAR: a message that "
                       "says this, in whatever part, encoding or archive.",
                .example = "analysis finds virus \"Lab.Worm\" in \"worm on board\""})
      .declare({.id = "analysis-fault",
                .pattern = "analysis <fault:fails|hangs|reaches-its-limit>",
                .doc = "The service's analysis comes to no verdict: an error, no answer in time, a "
                       "message that it cannot look into.",
                .example = "analysis hangs",
                .once = true});
}

void declare_inbound(syntax::Section& cloud) {
  cloud
      .declare({.id = "stands-before",
                .pattern = "stands before <domain:domain> [and decrypts with <key:string>...]",
                .doc = "To people outside, the service is the mail exchanger of the domain: it "
                       "analyses its mail and hands it to the gateway. What comes encrypted for "
                       "one of the keys it opens, and says in a header how that went; without "
                       "keys it does not try.",
                .example = "stands before corp.test and decrypts with \"corp\""})
      .declare({.id = "decryption-header",
                .pattern = "decryption header <header:name> says <success:string> or "
                           "<failure:string>",
                .doc = "By which header the service says whether it could decrypt.",
                .example = "decryption header X-Hybrid-Decryption says \"success\" or \"failed\"",
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
  declare_analysis(cloud);
  declare_inbound(cloud);
  cloud.include(*vocabulary.section("mx"));
}

void declare_peer_words(syntax::Vocabulary& vocabulary) {
  vocabulary.add_section("peer", "What a peer may be changed to: what its own block may say.")
      .include(*vocabulary.section("mx"))
      .include(*vocabulary.section("cloud"));
}

}  // namespace sealcheck::dsl
