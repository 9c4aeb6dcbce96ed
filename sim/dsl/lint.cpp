#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "sim/dsl/lint_parts.hpp"

namespace sealcheck::dsl {

using syntax::Node;

namespace {

bool is_never(const Node& node) {
  return node.id().starts_with("never.");
}

// What ends the open `never`s, and takes no time itself.
bool is_change(const Node& node) {
  return node.id().starts_with("change") || node.is("crash") || node.is("restart") ||
         node.id().starts_with("admin");
}

// Statements that are no step of the script: the header and the cast.
bool is_environment(const Node& node) {
  static const std::set<std::string, std::less<>> ids{"covers",
                                                      "tags",
                                                      "rows",
                                                      "under-test",
                                                      "must-fail",
                                                      "mx",
                                                      "gateway",
                                                      "path",
                                                      "disk",
                                                      "budget",
                                                      "certificate-file",
                                                      "key-file",
                                                      "encryption-server",
                                                      "cloud",
                                                      "public"};
  return ids.contains(node.id());
}

// Whether the statement, or one inside it, has this anywhere in a value: in an address, in raw
// octets, in a setting.
bool mentions(const Node& node, const std::string& text) {
  const auto& arguments = node.arguments();
  return std::any_of(arguments.begin(), arguments.end(),
                     [&](const auto& a) { return a.value.text.find(text) != std::string::npos; }) ||
         std::any_of(node.children().begin(), node.children().end(),
                     [&](const Node& child) { return mentions(child, text); });
}

// What brings nothing to a peer. A `never` brings nothing either, but says that this is meant.
bool only_speaks_of_peers(const Node& node) {
  return node.is("mx") || node.is("encryption-server") || node.is("cloud") || node.is("phase") ||
         node.is("change") || node.id().starts_with("expect");
}

bool serves_any(const Node& mx, const std::set<std::string>& domains) {
  const auto served = mx.texts("domain");
  return std::any_of(served.begin(), served.end(),
                     [&](const auto& domain) { return domains.contains(domain); });
}

}  // namespace

void find_shadowed_replies(const Statements& scenario, Warnings& warnings) {
  static const std::set<std::string_view> plain{"code", "enhanced", "text", "verb"};
  for (const Node& node : scenario) {
    std::set<std::string> verbs;
    for (const Node* given : node.children_of("reply")) {
      const Node& reply = *given;
      const auto& arguments = reply.arguments();
      if (!std::all_of(arguments.begin(), arguments.end(),
                       [&](const auto& a) { return plain.contains(a.name); }))
        continue;
      if (!verbs.insert(reply.text_or("verb", "")).second)
        warn(warnings, reply.span(),
             fmt::format("'{}' has a reply in this phase already", reply.text_or("verb", "")),
             "one of the two is never given: leave it out");
    }
  }
}

void find_replaced_phases(const Statements& scenario, Warnings& warnings) {
  std::map<std::string, const Node*> unseen;  // phases that nothing could have met so far
  for (const Node& node : scenario)
    if (node.is("mx")) unseen[node.text_or("name", "")] = &node;
  for (const Node& node : scenario) {
    if (is_environment(node) || is_never(node)) continue;
    if (!node.id().starts_with("change")) {
      unseen.clear();
      continue;
    }
    const std::string key =
        node.is("change")              ? node.text_or("peer", "")
        : node.is("change-encryption") ? "encryption of " + node.text_or("peer", "")
        : node.is("change-path")       ? node.text_or("one", "") + " " + node.text_or("other", "")
                                       : node.id();
    if (const Node* old = std::exchange(unseen[key], &node))
      warn(warnings, old->span(), "this is changed before anything could meet it",
           fmt::format("the change is at {}", syntax::to_string(node.span())));
  }
}

void find_unreached_peers(const Statements& scenario, Warnings& warnings) {
  for (const Node& mx : scenario) {
    // An encryption server without an address of its own may be anybody's.
    const bool server = mx.is("encryption-server") && mx.has("address");
    if (!mx.is("mx") && !server) continue;
    auto ways = mx.texts(server ? "address" : "domain");
    ways.push_back(mx.text_or("name", ""));
    const auto leads_there = [&](const Node& node) {
      return &node != &mx && !only_speaks_of_peers(node) &&
             std::any_of(ways.begin(), ways.end(),
                         [&](const auto& way) { return mentions(node, way); });
    };
    if (std::none_of(scenario.begin(), scenario.end(), leads_there))
      warn(warnings, mx.span("name"), fmt::format("nobody reaches '{}'", ways.back()),
           server ? fmt::format("name the server {} in the settings, or leave the peer out",
                                mx.text("address"))
                  : fmt::format("send a message to {}, or leave the peer out",
                                fmt::join(mx.texts("domain"), " or ")));
  }
}

void find_empty_nevers(const Statements& scenario, Warnings& warnings) {
  std::vector<const Node*> fresh;  // since which no time has passed
  for (const Node& node : scenario) {
    if (is_environment(node)) continue;
    if (is_never(node)) {
      if (!node.has("ever")) fresh.push_back(&node);
      continue;
    }
    if (is_change(node))
      for (const Node* never : fresh)
        warn(warnings, never->span(), "this cannot fail: it ends before any time has passed",
             "put it before the statement that it is to watch");
    fresh.clear();
  }
}

void find_repeated_nevers(const Statements& scenario, Warnings& warnings) {
  std::set<std::string> open;
  std::set<std::string> for_ever;
  for (const Node& node : scenario) {
    if (is_change(node)) open.clear();
    if (!is_never(node)) continue;
    const auto text = meaning(node);
    const bool known = for_ever.contains(text) || (!node.has("ever") && open.contains(text));
    if (known) warn(warnings, node.span(), "an earlier 'never' says this already", "leave one out");
    (node.has("ever") ? for_ever : open).insert(text);
  }
}

void find_misplaced_nevers(const Statements& scenario, Warnings& warnings) {
  for (const Node& never : scenario) {
    if (!never.is("never.receives")) continue;
    const auto peer = never.text_or("peer", "");
    const auto message = never.text_or("message", "");
    for (const Node& mx : scenario) {
      if (!mx.is("mx") || mx.text_or("name", "") != peer) continue;
      std::set<std::string> domains;
      bool routed = false;
      for (const Node& node : scenario) {
        if (node.is("gateway")) routed = routed || names(node, peer);
        if (!node.is("send") || node.text_or("message", "") != message) continue;
        for (const auto& recipient : node.texts("recipient")) domains.insert(domain_of(recipient));
      }
      if (!routed && !domains.empty() && !serves_any(mx, domains))
        warn(warnings, never.span(), fmt::format("'{}' serves no recipient of '{}'", peer, message),
             "is another peer or another message meant?");
    }
  }
}

void find_any_answer(const Statements& scenario, Warnings& warnings) {
  for (const Node& node : scenario) {
    if (!node.is("expect.answered")) continue;
    std::set<char> kinds;
    for (const auto& code : node.texts("code")) kinds.insert(code.empty() ? '?' : code.front());
    if (kinds.contains('2') && kinds.contains('4') && kinds.contains('5') && kinds.contains('l'))
      warn(warnings, node.span(), "this takes whatever the answer is", "leave it out, or say less");
  }
}

void find_unwatched_messages(const Statements& scenario, Warnings& warnings) {
  for (const Node& send : scenario) {
    if (!send.is("send") || !send.has("sender")) continue;  // a report is read as such
    const auto name = send.text_or("message", "");
    const auto speaks = [&](const Node& node) { return &node != &send && names(node, name); };
    if (std::none_of(scenario.begin(), scenario.end(), speaks))
      warn(warnings, send.span(), fmt::format("nothing is expected of '{}'", name),
           fmt::format("write what becomes of it: expect <peer> receives {}", name));
  }
}

void find_unused_includes(const Statements& scenario, Warnings& warnings) {
  Warnings unreached;
  find_unreached_peers(scenario, unreached);
  std::map<const syntax::SourceFile*, std::pair<std::size_t, const Node*>> files;
  for (const Node& node : scenario) {
    auto& [count, first] = files[node.span().file];
    if (count++ == 0) first = &node;
  }
  for (const auto& [file, statements] : files) {
    const auto here = std::count_if(unreached.begin(), unreached.end(),
                                    [file = file](const auto& w) { return w.span.file == file; });
    if (static_cast<std::size_t>(here) == statements.first)
      warn(warnings, statements.second->span(), "nothing of this included file is used",
           "leave the include out, or send a message there");
  }
}

Warnings lint(const Statements& scenario) {
  Warnings warnings;
  for (const auto rule :
       {find_shadowed_replies, find_replaced_phases, find_repeated_nevers, find_misplaced_nevers,
        find_unused_routes, find_unused_settings, find_shadowed_policies, find_unused_includes})
    rule(scenario, warnings);
  // A selftest proves something by how it fails.
  const auto must_fail = [](const Node& node) { return node.is("must-fail"); };
  if (std::any_of(scenario.begin(), scenario.end(), must_fail)) return warnings;
  for (const auto rule : {find_empty_nevers, find_any_answer, find_unwatched_messages, find_drafts})
    rule(scenario, warnings);
  return warnings;
}

}  // namespace sealcheck::dsl
