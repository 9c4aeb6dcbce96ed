// What lies between the hosts: names resolve, each statement goes to the directions that it is
// about.
#include <fmt/format.h>

#include <algorithm>

#include "reference/syntax/suggest.hpp"
#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

// Reads the block of one path statement into its two directions.
class PathReader {
 public:
  PathReader(Path& path, const std::map<std::string, std::string>& hosts,
             syntax::Diagnostics& diagnostics)
      : path_(path), hosts_(hosts), diagnostics_(diagnostics) {}

  void read(const Node& node) {
    const std::vector<PathPhase*> directions = directions_meant(node);
    for (PathPhase* direction : directions) apply(node, *direction);
  }

 private:
  std::vector<PathPhase*> directions_meant(const Node& node) {
    if (!node.has("side")) return {&path_.from_one, &path_.from_other};
    const auto found = hosts_.find(node.text("side"));
    const std::string name = found == hosts_.end() ? "" : found->second;
    if (name == path_.one) return {&path_.from_one};
    if (name == path_.other) return {&path_.from_other};
    diagnostics_.error(node.span("side"),
                       fmt::format("'{}' is at neither end of this path", node.text("side")),
                       fmt::format("its ends are {} and {}", path_.one, path_.other));
    return {};
  }

  // A number of at least `least`, else a complaint and that.
  std::uint64_t number(const Node& node, const char* name, std::int64_t least,
                       std::int64_t most = INT64_MAX) {
    const bool is_size = std::string_view(name) == "rate" || std::string_view(name) == "window" ||
                         std::string_view(name) == "size";
    const std::int64_t value = is_size ? node.size(name) : node.integer(name);
    if (value >= least && value <= most) return static_cast<std::uint64_t>(value);
    diagnostics_.error(node.span(name),
                       most == INT64_MAX ? fmt::format("this is at least {}", least)
                                         : fmt::format("this lies between {} and {}", least, most));
    return static_cast<std::uint64_t>(least);
  }

  std::string some_text(const Node& node, const char* name) {
    if (node.text(name).empty()) diagnostics_.error(node.span(name), "this text is empty");
    return node.text(name);
  }

  void apply(const Node& node, PathPhase& phase) {
    if (node.is("latency")) {
      phase.latency_ns = node.duration("latency").count();
      if (node.has("jitter")) phase.jitter_ns = node.duration("jitter").count();
    }
    if (node.is("bandwidth"))
      phase.bytes_per_second = static_cast<std::int64_t>(number(node, "rate", 1));
    if (node.is("window")) phase.window_bytes = number(node, "window", 1);
    if (node.is("segments")) phase.segment_bytes_max = number(node, "size", 1);
    if (node.is("chopped")) apply_chop(node, phase);
    if (node.is("coalesced")) phase.coalesces = true;
    if (node.is("refuses")) phase.refuses = true;
    if (node.is("swallows")) phase.swallows = true;
    if (node.is("resets")) phase.reset_at = number(node, "offset", 0);
    if (node.is("stalls")) phase.stall_at = number(node, "offset", 0);
    if (node.is("loses"))
      phase.datagram_loss_percent = static_cast<unsigned>(number(node, "percent", 0, 100));
    if (node.is("party.listens")) phase.party_listens = true;
    if (node.is("party.strips")) phase.party_strips_starttls = true;
    if (node.is("party.flips")) phase.flips.push_back(number(node, "offset", 0));
    if (node.is("party.injects")) {
      PathInjection injection{some_text(node, "bytes"), {}, {}};
      if (node.has("offset"))
        injection.offset = number(node, "offset", 0);
      else
        injection.after_text = some_text(node, "text");
      phase.injections.push_back(std::move(injection));
    }
  }

  void apply_chop(const Node& node, PathPhase& phase) {
    if (node.has("piece")) phase.piece_bytes_max = number(node, "piece", 1);
    if (node.has("random")) phase.random_piece_bytes_max = number(node, "random", 1);
    for (const std::string& offset : node.texts("offset")) {
      if (offset.starts_with('-'))
        diagnostics_.error(node.span(), "offsets count from 0");
      else
        phase.cuts.push_back(std::stoull(offset));
    }
    if (node.has("crlf")) phase.cut_between_cr_and_lf = true;
    if (node.has("tls")) phase.cut_inside_tls_headers = true;
  }

  Path& path_;
  const std::map<std::string, std::string>& hosts_;
  syntax::Diagnostics& diagnostics_;
};

}  // namespace

std::optional<Path> PlanBuilder::path_of(const Node& node) {
  std::map<std::string, std::string> hosts{{"gateway", plan_.gateway.name},
                                           {plan_.gateway.name, plan_.gateway.name},
                                           {"dns", plan_.dns.name},
                                           {plan_.dns.name, plan_.dns.name}};
  for (const Mx& mx : plan_.mxs) hosts.emplace(mx.name, mx.name);
  if (plan_.cloud) hosts.emplace(plan_.cloud->name, plan_.cloud->name);
  if (plan_.cloud) hosts.emplace(plan_.cloud->name, plan_.cloud->name);
  for (const Origin& origin : plan_.origins) hosts.emplace(origin.name, origin.name);
  std::vector<std::string> words;
  for (const auto& entry : hosts) words.push_back(entry.first);

  Path path;
  for (const auto& [argument, name] : {std::pair("one", &path.one), {"other", &path.other}}) {
    const auto found = hosts.find(node.text(argument));
    if (found != hosts.end()) {
      *name = found->second;
      continue;
    }
    const auto near = syntax::nearest(node.text(argument), words);
    diagnostics_.error(node.span(argument),
                       fmt::format("there is no host '{}'", node.text(argument)),
                       near.empty() ? fmt::format("there are {}", fmt::join(words, ", "))
                                    : fmt::format("did you mean '{}'?", near));
    return {};
  }
  if (path.one == path.other) {
    diagnostics_.error(node.span("other"), "a path has two ends");
    return {};
  }
  PathReader reader(path, hosts, diagnostics_);
  for (const Node& child : node.children()) reader.read(child);
  return path;
}

void PlanBuilder::add_path(const Node& node) {
  std::optional<Path> path = path_of(node);
  if (!path) return;
  const auto same_ends = [&](const Path& known) {
    return (known.one == path->one && known.other == path->other) ||
           (known.one == path->other && known.other == path->one);
  };
  if (std::any_of(plan_.paths.begin(), plan_.paths.end(), same_ends))
    diagnostics_.error(node.span("one"), "this path is described already",
                       "put both into one block, or write 'change path' in the script");
  plan_.paths.push_back(std::move(*path));
}

void PlanBuilder::add_path_change(const Node& node) {
  if (std::optional<Path> path = path_of(node)) push(ChangePath{std::move(*path)}, node);
}

}  // namespace sealcheck::plan
