// The gateway as the script sees it: it starts, answers, dies, and in a crash sweep comes back by
// itself.
#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include "reference/host/io.hpp"
#include "sim/engine/disk_moment.hpp"
#include "sim/engine/script_runner.hpp"
#include "sim/verdict/expectation.hpp"

namespace sealcheck::engine {

namespace json = boost::json;

namespace {

// How long a machine without power stays so in a sweep.
constexpr std::int64_t sweep_outage_ns = 1'000'000'000;

using PendingPtr = std::shared_ptr<ScriptRunner::Pending>;

boost::asio::awaitable<void> perform_and_keep(Sut& sut, std::string operation,
                                              json::object arguments, PendingPtr pending) {
  try {
    pending->result = co_await sut.perform(std::move(operation), std::move(arguments));
  } catch (const std::exception& error) {
    pending->result["error"] = error.what();
  }
  pending->done = true;
}

boost::asio::awaitable<void> configure_and_start(Sut& sut, json::object settings,
                                                 PendingPtr pending) {
  try {
    std::string operation = "configure";
    pending->result = co_await sut.perform(operation, std::move(settings));
    json::object nothing;
    operation = "start";
    if (!pending->result.contains("error"))
      pending->result = co_await sut.perform(operation, std::move(nothing));
  } catch (const std::exception& error) {
    pending->result["error"] = error.what();
  }
  pending->done = true;
}

json::object settings_of(const plan::Gateway& gateway, const std::string& configuration) {
  json::array domains;
  for (const std::string& domain : gateway.protected_domains) domains.emplace_back(domain);
  return {{"configuration", configuration},
          {"hostname", gateway.name},
          {"address", gateway.address},
          {"protected_domains", std::move(domains)}};
}

}  // namespace

// At a safe point: none of its code runs any more.
void ScriptRunner::on_gateway_buried() {
  if (sut_) sut_->on_death();
  sut_.reset();
  if (!plan_.sweep) return;
  starting_ = std::make_shared<Pending>();
  auto restart = [this] {
    cast_.gateway_machine().restart();
    begin_start();
  };
  world_.scheduler().add_timer(world_.scheduler().now() + sweep_outage_ns,
                               host::TimerKind::activity, world_.network().wire(),
                               world::make_task(std::move(restart)));
}

void ScriptRunner::begin_start() {
  auto& machine = cast_.gateway_machine();
  sut_ = make_sut_(plan_.sut, machine);
  if (!sut_) throw std::runtime_error(fmt::format("there is no gateway '{}'", plan_.sut));
  starting_ = std::make_shared<Pending>();
  host::spawn(
      machine, machine.queue_executor(), "sut",
      configure_and_start(*sut_, settings_of(plan_.gateway, cast_.with_lab_root(configuration_)),
                          starting_));
}

void ScriptRunner::await_start() {
  const auto decided = [&] { return starting_->done || (!sut_ && !plan_.sweep); };
  if (!decided()) world_.run(virtual_ns_max_, true, decided);
  if (!sut_) return;  // it died in it
  if (!starting_->done) throw std::runtime_error(plan_.sut + " never completes its start");
  if (const json::value* error = starting_->result.if_contains("error"))
    throw std::runtime_error(
        fmt::format("{} does not start: {}", plan_.sut, json::value_to<std::string>(*error)));
}

void ScriptRunner::start_gateway() {
  begin_start();
  await_start();
}

json::object ScriptRunner::perform(const std::string& operation, json::object arguments) {
  auto& machine = cast_.gateway_machine();
  for (;;) {
    await_start();
    if (!sut_) return {{"error", "the gateway is dead"}};
    const std::uint32_t incarnation = machine.incarnation();
    const auto died = [&] { return !sut_ || machine.incarnation() != incarnation; };
    auto pending = std::make_shared<Pending>();
    host::spawn(machine, machine.queue_executor(), "sut",
                perform_and_keep(*sut_, operation, arguments, pending));
    world_.run(virtual_ns_max_, true, [&] { return pending->done || died(); });
    if (died() && plan_.sweep) continue;
    if (died()) return {{"error", "the gateway died meanwhile"}};
    if (!pending->done) return {{"error", operation + " never completed"}};
    return std::move(pending->result);
  }
}

// --- the crash sweep ---

void ScriptRunner::arm_sweep() {
  const plan::Sweep& sweep = *plan_.sweep;
  auto& machine = cast_.gateway_machine();
  machine.disk().set_outcome(sweep.outcome);
  if (sweep.moment.nth == 0) return;
  machine.die_at(world::Death::power_loss, to_world(sweep.moment));
}

// Retries go on until everything is delivered or has expired.
void ScriptRunner::drain_queue() {
  for (;;) {
    world_.run(virtual_ns_max_, true);
    const std::size_t snapshot = take_snapshot("end");
    if (verdict::snapshot_satisfies(world_.trace().events(), snapshot, plan::QueueEmpty{})) break;
    const auto stirs = [&] { return !world_.scheduler().quiescent(); };
    if (world_.run(virtual_ns_max_, false, stirs) != world::Stop::satisfied) break;
  }
  if (plan_.sweep->moment.nth != 0 && cast_.gateway_machine().incarnation() == 0)
    throw std::runtime_error("the run never came to the operation at which power is lost");
}

}  // namespace sealcheck::engine
