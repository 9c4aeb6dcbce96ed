#include "sim/dsl/vocabulary.hpp"

#include "reference/settings/vocabulary.hpp"
#include "reference/syntax/values.hpp"
#include "sim/dsl/admin_words.hpp"
#include "sim/dsl/dns_words.hpp"
#include "sim/dsl/fault_words.hpp"
#include "sim/dsl/mx_words.hpp"
#include "sim/dsl/path_words.hpp"
#include "sim/dsl/shared_tails.hpp"

namespace sealcheck::dsl {
namespace {

void declare_file(syntax::Vocabulary& vocabulary) {
  vocabulary.add_section("file", "The top level of a scenario file: one scenario.")
      .declare({.id = "scenario",
                .pattern = "scenario <title:string> {scenario}",
                .doc = "One scenario: a world, and a script that is played in it.",
                .required = true,
                .once = true});
}

void declare_header(syntax::Section& scenario) {
  scenario
      .declare({.id = "covers",
                .pattern = "covers <requirement:requirement-id>...",
                .doc = "The requirements that the scenario as a whole gives evidence for.",
                .example = "covers TLS-M-02 TLS-M-03"})
      .declare({.id = "tags",
                .pattern = "tags <tag:name>...",
                .doc = "Words to select the scenario by.",
                .example = "tags slow"})
      .declare({.id = "rows",
                .pattern = "rows <column:name>... {rows}",
                .doc = "Plays the scenario once for each row; $column stands for the row's value.",
                .once = true})
      .declare({.id = "under-test",
                .pattern = "gateway under test <sut:name>",
                .doc = "Another gateway than sealgate: a deliberately broken one, in selftests.",
                .example = "gateway under test never-retries",
                .once = true})
      .declare({.id = "must-fail",
                .pattern = "must fail with <text:string>",
                .doc = "A selftest: passes only if an assertion fails, and says this.",
                .example = "must fail with \"in clear\"",
                .once = true});
}

void declare_cast(syntax::Section& scenario) {
  scenario
      .declare({.id = "mx",
                .pattern =
                    "mx <name:domain> for <domain:domain>... [preference <preference:integer>] "
                    "{mx}?",
                .doc = "A mail exchanger of these domains; name server records are made for it.",
                .example = "mx mx.partner.test for partner.test { starttls works }"})
      .declare({.id = "gateway",
                .pattern = "gateway [<name:domain>] {gateway}",
                .doc = "The settings of the gateway under test, as in sealgate.conf.",
                .example = "gateway { encryption { tls on } }",
                .once = true});
}

void declare_actions(syntax::Section& scenario) {
  scenario
      .declare(
          {.id = "send",
           .pattern = "send [<async=async>] <message:name> from <sender:address> to "
                      "<recipient:address>... {message}?",
           .doc = "Submits a message to the gateway and waits for its answer (async: does not).",
           .example = "send m1 from alice@corp.test to bob@partner.test { subject \"hello\" }"})
      .declare({.id = "change",
                .pattern = "change <peer:domain> [<drop=and> drop connections] {mx}",
                .doc = "The peer behaves like this from now on; open connections keep the old way.",
                .example = "change mx.partner.test { starttls works }"});
}

void declare_expectations(syntax::Section& scenario) {
  scenario
      .declare(
          {.id = "expect.receives",
           .pattern = "expect <peer:domain> receives " MESSAGE " " TRANSPORT " " WINDOW " " SHOWS,
           .doc = "The peer accepts the message; time advances to that moment.",
           .example = "expect mx.partner.test receives m1 over tls between 14m and 16m after send"})
      .declare({.id = "expect.queue",
                .pattern = "expect " MESSAGE
                           " in queue <queue:name> [because <reason:name>] " WINDOW " " SHOWS,
                .doc = "A queue of the gateway holds the message, for this reason.",
                .example = "expect m1 in queue delayed because handshake-failed"})
      .declare({.id = "expect.queue-empty",
                .pattern = "expect queue is empty " WINDOW " " SHOWS,
                .doc = "The gateway has nothing left to deliver.",
                .example = "expect queue is empty"})
      .declare(
          {.id = "expect.answered",
           .pattern =
               "expect <message:name> is answered <code:answer> [or <code:answer>]... " WINDOW
               " " SHOWS,
           .doc = "The final reply code that the sender got; lost: none, for the connection broke.",
           .example = "expect m1 is answered lost or 250"})
      .declare({.id = "expect.sees",
                .pattern = "expect <peer:domain> sees <verb:name> " WINDOW " " SHOWS,
                .doc = "The SMTP command reaches the peer.",
                .example = "expect mx.partner.test sees starttls"})
      .declare(
          {.id = "never.receives",
           .pattern = "never [<ever=ever>] <peer:domain> receives " MESSAGE " " TRANSPORT " " SHOWS,
           .doc = "From here to the next change, admin or restart (ever: in the whole run) it does "
                  "not.",
           .example = "never mx.partner.test receives m1"})
      .declare({.id = "never.sees",
                .pattern = "never [<ever=ever>] <peer:domain> sees <verb:name> " SHOWS,
                .doc = "The SMTP command does not reach the peer.",
                .example = "never ever mx.partner.test sees starttls"});
}

void declare_rows(syntax::Vocabulary& vocabulary) {
  vocabulary.add_section("rows", "The table of a scenario that is played once for each row.")
      .declare({.id = "row",
                .pattern = "row <value:any>...",
                .doc = "One value a column; a quoted value may hold several words.",
                .example = "row \"answers eof\" handshake-eof"});
}

void declare_message(syntax::Vocabulary& vocabulary) {
  vocabulary.add_section("message", "What is sent, and how far it may travel in clear.")
      .declare({.id = "subject",
                .pattern = "subject <text:string>",
                .doc = "The Subject; a canary is appended to it.",
                .example = "subject \"confidential: results\"",
                .once = true})
      .declare({.id = "body",
                .pattern = "body <text:string>",
                .doc = "The text; a canary is appended to it.",
                .example = "body \"See you on Monday.\"",
                .once = true})
      .declare({.id = "body-of",
                .pattern = "body of <size:size>",
                .doc = "So many bytes of lines that do not matter, behind the text.",
                .example = "body of 1MB",
                .once = true})
      .declare(
          {.id = "eml",
           .pattern = "eml <path:path>",
           .doc = "Sends this file as it is; its subject and its longer lines are the canaries.",
           .example = "eml \"../corpus/quarterly_results.eml\"",
           .once = true})
      .declare({.id = "sealed",
                .pattern = "must be sealed beyond <boundary:gateway|encryption-group|cloud>",
                .doc = "Nothing of it may cross a wire in clear beyond there.",
                .example = "must be sealed beyond gateway",
                .once = true});
}

}  // namespace

const syntax::Vocabulary& scenario_vocabulary() {
  static const auto vocabulary = [] {
    auto made = std::make_unique<syntax::Vocabulary>();
    syntax::add_standard_types(*made);
    add_fault_types(*made);
    declare_file(*made);
    auto& scenario = made->add_section("scenario", "The cast, then the script in its order.");
    declare_header(scenario);
    declare_budget(scenario);
    declare_cast(scenario);
    declare_actions(scenario);
    declare_admin_words(scenario);
    declare_faults(*made, scenario);
    declare_expectations(scenario);
    declare_rows(*made);
    declare_message(*made);
    declare_mx_words(*made);
    declare_dns_words(*made, scenario);
    declare_path_words(*made, scenario);
    sealgate::settings::declare_settings(*made);
    made->finish();
    return made;
  }();
  return *vocabulary;
}

}  // namespace sealcheck::dsl
