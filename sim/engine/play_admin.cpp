// How what an administrator does is played: one operation of the gateway, waited for (rule 10).
#include <fmt/format.h>

#include <boost/json/value_to.hpp>

#include "sim/engine/script_runner.hpp"

namespace sealcheck::engine {

namespace json = boost::json;

namespace {

std::string text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value ? json::value_to<std::string>(*value) : std::string();
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

void ScriptRunner::play(const plan::Step& step, const plan::Admin& admin) {
  close_nevers(false);
  note("lab.admin", {{"operation", admin.operation}, {"at", step.place.position}});
  const json::object result = perform(admin.operation, arguments_of(admin));
  mark(plan::Anchor::last_admin);
  if (result.contains("unsupported")) throw Unsupported(text_of(result, "unsupported"));
  const bool failed = result.contains("error");
  const std::string said = failed ? text_of(result, "error") : "it succeeded";
  if (admin.refused_with)
    return decide(step, failed && has(said, *admin.refused_with),
                  fmt::format("{} is refused with \"{}\"", to_text(admin), *admin.refused_with),
                  said);
  decide(step, !failed, to_text(admin) + " succeeds", said);
  if (failed) return;
  if (admin.operation == "delete") {
    // Whoever looks for lost mail must know of it.
    std::vector<trace::Field> fields;
    for (const auto& [name, value] : admin.arguments) fields.push_back({name, value});
    note("lab.deleted", std::move(fields));
  }
  const std::string shown = shown_by(admin, result);
  for (const std::string& part : admin.seen)
    decide(step, has(shown, part), fmt::format("{} shows \"{}\"", to_text(admin), part), shown);
  for (const std::string& part : admin.unseen)
    decide(step, !has(shown, part), fmt::format("{} does not show \"{}\"", to_text(admin), part),
           shown);
  if (admin.operation != "apply") return;
  for (const auto& [name, value] : admin.arguments)
    if (name == "configuration") configuration_ = value;
}

}  // namespace sealcheck::engine
