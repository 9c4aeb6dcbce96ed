// What recipients do with the files of the hybrid service.
#include <algorithm>

#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

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
  const auto& to = message->recipients;
  if (std::find(to.begin(), to.end(), opens.owner) == to.end())
    diagnostics_.error(node.has("owner") ? node.span("owner") : node.span("recipient"),
                       "'" + message->name + "' is not sent to " + opens.owner,
                       "of whose file is this: opens " + message->name + " of " + to.front());
  push(std::move(opens), node);
}

}  // namespace sealcheck::plan
