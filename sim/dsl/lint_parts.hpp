// What the linter's rules share: what a statement names, and what it means. Internal to this
// folder.
#pragma once

#include <set>
#include <string>

#include "sim/dsl/lint.hpp"

namespace sealcheck::dsl {

void warn(Warnings& warnings, const syntax::Span& span, std::string message, std::string hint);

std::string domain_of(const std::string& address);
/// Of all messages that are sent.
std::set<std::string> recipient_domains(const Statements& scenario);

/// Whether the statement, or one inside it, has this value.
bool names(const syntax::Node& node, const std::string& name);
/// The statement's tokens, but for what it shows.
std::string meaning(const syntax::Node& node);

}  // namespace sealcheck::dsl
