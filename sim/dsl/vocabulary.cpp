#include "sim/dsl/vocabulary.hpp"

#include "reference/settings/vocabulary.hpp"
#include "reference/syntax/values.hpp"
#include "sim/dsl/action_words.hpp"
#include "sim/dsl/admin_words.hpp"
#include "sim/dsl/certificate_words.hpp"
#include "sim/dsl/cloud_words.hpp"
#include "sim/dsl/dns_words.hpp"
#include "sim/dsl/encryption_server_words.hpp"
#include "sim/dsl/expectation_words.hpp"
#include "sim/dsl/fault_words.hpp"
#include "sim/dsl/header_words.hpp"
#include "sim/dsl/message_words.hpp"
#include "sim/dsl/mx_words.hpp"
#include "sim/dsl/path_words.hpp"
#include "sim/dsl/recipient_words.hpp"

namespace sealcheck::dsl {
namespace {

void declare_file(syntax::Vocabulary& vocabulary) {
  vocabulary.add_section("file", "The top level of a scenario file: one scenario.")
      .declare({.id = "scenario",
                .pattern = "scenario <title:string> {scenario}",
                .doc = "One scenario: a world, and a script that is played in it.",
                .example = "scenario \"A title\" { tags slow }",
                .required = true,
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

}  // namespace

const syntax::Vocabulary& scenario_vocabulary() {
  static const auto vocabulary = [] {
    auto made = std::make_unique<syntax::Vocabulary>();
    syntax::add_standard_types(*made);
    add_fault_types(*made);
    add_row_types(*made);
    declare_file(*made);
    auto& scenario = made->add_section("scenario", "The cast, then the script in its order.");
    declare_header(*made, scenario);
    declare_budget(scenario);
    declare_cast(scenario);
    declare_encryption_server(*made, scenario);  // these two before actions, for their changes
    declare_dns_words(*made, scenario);          // before actions: `change dns` is none of a peer
    declare_actions(*made, scenario);
    declare_admin_words(*made, scenario);
    declare_certificate_words(*made, scenario);
    declare_faults(*made, scenario);
    declare_expectations(*made, scenario);
    declare_recipient_words(scenario);
    declare_message_words(*made);
    declare_mx_words(*made);
    declare_cloud_words(*made, scenario);
    declare_peer_words(*made);
    declare_path_words(*made, scenario);
    sealgate::settings::declare_settings(*made);
    made->finish();
    return made;
  }();
  return *vocabulary;
}

}  // namespace sealcheck::dsl
