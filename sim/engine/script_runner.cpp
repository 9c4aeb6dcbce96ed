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
      virtual_ns_max_(virtual_ns_max),
      configuration_(plan.gateway.configuration) {
  const auto look_at = [this](const plan::Condition& condition) {
    const auto* answered = std::get_if<plan::Answered>(&condition);
    if (answered && answered->recipient.empty()) answers_expected_.insert(answered->message);
  };
  for (const plan::Step& step : plan.steps) {
    if (const auto* expect = std::get_if<plan::Expect>(&step.action)) look_at(expect->condition);
    if (const auto* all = std::get_if<plan::ExpectAll>(&step.action))
      for (const plan::ExpectAll::Part& part : all->parts) look_at(part.condition);
  }
}

ScriptRunner::~ScriptRunner() = default;

void ScriptRunner::run() {
  note("lab.start", {{"scenario", plan_.id}});
  cast_.gateway_machine().on_buried([this] { on_gateway_buried(); });
  set_disk(plan_.disk);
  if (plan_.sweep) arm_sweep();
  start_gateway();
  mark(plan::Anchor::last_action);
  for (const plan::Step& step : plan_.steps) play(step);
  note("lab.script-end", {});
  if (plan_.sweep) return drain_queue();
  world_.run(virtual_ns_max_, true);
  close_nevers(true);
  close_crashes();
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
  if (plan_.sweep) await_start();
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

void ScriptRunner::play(const plan::Step& step, const plan::ChangeCloud& change) {
  close_nevers(false);
  note("lab.change", {{"peer", plan_.cloud->name}, {"at", step.place.position}});
  cast_.change(change);
  mark(plan::Anchor::last_change);
}

void ScriptRunner::play(const plan::Step& step, const plan::ChangeDns& change) {
  close_nevers(false);
  note("lab.change", {{"peer", change.server}, {"at", step.place.position}});
  cast_.change(change);
  mark(plan::Anchor::last_change);
}

void ScriptRunner::play(const plan::Step& step, const plan::ChangeEncryption& change) {
  close_nevers(false);
  note("lab.change", {{"peer", change.peer}, {"at", step.place.position}});
  cast_.change(change);
  mark(plan::Anchor::last_change);
}

}  // namespace sealcheck::engine
