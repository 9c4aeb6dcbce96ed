#include <boost/test/unit_test.hpp>
#include <map>

#include "sim/plan/make_plans.hpp"

namespace {

using namespace sealcheck;

struct Made {
  std::vector<plan::Plan> plans;
  std::string complaints;

  const plan::Plan& plan() const { return plans.front(); }
};

Made make(const std::string& body) {
  const std::map<std::string, std::string> files{
      {"catalogue.req", "chapter TLS-M \"Mandatory\" { requirement TLS-M-01 \"Works.\" }\n"},
      {"x.scn",
       "scenario \"A title\" {\n    mx mx.partner.test for partner.test\n    gateway { }\n"
       "    send m1 from alice@corp.test to bob@partner.test\n" +
           body + "}\n"}};
  const syntax::Reader reader = [&](const std::string& path) -> boost::system::result<std::string> {
    const auto found = files.find(path);
    if (found == files.end())
      return make_error_code(boost::system::errc::no_such_file_or_directory);
    return found->second;
  };
  syntax::Diagnostics diagnostics;
  const auto catalogue = plan::Catalogue::load("catalogue.req", reader, diagnostics);
  Made made;
  made.plans = plan::make_plans("x.scn", reader, catalogue, diagnostics);
  made.complaints = diagnostics.render();
  return made;
}

// The action of the step behind the send.
template <class Action>
Action action_of(const std::string& statement) {
  const Made made = make(statement + "\n");
  BOOST_REQUIRE_EQUAL(made.complaints, "");
  return std::get<Action>(made.plan().steps.at(1).action);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_crash_says_who_dies_how_and_when) {
  const auto now = action_of<plan::Crash>("crash gateway by power-loss");
  BOOST_TEST(now.machine == "gw.corp.test");
  BOOST_TEST((now.kind == plan::CrashKind::power_loss && !now.at_disk && !now.when));

  const auto commit = action_of<plan::Crash>("crash gateway by kill after the 3rd commit");
  BOOST_TEST((commit.kind == plan::CrashKind::kill && commit.at_disk->commit));
  BOOST_TEST((commit.at_disk->side == plan::DiskMoment::Side::after));
  BOOST_TEST((action_of<plan::Crash>("crash gateway by kill during the 1st commit").at_disk->side ==
              plan::DiskMoment::Side::during));
  BOOST_TEST(commit.at_disk->nth == 3u);

  const auto operation =
      action_of<plan::Crash>("crash gateway by power-loss at the 17th disk operation");
  BOOST_TEST(
      (!operation.at_disk->commit && operation.at_disk->side == plan::DiskMoment::Side::before));
  BOOST_TEST(operation.at_disk->nth == 17u);

  const auto event =
      action_of<plan::Crash>("crash mx.partner.test by kill when mx.partner.test sees data");
  BOOST_TEST(event.machine == "mx.partner.test");
  BOOST_TEST(std::get<plan::SeesVerb>(*event.when).verb == "DATA");

  const auto answer =
      action_of<plan::Crash>("crash gateway by kill when m1 is answered 250 or lost");
  BOOST_TEST((std::get<plan::Answered>(*answer.when).codes ==
              std::vector<int>{250, plan::Answered::lost}));
}

BOOST_AUTO_TEST_CASE(pauses_clock_jumps_and_disks_have_their_values) {
  const auto pause = action_of<plan::Pause>("pause mx.partner.test for 10m");
  BOOST_TEST(pause.machine == "mx.partner.test");
  BOOST_TEST(pause.duration_ns == 600'000'000'000);
  BOOST_TEST(action_of<plan::ClockJump>("clock of gateway jumps 2h back").by_ns ==
             -7'200'000'000'000);
  const auto disk =
      action_of<plan::ChangeDisk>(
          "change disk of gateway { full after 64kB; fsync takes 5s; fsync fails at the 2nd; "
          "writes fail }")
          .phase;
  BOOST_TEST(*disk.full_after_bytes == 64'000u);
  BOOST_TEST(*disk.fsync_takes_ns == 5'000'000'000);
  BOOST_TEST(*disk.fsync_fails_at == 2u);
  BOOST_TEST(*disk.write_fails_at == 0u);
  const Made made = make("disk of gateway { fsync fails }\n");
  BOOST_TEST(made.complaints == "");
  BOOST_TEST(made.plan().disk.fsync_fails_at.value() == 0u);
  BOOST_TEST(made.plan().steps.size() == 1u);  // part of the cast
}

BOOST_AUTO_TEST_CASE(what_cannot_be_played_is_refused_with_its_place) {
  const auto complains = [](const std::string& statement, const std::string& text) {
    const std::string complaints = make(statement + "\n").complaints;
    BOOST_TEST(complaints.find(text) != std::string::npos, complaints);
    BOOST_TEST(complaints.find("x.scn:5:") != std::string::npos, complaints);
  };
  complains("crash mx.elsewhere.test by kill", "there is no machine 'mx.elsewhere.test'");
  complains("crash gateway by kill when m2 is answered 250", "no message 'm2' is sent");
  complains("restart gateway", "nothing crashes it before this line");
  complains("change disk of gateway { works; writes fail }", "a disk that works has no fault");
  complains("crash gateway by kill before the 2st commit", "an ordinal such as");
}
