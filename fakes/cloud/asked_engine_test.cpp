#include "fakes/cloud/asked_engine.hpp"

#include <boost/test/unit_test.hpp>

#include "fakes/cloud/clamd_protocol.hpp"
#include "fakes/cloud/spamd_protocol.hpp"
#include "reference/host/real/loopback_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using fakes::Analysis;
using fakes::AnalysisError;
using fakes::AnalysisProtocol;
using fakes::AskedEngine;
using Verdict = Analysis::Verdict;

constexpr AnalysisError none{};

/// What a server does with one question.
struct Behaviour {
  bool listens = true;
  std::size_t reads = 1'000'000;  ///< octets before it answers
  std::string says = "";
  enum class End { closes, resets, hangs } end = End::closes;
};

// The server's side of one question: it reads until the client waits, or as much as it was told.
boost::asio::awaitable<void> serve(host::test::Loopback& loopback, host::Acceptor& acceptor,
                                   const Behaviour& behaviour, bool& done) {
  auto accepting = host::accept(acceptor);
  auto accepted = co_await std::move(accepting);
  const auto stream = std::move(accepted).value();
  std::string question;
  while (question.size() < behaviour.reads) {
    const auto error =
        co_await host::read_some(loopback.host, *stream, question, loopback.in(100ms));
    if (error) break;
  }
  if (!behaviour.says.empty())
    co_await host::write_all(loopback.host, *stream, behaviour.says, loopback.in(5s));
  if (behaviour.end == Behaviour::End::resets) stream->reset();
  const auto timer = loopback.host.make_timer(host::TimerKind::activity, stream->executor());
  while (behaviour.end == Behaviour::End::hangs && !done)
    co_await host::wait_until(*timer, loopback.in(20ms));
}

host::Result<Analysis> asked(const AnalysisProtocol& protocol, const Behaviour& behaviour,
                             const std::string& message = "From: a\r\n\r\ntext\r\n") {
  host::test::Loopback loopback;
  auto acceptor = loopback.listen();
  AskedEngine engine(loopback.host, protocol, acceptor->local());
  host::Result<Analysis> answer = Analysis{};
  bool done = false;
  if (behaviour.listens) loopback.start(serve(loopback, *acceptor, behaviour, done));
  if (!behaviour.listens) acceptor->close();
  const auto ask = [&]() -> boost::asio::awaitable<void> {
    auto asking = engine.analyse(message, loopback.in(600ms));
    answer = co_await std::move(asking);
    done = true;
  };
  loopback.start(ask());
  loopback.run();
  return answer;
}

void check(const host::Result<Analysis>& answer, AnalysisError error, const Analysis& analysis,
           const std::string& about) {
  if (error != none) {
    BOOST_TEST((answer.has_error() && answer.error() == make_error_code(error)), about);
  } else {
    BOOST_TEST((answer && *answer == analysis), about);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(asked_engine)

BOOST_AUTO_TEST_CASE(clamd_is_asked_in_chunks) {
  BOOST_TEST(fakes::clamd_question("") == "zINSTREAM\0\0\0\0\0"s);
  BOOST_TEST(fakes::clamd_question("abc") == "zINSTREAM\0\0\0\0\3abc\0\0\0\0"s);
  const std::string large(65'536, 'x');
  BOOST_TEST(fakes::clamd_question(large + "y") ==
             "zINSTREAM\0\0\1\0\0"s + large + "\0\0\0\1y\0\0\0\0"s);
}

BOOST_AUTO_TEST_CASE(each_answer_of_clamd_has_its_meaning) {
  const auto read = [](const std::string& answer, AnalysisError error, const Analysis& analysis) {
    check(fakes::read_clamd_answer(answer), error, analysis, answer);
  };
  read("stream: OK\0"s, none, {});
  read("stream: Lab.Worm FOUND\0"s, none, {Verdict::virus, "Lab.Worm"});
  read("stream: Lab.Worm(0af:17) FOUND\0"s, none, {Verdict::virus, "Lab.Worm(0af:17)"});
  read("INSTREAM size limit exceeded. ERROR\0"s, AnalysisError::limit_reached, {});
  read("stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND\0"s, AnalysisError::limit_reached, {});
  read("stream: Can't allocate memory ERROR\0"s, AnalysisError::engine_failed, {});
  for (const std::string& nonsense :
       {""s, "\0"s, "stream: OK"s, "stream: O\0"s, "stream: OK\0\0"s, "stream: \0"s, "OK\0"s,
        "stream: FOUND\0"s, "stream:  FOUND\0"s, "UNKNOWN COMMAND\0"s, "stream: OK\n"s,
        "stream: OK\0stream: Lab.Worm FOUND\0"s, "PONG\0"s})
    read(nonsense, AnalysisError::bad_answer, {});
  // No answer at all, whatever lies beside it in memory (found by libFuzzer).
  constexpr std::string_view memory = " FOUND?stream: ";
  check(fakes::read_clamd_answer(memory.substr(7, 0)), AnalysisError::bad_answer, {}, "nothing");
}

BOOST_AUTO_TEST_CASE(each_answer_of_spamd_has_its_meaning) {
  const auto read = [](const std::string& answer, AnalysisError error, const Analysis& analysis) {
    check(fakes::read_spamd_answer(answer), error, analysis, answer);
  };
  const std::string ok = "SPAMD/1.1 0 EX_OK\r\n";
  read(ok + "Content-length: 5\r\nSpam: True ; 1000.0 / 5.0\r\n\r\nGTUBE", none,
       {Verdict::spam, "GTUBE"});
  read(ok + "Content-length: 7\r\nSpam: Yes ; 5 / 5\r\n\r\nA,B_C\r\n", none,
       {Verdict::spam, "A,B_C"});
  read(ok + "Spam: False ; -0.1 / 5.0\r\nContent-length: 0\r\n\r\n", none, {});
  read("SPAMD/1.0 76 Bad header line\r\n", AnalysisError::engine_failed, {});
  read("SPAMD/1.1 79 Timeout\r\nContent-length: 0\r\n\r\n", AnalysisError::engine_failed, {});
  for (const std::string& nonsense :
       {""s,
        "\r\n"s,
        "SPAMD/1.1\r\n"s,
        "SPAMD/1.1 zero\r\n"s,
        "HTTP/1.1 200 OK\r\n\r\n"s,
        ok,
        ok + "\r\n",
        ok + "Content-length: 0\r\n\r\n",
        ok + "Spam: False ; 0 / 5\r\n\r\n",                            // no length
        ok + "Content-length: 5\r\nSpam: False ; 0 / 5\r\n\r\nGTUB",   // cut short
        ok + "Content-length: 3\r\nSpam: False ; 0 / 5\r\n\r\nGTUBE",  // goes on
        ok + "Content-length: -1\r\nSpam: False ; 0 / 5\r\n\r\n",
        ok + "Content-length: 0\r\nSpam: False ; 1000 / 5\r\n\r\n",  // contradicts itself
        ok + "Content-length: 0\r\nSpam: True ; 1 / 5\r\n\r\n",
        ok + "Content-length: 0\r\nSpam: False ; nan / 5\r\n\r\n",
        ok + "Content-length: 0\r\nSpam: False ; 0 / inf\r\n\r\n",
        ok + "Content-length: 0\r\nSpam: False\r\n\r\n",
        ok + "Content-length: 0\r\nSpam: Perhaps ; 0 / 5\r\n\r\n",
        ok + "Content-length: 0\r\nSpam: False ; 0 / 5\r\nSpam: True ; 9 / 5\r\n\r\n",
        ok + "Content-length: 0\r\nSpam: False ; 0 / 5\r\n"})  // no end of the header
    read(nonsense, AnalysisError::bad_answer, {});
}

BOOST_AUTO_TEST_CASE(whatever_a_server_does_a_failure_is_no_clean_message) {
  using End = Behaviour::End;
  const auto error = [](const Behaviour& behaviour, const std::string& message = "m") {
    const auto answer = asked(fakes::clamd, behaviour, message);
    BOOST_REQUIRE(answer.has_error());
    return answer.error();
  };
  const auto timed_out = make_error_code(host::Error::timed_out);
  const std::string huge(30'000'000, 'x');  // more than sockets buffer
  BOOST_TEST(error({.listens = false}) == boost::system::errc::connection_refused);
  BOOST_TEST(error({}) == make_error_code(host::Error::end_of_stream));
  BOOST_TEST((error({.says = "", .end = End::resets}).failed()));
  BOOST_TEST(error({.says = "", .end = End::hangs}) == timed_out);
  BOOST_TEST(error({.says = "stream: OK", .end = End::hangs}) == timed_out);
  BOOST_TEST(error({.reads = 1, .says = "", .end = End::hangs}, huge) == timed_out);
  BOOST_TEST(error({.says = "stream: OK"}) == make_error_code(AnalysisError::bad_answer));
  BOOST_TEST(error({.says = std::string(1'000'000, 'x')}).failed());
  // A verdict about half a message is none, whatever it says.
  BOOST_TEST(error({.reads = 1, .says = "stream: OK\0"s}, huge).failed());
}

BOOST_AUTO_TEST_CASE(a_server_that_answers_is_believed) {
  BOOST_TEST((asked(fakes::clamd, {.says = "stream: OK\0"s}).value() == Analysis{}));
  BOOST_TEST((asked(fakes::spamd, {.says = "SPAMD/1.1 0 EX_OK\r\nContent-length: 1\r\n"
                                           "Spam: True ; 9 / 5\r\n\r\nX"})
                  .value() == Analysis{Verdict::spam, "X"}));
}

BOOST_AUTO_TEST_CASE(nobody_is_asked_about_a_message_that_is_too_large) {
  host::test::Loopback loopback;
  AskedEngine engine(loopback.host, fakes::spamd, {}, 10);
  const std::string message = "eleven oct.";
  const auto ask = [&]() -> boost::asio::awaitable<void> {
    auto asking = engine.analyse(message, loopback.in(1s));
    const auto answer = co_await std::move(asking);
    check(answer, AnalysisError::limit_reached, {}, message);
  };
  loopback.start(ask());
  loopback.run();
}

BOOST_AUTO_TEST_SUITE_END()
