#include "sim/dsl/admin_words.hpp"

#include "sim/dsl/shared_tails.hpp"

namespace sealcheck::dsl {
namespace {

// What a refusal must say; without it the operation must succeed.
#define OUTCOME "[and is refused with <refusal:string>] " SHOWS

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

void declare_admin_words(syntax::Section& scenario) {
  declare_settings_changes(scenario);
  declare_policy_operations(scenario);
  declare_queue_operations(scenario);
}

}  // namespace sealcheck::dsl
