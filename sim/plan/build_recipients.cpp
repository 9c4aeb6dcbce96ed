// What recipients do with the files of the hybrid service.
#include <fmt/format.h>

#include <algorithm>

#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

constexpr int tries_max = 1000;

}  // namespace

void PlanBuilder::borrow_part(const Node& node, OpensFile& opens) {
  const Message* other = message_named(node, "other");
  if (!other) return;
  opens.other = other->name;
  const auto& to = other->recipients;
  const bool his = std::find(to.begin(), to.end(), opens.owner) != to.end();
  opens.other_owner = his || to.empty() ? opens.owner : to.front();
  if (opens.other == opens.message && opens.other_owner == opens.owner)
    diagnostics_.error(node.span("other"), "'" + opens.other + "' is the file itself",
                       "name another message, whose file lends its part");
  const std::string& part = node.text("part");
  opens.borrowed = part == "key"       ? OpensFile::Borrowed::key
                   : part == "content" ? OpensFile::Borrowed::content
                                       : OpensFile::Borrowed::both;
}

void PlanBuilder::open_file(const Node& node) {
  if (!plan_.cloud)
    diagnostics_.error(node.span(), "there is no hybrid service whose file could be opened",
                       "declare it: cloud in.hybrid.test");
  const Message* message = message_named(node);
  if (!message) return;
  OpensFile opens;
  opens.recipient = node.text("recipient");
  opens.owner = node.text_or("owner", opens.recipient);
  opens.message = message->name;
  opens.password = node.text("password");
  opens.deletes_account = node.has("delete");
  if (node.has("how"))
    opens.tampering = node.text("how") == "altered" ? OpensFile::Tampering::altered
                                                    : OpensFile::Tampering::truncated;
  if (node.has("part")) borrow_part(node, opens);
  if (node.has("times")) {
    opens.tries = static_cast<unsigned>(node.integer("times"));
    if (node.integer("times") < 1 || node.integer("times") > tries_max)
      diagnostics_.error(node.span("times"),
                         fmt::format("a password is said 1 to {} times", tries_max), "");
  }
  const auto& to = message->recipients;
  if (std::find(to.begin(), to.end(), opens.owner) == to.end())
    diagnostics_.error(node.has("owner") ? node.span("owner") : node.span("recipient"),
                       "'" + message->name + "' is not sent to " + opens.owner,
                       "of whose file is this: opens " + message->name + " of " + to.front());
  push(std::move(opens), node);
}

}  // namespace sealcheck::plan
