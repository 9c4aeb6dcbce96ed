// The linter: statements of a correct scenario that can have no effect, or prove nothing.
//
// Every rule is a function from the scenario's checked statements to warnings at their places; it
// knows the words of the language, and nothing of plans and worlds. A rule that is not sure is
// silent, and what a selftest expects is not questioned. Settings that stand in an included file
// are shared between scenarios, so that nothing is said about those of them that this one does not
// use.
#pragma once

#include <vector>

#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/node.hpp"

namespace sealcheck::dsl {

using Statements = std::vector<syntax::Node>;
using Warnings = std::vector<syntax::Diagnostic>;

/// All rules but find_unreached_peers.
Warnings lint(const Statements& scenario);

/// Two replies to the same verb in one phase of a peer: one of them is never given.
void find_shadowed_replies(const Statements& scenario, Warnings& warnings);
/// A phase of a peer that is replaced before anything could meet it.
void find_replaced_phases(const Statements& scenario, Warnings& warnings);
/// A peer to which nothing leads: neither its name nor a domain of it stands in any message,
/// setting, record or `never`. The one rule that lint() leaves out: such a scenario is broken.
void find_unreached_peers(const Statements& scenario, Warnings& warnings);
/// A `never` that ends where it begins: at a change before which no time passes.
void find_empty_nevers(const Statements& scenario, Warnings& warnings);
/// A `never` that says what an earlier one, still open, says already.
void find_repeated_nevers(const Statements& scenario, Warnings& warnings);
/// A `never` about a peer that serves none of the message's recipients and stands in no route.
void find_misplaced_nevers(const Statements& scenario, Warnings& warnings);
/// An expected answer that takes every answer there is.
void find_any_answer(const Statements& scenario, Warnings& warnings);
/// A message that no other statement speaks of.
void find_unwatched_messages(const Statements& scenario, Warnings& warnings);
/// A route, in the scenario's own file, for domains to which nobody sends.
void find_unused_routes(const Statements& scenario, Warnings& warnings);
/// A dictionary, action plan, group or administrator, in the scenario's own file, that nothing
/// names.
void find_unused_settings(const Statements& scenario, Warnings& warnings);
/// A policy that is not deployed, in a scenario in which nobody deploys and nothing else names it.
void find_drafts(const Statements& scenario, Warnings& warnings);
/// A policy that applies to the same as another whose action goes before its own.
void find_shadowed_policies(const Statements& scenario, Warnings& warnings);
/// An included file of peers, none of which is reached.
void find_unused_includes(const Statements& scenario, Warnings& warnings);

}  // namespace sealcheck::dsl
