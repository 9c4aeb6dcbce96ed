// Plays the steps of a plan in their order (DESIGN's fifteen rules): actions wait for completion,
// only a positive expectation advances time, a `never` holds until the next action and does not
// block.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/engine/cast.hpp"
#include "sim/engine/sut.hpp"
#include "sim/plan/plan.hpp"
#include "sim/verdict/verdict.hpp"
#include "sim/world/virtual/world.hpp"

namespace sealcheck::engine {

/// The SUT has no such operation.
struct Unsupported : std::runtime_error {
  using std::runtime_error::runtime_error;
};

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

  /// An operation of the gateway under way. Shared: a crash may destroy its frame, or the frame may
  /// outlive the caller's interest.
  struct Pending {
    bool done = false;
    boost::json::object result;
  };

 private:
  struct OpenNever {
    const plan::Step* step;
    const plan::Never* never;
    std::size_t begin;  ///< index of the first event that it looks at
  };
  /// A window with its anchor known.
  struct Times {
    std::int64_t from;
    std::int64_t limit;
    bool bounded;  ///< else: until quiescence
  };
  struct ArmedCrash {
    const plan::Step* step;
    const plan::Crash* crash;
    std::uint32_t incarnation;  ///< of the machine that is to die
    std::size_t looked_at;      ///< events before this are not what it waits for
  };

  /// The gateway's life, in gateway_life.cpp.
  void begin_start();
  void await_start();
  void start_gateway();
  void on_gateway_buried();
  void arm_sweep();
  void drain_queue();
  boost::json::object arguments_of(const plan::Admin& admin);
  std::string shown_by(const plan::Admin& admin, const boost::json::object& result);
  boost::json::object perform(const std::string& operation, boost::json::object arguments);
  void play(const plan::Step& step);
  void play(const plan::Step& step, const plan::Send& send);
  void play(const plan::Step& step, const plan::Talk& talk);
  void play(const plan::Step& step, const plan::OpensFile& opens);
  void play(const plan::Step& step, const plan::LookAtCertificate& look);
  void play(const plan::Step& step, const plan::Change& change);
  void play(const plan::Step& step, const plan::ChangeCloud& change);
  void play(const plan::Step& step, const plan::Admin& admin);
  void play(const plan::Step& step, const plan::Expect& expect);
  void play(const plan::Step& step, const plan::ExpectAll& all);
  void play(const plan::Step& step, const plan::Never& never);
  void play(const plan::Step& step, const plan::Crash& crash);
  void play(const plan::Step& step, const plan::Restart& restart);
  void play(const plan::Step& step, const plan::Pause& pause);
  void play(const plan::Step& step, const plan::ClockJump& jump);
  void play(const plan::Step& step, const plan::ChangeDisk& change);
  void play(const plan::Step& step, const plan::ChangePath& change);
  void play(const plan::Step& step, const plan::ChangeDns& change);
  void play(const plan::Step& step, const plan::ChangeEncryption& change);
  void play(const plan::Step& step, const plan::OpenSealed& open);

  void set_disk(const plan::DiskPhase& phase);
  bool has_happened(const ArmedCrash& armed);
  void crash_if_it_is_time();
  void close_crashes();
  bool was_lost_in_a_crash(const std::string& message) const;

  std::optional<Times> times_of(const plan::Window& window);
  bool is_open(const trace::Event& event, const Times& times) const;
  std::optional<std::string> file_of(const std::string& message, const std::string& owner) const;
  const trace::Event* wait_for_event(const plan::Condition& condition, const Times& times);
  bool wait_for_state(const plan::Expect& expect, const Times& times);
  std::string seen(bool holds, const plan::Condition& condition) const;
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
  std::string configuration_;          ///< what the gateway is started with
  std::string signing_request_;        ///< the latest one, in PEM
  std::string presented_;              ///< the certificate at the latest look, in PEM
  std::unique_ptr<Sut> sut_;           ///< null while its machine is dead
  std::shared_ptr<Pending> starting_;  ///< its latest start
  std::vector<ArmedCrash> armed_;
  std::vector<verdict::Assertion> assertions_;
  std::set<std::uint64_t> consumed_;
  std::set<std::string> answers_expected_;  ///< messages with an expectation on their answer
  std::vector<OpenNever> nevers_;
  std::map<plan::Anchor, std::int64_t> anchors_;
};

}  // namespace sealcheck::engine
