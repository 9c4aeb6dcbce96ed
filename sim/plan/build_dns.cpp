// The name servers of a plan: the records made for the actors, and what the scenario says instead.
#include <fmt/format.h>

#include <algorithm>

#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

DnsRecord record_of(const Node& node) {
  DnsRecord record;
  record.name = node.text("name");
  record.type = node.text("type");
  record.value = fmt::format("{}", fmt::join(node.texts("value"), " "));
  if (node.has("ttl"))
    record.ttl_s = static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::seconds>(node.duration("ttl")).count());
  return record;
}

DnsFault fault_of(const Node& node) {
  DnsFault fault;
  fault.how = (node.is("forged") ? "forged-" : "") + node.text("how");
  fault.type = node.text_or("type", "");
  fault.name = node.text_or("name", "");
  if (node.has("first")) fault.first = static_cast<unsigned>(node.integer("first"));
  return fault;
}

// A record of the scenario stands in the place of these.
bool is_replaced_by(const DnsRecord& made, const DnsRecord& said) {
  return made.name == said.name && (made.type == said.type || said.type == "CNAME");
}

}  // namespace

DnsPhase PlanBuilder::dns_phase(const Node* node) {
  DnsPhase phase;
  phase.records = actor_records_;
  if (!node) return phase;
  std::vector<DnsRecord> said;
  for (const Node& child : node->children()) {
    if (child.is("record")) {
      const DnsRecord& record = said.emplace_back(record_of(child));
      std::erase_if(phase.records,
                    [&](const DnsRecord& made) { return is_replaced_by(made, record); });
    } else if (child.is("no-records")) {
      const std::string& name = child.text("name");
      if (std::erase_if(phase.records,
                        [&](const DnsRecord& made) { return made.name == name; }) == 0)
        diagnostics_.error(child.span("name"),
                           fmt::format("no records are made for '{}'", name),
                           "they are made for gateway, mail exchangers and their domains");
    } else if (child.is("no-tcp")) {
      phase.serves_tcp = false;
    } else {
      phase.faults.push_back(fault_of(child));
      if (child.has("first") && child.integer("first") < 1)
        diagnostics_.error(child.span("first"), "that is never", "leave the line out");
    }
  }
  for (DnsRecord& record : said) phase.records.push_back(std::move(record));
  return phase;
}

// Once every actor is known.
void PlanBuilder::add_dns(const std::vector<Node>& nodes) {
  const Node* first = nullptr;
  const Node* second = nullptr;
  for (const Node& node : nodes) {
    if (!node.is("dns")) continue;
    const Node*& place = node.has("second") ? second : first;
    if (place)
      diagnostics_.error(node.span(), "the name server is described already",
                         "write all of it into one block");
    place = &node;
  }
  plan_.dns.phase = dns_phase(first);
  if (second) plan_.second_dns->phase = dns_phase(second);
}

void PlanBuilder::add_dns_change(const Node& node) {
  if (node.has("second") && !plan_.second_dns) {
    diagnostics_.error(node.span(), "there is no second name server", "declare it: dns second { }");
    return;
  }
  const DnsServer& server = node.has("second") ? *plan_.second_dns : plan_.dns;
  push(ChangeDns{server.name, dns_phase(&node)}, node);
}

}  // namespace sealcheck::plan
