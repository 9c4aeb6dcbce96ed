#include "sim/engine/script_runner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "reference/host/io.hpp"
#include "sim/verdict/expectation.hpp"

namespace sealcheck::engine {

namespace json = boost::json;

namespace {

// Runs one operation and keeps its result where the caller looks for it. The result is shared: a
// crash may destroy this frame, or outlive the caller's interest.
struct Pending {
  bool done = false;
  json::object result;
};

boost::asio::awaitable<void> perform_and_keep(Sut& sut, std::string operation,
                                              json::object arguments,
                                              std::shared_ptr<Pending> pending) {
  try {
    pending->result = co_await sut.perform(std::move(operation), std::move(arguments));
  } catch (const std::exception& error) {
    pending->result["error"] = error.what();
  }
  pending->done = true;
}

std::string text_of(const json::object& entry, std::string_view key) {
  const json::value* value = entry.if_contains(key);
  if (!value) return {};
  return value->is_string() ? std::string(value->as_string()) : json::serialize(*value);
}

}  // namespace

ScriptRunner::ScriptRunner(world::World& world, const plan::Plan& plan, Cast& cast,
                           const SutFactory& make_sut, std::int64_t virtual_ns_max)
    : world_(world),
      plan_(plan),
      cast_(cast),
      make_sut_(make_sut),
      virtual_ns_max_(virtual_ns_max) {
  for (const plan::Step& step : plan.steps)
    if (const auto* expect = std::get_if<plan::Expect>(&step.action))
      if (const auto* answered = std::get_if<plan::Answered>(&expect->condition))
        answers_expected_.insert(answered->message);
}

ScriptRunner::~ScriptRunner() = default;

void ScriptRunner::run() {
  note("lab.start", {{"scenario", plan_.id}});
  start_gateway();
  mark(plan::Anchor::last_action);
  for (const plan::Step& step : plan_.steps) play(step);
  note("lab.script-end", {});
  world_.run(virtual_ns_max_, true);
  close_nevers(true);
  decide_submissions();
  if (cast_.gateway_machine().node().alive) take_snapshot("end");
}

void ScriptRunner::note(std::string kind, std::vector<trace::Field> fields) {
  world_.trace().record("lab", std::move(kind), std::move(fields));
}

void ScriptRunner::mark(plan::Anchor anchor) {
  anchors_[anchor] = world_.scheduler().now();
  anchors_[plan::Anchor::last_action] = world_.scheduler().now();
}

// --- the gateway ---

json::object ScriptRunner::perform(const std::string& operation, json::object arguments) {
  auto pending = std::make_shared<Pending>();
  auto& machine = cast_.gateway_machine();
  host::spawn(machine, machine.queue_executor(), "sut",
              perform_and_keep(*sut_, operation, std::move(arguments), pending));
  world_.run(virtual_ns_max_, true, [&] { return pending->done; });
  if (!pending->done) return {{"error", operation + " never completed"}};
  return std::move(pending->result);
}

void ScriptRunner::start_gateway() {
  sut_ = make_sut_(plan_.sut, cast_.gateway_machine());
  if (!sut_) throw std::runtime_error(fmt::format("there is no gateway '{}'", plan_.sut));
  json::array domains;
  for (const std::string& domain : plan_.gateway.protected_domains) domains.emplace_back(domain);
  const json::object settings{{"configuration", plan_.gateway.configuration},
                              {"hostname", plan_.gateway.name},
                              {"address", plan_.gateway.address},
                              {"protected_domains", std::move(domains)}};
  for (const auto& [operation, arguments] :
       {std::pair<std::string, json::object>{"configure", settings}, {"start", {}}}) {
    const json::object result = perform(operation, arguments);
    if (result.contains("error"))
      throw std::runtime_error(
          fmt::format("{} does not {}: {}", plan_.sut, operation, text_of(result, "error")));
  }
}

std::size_t ScriptRunner::take_snapshot(const std::string& label) {
  const json::object result = perform("queue", {});
  if (result.contains("error"))
    throw std::runtime_error("no queue snapshot: " + text_of(result, "error"));
  const json::array& entries = result.at("entries").as_array();
  const std::string& actor = plan_.gateway.name;
  const std::size_t index =
      world_.trace()
          .record(actor, "sut.queue", {{"at", label}, {"entries", std::to_string(entries.size())}})
          .sequence;
  for (const json::value& value : entries) {
    const json::object& entry = value.as_object();
    std::vector<trace::Field> fields;
    std::string name = "unknown";
    for (const plan::Message& message : plan_.messages)
      if (message.message_id == text_of(entry, "message-id")) name = message.name;
    fields.emplace_back("message", name);
    for (const char* key : {"message-id", "sender", "recipient", "queue", "state", "reason",
                            "attempts", "next-attempt"})
      fields.emplace_back(key, text_of(entry, key));
    world_.trace().record(actor, "sut.queue-entry", std::move(fields));
  }
  return index;
}

// --- actions ---

void ScriptRunner::play(const plan::Step& step) {
  std::visit([&](const auto& action) { play(step, action); }, step.action);
}

void ScriptRunner::play(const plan::Step& step, const plan::Send& send) {
  const plan::Message& message = plan_.messages[send.message];
  note("lab.send", {{"message", message.name}, {"at", step.place.position}});
  mark(plan::Anchor::last_send);
  auto done = std::make_shared<bool>(false);
  cast_.send(message, [done] { *done = true; });
  if (!send.wait) return;
  world_.run(virtual_ns_max_, true, [&] { return *done; });
  mark(plan::Anchor::last_send);
}

void ScriptRunner::play(const plan::Step& step, const plan::Change& change) {
  close_nevers(false);
  note("lab.change", {{"peer", change.peer}, {"at", step.place.position}});
  cast_.change(change);
  mark(plan::Anchor::last_change);
}

void ScriptRunner::play(const plan::Step& step, const plan::Crash& crash) {
  close_nevers(false);
  auto& machine = cast_.gateway_machine();
  note("lab.crash", {{"at", step.place.position}});
  if (crash.kind == plan::CrashKind::kill)
    machine.kill();
  else
    machine.lose_power();
  sut_->on_death();
  sut_.reset();
  mark(plan::Anchor::last_action);
}

void ScriptRunner::play(const plan::Step& step, const plan::Restart&) {
  close_nevers(false);
  note("lab.restart", {{"at", step.place.position}});
  cast_.gateway_machine().restart();
  start_gateway();
  mark(plan::Anchor::last_restart);
}

}  // namespace sealcheck::engine
