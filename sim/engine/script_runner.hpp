// Plays the steps of a plan in their order (DESIGN's fifteen rules): actions wait for completion,
// only a positive expectation advances time, a `never` holds until the next action and does not
// block.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sim/engine/cast.hpp"
#include "sim/engine/sut.hpp"
#include "sim/plan/plan.hpp"
#include "sim/verdict/verdict.hpp"
#include "sim/world/virtual/world.hpp"

namespace sealcheck::engine {

class ScriptRunner {
 public:
  ScriptRunner(world::World& world, const plan::Plan& plan, Cast& cast, const SutFactory& make_sut,
               std::int64_t virtual_ns_max);
  ~ScriptRunner();

  /// Plays everything, brings the world to rest and decides what is still open. Throws
  /// std::runtime_error when the gateway cannot be started.
  void run();

  const std::vector<verdict::Assertion>& assertions() const { return assertions_; }
  /// Events that an expectation accounted for (rule 6: one each).
  const std::set<std::uint64_t>& consumed() const { return consumed_; }

 private:
  struct OpenNever {
    const plan::Step* step;
    const plan::Never* never;
    std::size_t begin;  ///< index of the first event that it looks at
  };

  void start_gateway();
  boost::json::object perform(const std::string& operation, boost::json::object arguments);
  void play(const plan::Step& step);
  void play(const plan::Step& step, const plan::Send& send);
  void play(const plan::Step& step, const plan::Change& change);
  void play(const plan::Step& step, const plan::Expect& expect);
  void play(const plan::Step& step, const plan::Never& never);
  void play(const plan::Step& step, const plan::Crash& crash);
  void play(const plan::Step& step, const plan::Restart& restart);

  bool wait_for_event(const plan::Expect& expect, std::int64_t from, std::int64_t limit);
  bool wait_for_state(const plan::Expect& expect, std::int64_t from, std::int64_t limit);
  std::size_t take_snapshot(const std::string& label);
  void mark(plan::Anchor anchor);
  void close_nevers(bool ever_too);
  void decide_submissions();
  void decide(const plan::Step& step, bool holds, std::string expected, std::string seen);
  void note(std::string kind, std::vector<trace::Field> fields);

  world::World& world_;
  const plan::Plan& plan_;
  Cast& cast_;
  const SutFactory& make_sut_;
  std::int64_t virtual_ns_max_;
  std::unique_ptr<Sut> sut_;
  std::vector<verdict::Assertion> assertions_;
  std::set<std::uint64_t> consumed_;
  std::set<std::string> answers_expected_;  ///< messages with an expectation on their answer
  std::vector<OpenNever> nevers_;
  std::map<plan::Anchor, std::int64_t> anchors_;
};

}  // namespace sealcheck::engine
