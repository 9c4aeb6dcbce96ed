// How what an administrator does is played: one operation of the gateway, waited for (rule 10).
#include <fmt/format.h>

#include <boost/json/value_to.hpp>

#include "sim/engine/script_runner.hpp"

namespace sealcheck::engine {

namespace json = boost::json;

void ScriptRunner::play(const plan::Step& step, const plan::Admin& admin) {
  close_nevers(false);
  note("lab.admin", {{"operation", admin.operation}, {"at", step.place.position}});
  json::object arguments;
  for (const auto& [name, value] : admin.arguments) arguments[name] = cast_.with_lab_root(value);
  const json::object result = perform(admin.operation, std::move(arguments));
  mark(plan::Anchor::last_admin);
  if (const json::value* text = result.if_contains("unsupported"))
    throw Unsupported(json::value_to<std::string>(*text));
  const json::value* error = result.if_contains("error");
  const std::string said = error ? json::value_to<std::string>(*error) : "it succeeded";
  if (admin.refused_with)
    return decide(step, error && said.find(*admin.refused_with) != std::string::npos,
                  fmt::format("{} is refused with \"{}\"", to_text(admin), *admin.refused_with),
                  said);
  decide(step, !error, to_text(admin) + " succeeds", said);
  if (!error && admin.operation == "delete") {
    // Whoever looks for lost mail must know of it.
    std::vector<trace::Field> fields;
    for (const auto& [name, value] : admin.arguments) fields.push_back({name, value});
    note("lab.deleted", std::move(fields));
  }
  if (error || admin.operation != "apply") return;
  for (const auto& [name, value] : admin.arguments)
    if (name == "configuration") configuration_ = value;
}

}  // namespace sealcheck::engine
