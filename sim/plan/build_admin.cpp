// What an administrator does: which operation of the gateway a statement stands for, with what.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "reference/syntax/format.hpp"
#include "sim/plan/plan_builder.hpp"
#include "sim/plan/settings_change.hpp"

namespace sealcheck::plan {

using syntax::Node;
using syntax::Statement;

namespace {

/// What an operation is given. Plain: the statement's arguments, by their names. Settings: the
/// text of the whole new configuration. Delivery: Message-ID and recipient of one, beside those.
/// Page: what is done on it, step by step. Fields: the arguments of the statements in the block.
/// File: a .pfx file, by its name.
enum class About { plain, settings, delivery, page, fields, file };

struct Operation {
  const char* id;    ///< of the declaration in sim/dsl/admin_words.cpp
  const char* name;  ///< see sim/engine/sut.hpp
  About about;
};

constexpr Operation operations[] = {
    {"admin.changes", "apply", About::settings},
    {"admin.removes", "apply", About::settings},
    {"admin.deploys", "deploy", About::plain},
    {"admin.flushes", "flush", About::plain},
    {"admin.releases", "release", About::delivery},
    {"admin.deletes", "delete", About::delivery},
    {"admin.pauses", "hold", About::delivery},
    {"admin.reads-page", "read-page", About::plain},
    {"admin.presses", "page", About::page},
    {"admin.views-certificate", "view-certificate", About::plain},
    {"admin.generates-certificate", "generate-certificate", About::plain},
    {"admin.requests-certificate", "request-certificate", About::fields},
    {"admin.imports-signed", "import-signed-certificate", About::plain},
    {"admin.imports-certificate", "import-certificate", About::file},
    {"admin.trusts", "trust", About::plain},
    {"admin.searches-trusted", "trusted-certificates", About::plain},
    {"admin.distrusts", "distrust", About::plain},
    {"admin.exports-certificate", "export-certificate", About::plain},
};

// A password's length stands for a password.
std::pair<std::string, std::string> spelled_out(const syntax::Argument& argument) {
  constexpr std::string_view length = "-length";
  if (!argument.name.ends_with(length)) return {std::string(argument.name), argument.value.text};
  return {std::string(argument.name.substr(0, argument.name.size() - length.size())),
          password_of(std::stoul(argument.value.text))};
}

}  // namespace

// The whole new configuration as the scenario knows it, for a gateway that has nothing but a file;
// beside it what changes, for one that builds on what is in force there: pages and certificates may
// have changed what no scenario can spell out.
std::optional<std::vector<Statement>> PlanBuilder::changed_settings(Admin& admin, const Node& node,
                                                                    const Statement& statement) {
  if (node.is("admin.removes")) {
    auto rest = without(settings_, node.text("kind"), node.text("name"));
    if (!rest) {
      diagnostics_.error(node.span("name"), fmt::format("the gateway has no {} \"{}\" here",
                                                        node.text("kind"), node.text("name")));
      return std::nullopt;
    }
    admin.arguments.emplace_back("configuration", configuration(*rest));
    admin.arguments.emplace_back("kind", node.text("kind"));
    admin.arguments.emplace_back("name", node.text("name"));
    return rest;
  }
  const auto& changes = statement.block->statements;
  auto result = merged(settings_, changes);
  admin.arguments.emplace_back("configuration", configuration(result));
  admin.arguments.emplace_back("configuration-change", changed_text(changes, result));
  return result;
}

// "edit-1": "set encryption { tls off }", "edit-2": "add". The order is that of the block. What is
// taken out later must be known to be there.
void PlanBuilder::fill_in_page(Admin& admin, const Node& node, const Statement& statement) {
  const auto note = [&](std::string what) {
    admin.arguments.emplace_back(fmt::format("edit-{}", admin.arguments.size()), std::move(what));
  };
  std::vector<Statement> after = settings_;
  std::vector<Statement> typed;
  for (std::size_t i = 0; i < node.children().size(); ++i) {
    const Node& child = node.children()[i];
    if (child.is("page.writes")) note("set " + child.text("setting"));
    if (child.is("page.adds")) {
      note("add");
      after = merged(std::move(after), typed);
    }
    if (child.is("page.removes")) {
      note(fmt::format("remove {} \"{}\"", child.text("kind"), child.text("name")));
      after = without(after, child.text("kind"), child.text("name")).value_or(after);
    }
    if (!child.is("page.sets") && !child.is("page.types")) continue;
    const auto& filled_in = statement.block->statements[i].block->statements;
    for (const Statement& one : filled_in)
      note((child.is("page.sets") ? "set " : "type ") + syntax::format(by_value(one)));
    if (child.is("page.sets")) after = merged(std::move(after), filled_in);
    if (child.is("page.types")) typed = filled_in;
  }
  if (node.text("button") == "ok" && !admin.refused_with) settings_ = std::move(after);
}

bool PlanBuilder::add_admin(const Node& node, const Statement& statement) {
  const auto* operation =
      std::find_if(std::begin(operations), std::end(operations),
                   [&](const Operation& candidate) { return node.is(candidate.id); });
  if (operation == std::end(operations)) return false;
  Admin admin{operation->name, {}};
  if (node.has("refusal")) admin.refused_with = node.text("refusal");
  admin.seen = node.texts("seen");
  admin.unseen = node.texts("unseen");
  if (operation->about == About::settings) {
    auto settings = changed_settings(admin, node, statement);
    if (!settings) return true;
    if (node.has("administrator"))
      admin.arguments.emplace_back("administrator", node.text("administrator"));
    if (!admin.refused_with) settings_ = std::move(*settings);
    push(std::move(admin), node);
    return true;
  }
  static const std::set<std::string_view> read_elsewhere{
      "refusal", "requirement", "message", "recipient", "each", "seen", "unseen"};
  for (const syntax::Argument& argument : node.arguments())
    if (!read_elsewhere.contains(argument.name)) admin.arguments.push_back(spelled_out(argument));
  if (operation->about == About::page) fill_in_page(admin, node, statement);
  if (operation->about == About::fields)
    for (const Node& child : node.children())
      for (const syntax::Argument& argument : child.arguments())
        admin.arguments.push_back(spelled_out(argument));
  if (operation->about == About::fields && !key_file_exists(node)) return true;
  if (operation->about == About::file && !certificate_file_exists(node)) return true;
  if (operation->about != About::delivery) {
    push(std::move(admin), node);
    return true;
  }
  const Message* message = message_named(node);
  if (!message) return true;
  for (const std::string& recipient : recipients_meant(node, *message)) {
    Admin one = admin;
    one.arguments.emplace_back("message-id", message->message_id);
    one.arguments.emplace_back("recipient", recipient);
    push(std::move(one), node);
  }
  return true;
}

}  // namespace sealcheck::plan
