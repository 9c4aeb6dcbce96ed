// The cloud's clients against ClamAV's clamd and SpamAssassin's spamd themselves, on loopback, with
// rules that the test writes: nothing is downloaded, nothing of the system's own is touched.
#include <boost/test/unit_test.hpp>

#include "fakes/cloud/clamd_protocol.hpp"
#include "fakes/cloud/embedded_engine.hpp"
#include "fakes/cloud/program_fixture.hpp"
#include "fakes/cloud/python_program.hpp"
#include "fakes/cloud/several_engines.hpp"
#include "fakes/cloud/spamd_protocol.hpp"
#include "reference/host/real/loopback_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using fakes::Analysis;
using fakes::AnalysisError;
using fakes::AskedEngine;
using Verdict = Analysis::Verdict;
using Answer = host::Result<Analysis>;

const auto needs_clamd = fakes::test::needs_program("/usr/sbin/clamd", "clamav-daemon");
const auto needs_spamd = fakes::test::needs_program("/usr/sbin/spamd", "spamd");

std::string hex(std::string_view octets) {
  std::string text;
  for (const char c : octets) {
    text += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
    text += "0123456789abcdef"[c & 15];
  }
  return text;
}

std::string message(const std::string& text) {
  return "From: alice@corp.test\r\nTo: bob@partner.test\r\nSubject: s\r\n"
         "Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <m1@corp.test>\r\n\r\n" +
         text + "\r\n";
}

std::string with_zip(const std::string& member) {
  return fakes::test::python(
      "import io, sys, zipfile, email.message\n"
      "out = io.BytesIO()\n"
      "with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:\n"
      "    z.writestr('a.txt', sys.stdin.buffer.read())\n"
      "m = email.message.EmailMessage()\n"
      "m['From'] = 'alice@corp.test'\n"
      "m.set_content('See the file.')\n"
      "m.add_attachment(out.getvalue(), maintype='application', subtype='zip', filename='a.zip')\n"
      "sys.stdout.buffer.write(m.as_bytes())\n",
      member);
}

struct Lab {
  Lab() {
    auto acceptor = loopback.listen();
    server = acceptor->local();
    port = std::to_string(server.port);
  }

  /// Once the program listens.
  std::vector<Answer> answers(fakes::AnalysisEngine& engine, fakes::test::Program& program,
                              const std::vector<std::string>& messages) {
    std::vector<Answer> all;
    const auto work = [&]() -> boost::asio::awaitable<void> {
      const auto timer =
          loopback.host.make_timer(host::TimerKind::activity, loopback.host.session_executor());
      for (int i = 0; i < 300 && program.runs(); ++i) {
        auto connecting = loopback.host.connect(server, loopback.in(1s));
        const auto connected = co_await std::move(connecting);
        if (connected) break;
        co_await host::wait_until(*timer, loopback.in(100ms));
      }
      for (const std::string& one : messages) {
        auto asking = engine.analyse(one, loopback.in(30s));
        auto answer = co_await std::move(asking);
        all.push_back(std::move(answer));
      }
    };
    loopback.start(work());
    loopback.run(120s);
    return all;
  }

  std::filesystem::path file(const std::string& name) const { return folder.path() / name; }

  fakes::test::Folder folder;
  host::test::Loopback loopback;
  host::Endpoint server;
  std::string port;
};

std::unique_ptr<fakes::test::Program> start_clamd(Lab& lab) {
  std::filesystem::create_directory(lab.file("db"));
  lab.folder.write("db/lab.ndb", "Lab.Worm:0:*:" + hex("you have the lab worm") +
                                     "\nLab.Eicar:0:*:" + hex(fakes::eicar()) + "\n");
  lab.folder.write("clamd.conf", "TCPSocket " + lab.port + "\nTCPAddr 127.0.0.1\nForeground yes\n" +
                                     "DatabaseDirectory " + lab.file("db").string() +
                                     "\nAlertExceedsMax yes\nStreamMaxLength 1M\n"
                                     "MaxScanSize 2M\nMaxFileSize 2M\n");
  return std::make_unique<fakes::test::Program>(
      std::vector<std::string>{"/usr/sbin/clamd",
                               "--config-file=" + lab.file("clamd.conf").string()},
      lab.file("log"));
}

std::unique_ptr<fakes::test::Program> start_spamd(Lab& lab) {
  lab.folder.write("init.pre", "loadplugin Mail::SpamAssassin::Plugin::Check\n");
  lab.folder.write("local.cf",
                   "use_bayes 0\nbody LAB_LOTTERY /you have won/\nscore LAB_LOTTERY 9\n");
  // As root it works as somebody without rights, who has to be able to read this.
  std::filesystem::permissions(lab.folder.path(), std::filesystem::perms(0755));
  return std::make_unique<fakes::test::Program>(
      std::vector<std::string>{"/usr/sbin/spamd", "--listen=127.0.0.1", "--port=" + lab.port,
                               "--local", "--nouser-config", "--max-children=1", "--syslog=stderr",
                               "--siteconfigpath=" + lab.folder.path().string(),
                               "--helper-home-dir=" + lab.folder.path().string()},
      lab.file("log"));
}

bool is(const Answer& answer, const Analysis& expected) {
  BOOST_TEST_INFO((answer ? std::string(to_string(answer->verdict)) + " " + answer->name
                          : answer.error().message()));
  return answer && *answer == expected;
}

bool fails_with(const Answer& answer, AnalysisError error) {
  return answer.has_error() && answer.error() == make_error_code(error);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_engines)

BOOST_AUTO_TEST_CASE(clamd_finds_what_the_embedded_engine_finds, *needs_clamd) {
  Lab lab;
  const auto program = start_clamd(lab);
  AskedEngine engine(lab.loopback.host, fakes::clamd, lab.server);
  const auto answers = lab.answers(
      engine, *program,
      {message("hello"), "", message("you have the lab worm"), with_zip(fakes::eicar()),
       with_zip("harmless"), message(std::string(200'000, 'x') + "\r\nyou have the lab worm"),
       message(std::string(2'000'000, 'x')), with_zip(std::string(5'000'000, 'x'))});
  BOOST_REQUIRE(answers.size() == 8u);
  const Analysis worm{Verdict::virus, "Lab.Worm.UNOFFICIAL"};
  BOOST_TEST(is(answers[0], {}));
  BOOST_TEST(is(answers[1], {}));
  BOOST_TEST(is(answers[2], worm));
  BOOST_TEST(is(answers[3], {Verdict::virus, "Lab.Eicar.UNOFFICIAL"}));
  BOOST_TEST(is(answers[4], {}));
  BOOST_TEST(is(answers[5], worm));
  // More than it takes: its answer, or the connection's end where that was lost (RST).
  BOOST_TEST(answers[6].has_error());
  BOOST_TEST(fails_with(answers[7], AnalysisError::limit_reached));
}

BOOST_AUTO_TEST_CASE(spamd_knows_gtube_and_the_rules_of_its_site, *needs_spamd) {
  Lab lab;
  const auto program = start_spamd(lab);
  AskedEngine engine(lab.loopback.host, fakes::spamd, lab.server, 100'000);
  const auto answers = lab.answers(engine, *program,
                                   {message("hello"), message(fakes::gtube()),
                                    message("you have won"), message(std::string(100'000, 'x'))});
  BOOST_REQUIRE(answers.size() == 4u);
  BOOST_TEST(is(answers[0], {}));
  BOOST_REQUIRE((answers[1] && answers[2]));
  BOOST_TEST((answers[1]->verdict == Verdict::spam));
  BOOST_TEST((answers[2]->verdict == Verdict::spam));
  BOOST_TEST(answers[1]->name.find("GTUBE") != std::string::npos);
  BOOST_TEST(answers[2]->name.find("LAB_LOTTERY") != std::string::npos);
  BOOST_TEST(fails_with(answers[3], AnalysisError::limit_reached));
}

BOOST_AUTO_TEST_CASE(where_one_engine_is_missing_there_is_no_verdict, *needs_clamd) {
  Lab lab;
  const auto program = start_clamd(lab);
  std::vector<std::unique_ptr<fakes::AnalysisEngine>> engines;
  engines.push_back(
      std::make_unique<fakes::EmbeddedEngine>(lab.loopback.host, fakes::EmbeddedConfig{}));
  engines.push_back(std::make_unique<AskedEngine>(lab.loopback.host, fakes::clamd, lab.server));
  fakes::SeveralEngines both(std::move(engines));
  const auto answers = lab.answers(both, *program,
                                   {message("hello"), message(fakes::gtube()),
                                    message(fakes::gtube() + "\r\nyou have the lab worm"),
                                    message(std::string(3'000'000, 'x'))});
  BOOST_REQUIRE(answers.size() == 4u);
  BOOST_TEST(is(answers[0], {}));
  BOOST_TEST(is(answers[1], {Verdict::spam, "GTUBE"}));
  BOOST_TEST(is(answers[2], {Verdict::virus, "Lab.Worm.UNOFFICIAL"}));
  BOOST_TEST(answers[3].has_error());
}

BOOST_AUTO_TEST_SUITE_END()
