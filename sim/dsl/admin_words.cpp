#include "sim/dsl/admin_words.hpp"

#include "sim/dsl/shared_tails.hpp"

namespace sealcheck::dsl {
namespace {

void declare_pages(syntax::Section& scenario) {
  scenario
      .declare({.id = "admin.reads-page",
                .pattern = "admin reads page <page:string> " OUTCOME,
                .doc = "What stands on that page of the console, in the settings' own words.",
                .example = "admin reads page \"Encryption\" and sees \"tls on\""})
      .declare({.id = "admin.presses",
                .pattern = "admin on page <page:string> presses <button:ok|cancel> " OUTCOME
                           " {admin-page}",
                .doc = "Fills in a page of the console, in this order, then OK or Cancel.",
                .example =
                    "admin on page \"Encryption\" presses ok { sets { encryption { tls off } "
                    "} }"});
}

void declare_page(syntax::Section& page) {
  page.declare({.id = "page.sets",
                .pattern = "sets {gateway}",
                .doc = "These settings get these values.",
                .example = "sets { encryption { tls off } }"})
      .declare({.id = "page.writes",
                .pattern = "writes <setting:string>",
                .doc = "A setting as it is written here, which the language does not look at: what "
                       "no setting can be is the gateway's to refuse.",
                .example = "writes \"encryption { other-method carrier-pigeon }\""})
      .declare({.id = "page.types",
                .pattern = "types {gateway}",
                .doc = "One entry is typed for a list; it is in the list once it is added.",
                .example = "types { route \"Partners\" for partner.test { tls marked } }"})
      .declare({.id = "page.adds",
                .pattern = "adds",
                .doc = "The Add button: what was typed joins the list.",
                .example = "adds"})
      .declare({.id = "page.removes",
                .pattern = "removes <kind:name> <name:string>",
                .doc = "Takes the entry of that name out of its list.",
                .example = "removes route \"Partners\""});
}

// Which administrator of the settings it is; without one it is whoever has the file.
#define BY "[by <administrator:name>]"

void declare_settings_changes(syntax::Section& scenario) {
  scenario
      .declare({.id = "admin.changes",
                .pattern = "admin changes gateway " BY " " OUTCOME " {gateway}",
                .doc = "Puts these settings in the place of the running ones of the same kind (and "
                       "name), all at once; the others stay.",
                .example = "admin changes gateway by carol { delivery { retry-interval 5m } }"})
      .declare({.id = "admin.removes",
                .pattern = "admin removes <kind:name> <name:string> from gateway " BY " " OUTCOME,
                .doc = "Takes the policy, route or whatever has that name out of the settings.",
                .example = "admin removes policy \"Confidential\" from gateway"});
}

void declare_policy_operations(syntax::Section& scenario) {
  scenario.declare({.id = "admin.deploys",
                    .pattern = "admin deploys policies [and answers <answer:yes|no>] " OUTCOME,
                    .doc = "The policies as they are now come into force; no: they stay drafts.",
                    .example = "admin deploys policies and answers yes"});
}

void declare_queue_operations(syntax::Section& scenario) {
  scenario
      .declare({.id = "admin.flushes",
                .pattern = "admin flushes queue " OUTCOME,
                .doc = "Everything that waits for a later attempt is tried now.",
                .example = "admin flushes queue"})
      .declare({.id = "admin.releases",
                .pattern = "admin releases " MESSAGE " " OUTCOME,
                .doc = "The message leaves the queue that holds it and is delivered.",
                .example = "admin releases m1 for bob@partner.test"})
      .declare({.id = "admin.deletes",
                .pattern = "admin deletes " MESSAGE " " OUTCOME,
                .doc = "The message leaves its queue and is never delivered.",
                .example = "admin deletes m1 and is refused with \"no such message\""})
      .declare({.id = "admin.pauses",
                .pattern = "admin pauses " MESSAGE " " OUTCOME,
                .doc = "The message stays in its queue until it is released.",
                .example = "admin pauses m1 for each"});
}

}  // namespace

void declare_admin_words(syntax::Vocabulary& vocabulary, syntax::Section& scenario) {
  declare_pages(scenario);
  declare_page(vocabulary.add_section("admin-page", "A page of the console, being filled in."));
  declare_settings_changes(scenario);
  declare_policy_operations(scenario);
  declare_queue_operations(scenario);
}

}  // namespace sealcheck::dsl
