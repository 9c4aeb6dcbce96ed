#include "fakes/cloud/embedded_engine.hpp"

#include <boost/test/unit_test.hpp>

#include "fakes/cloud/python_program.hpp"
#include "fakes/core/base64.hpp"
#include "reference/host/real/loopback_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using fakes::Analysis;
using fakes::AnalysisError;
using fakes::eicar;
using fakes::EmbeddedConfig;
using fakes::EmbeddedEngine;
using fakes::EngineFault;
using fakes::gtube;
using Verdict = fakes::Analysis::Verdict;

const Analysis clean;
const Analysis eicar_found{Verdict::virus, "Eicar-Test-Signature"};
const Analysis gtube_found{Verdict::spam, "GTUBE"};

std::string plain(const std::string& text) {
  return "From: alice@corp.test\r\nSubject: s\r\n\r\n" + text + "\r\n";
}

host::Result<Analysis> judged(const std::string& message, const EmbeddedConfig& config = {}) {
  return fakes::inspect(config, message);
}

// Python's email and zipfile make the messages: `body` gets `payload`, the octets in question.
std::string made_by_python(const std::string& body, const std::string& payload) {
  return fakes::test::python(
      "import io, sys, zipfile\n"
      "from email.message import EmailMessage\n"
      "import email.policy\n"
      "payload = sys.stdin.buffer.read()\n"
      "def zipped(data, how=zipfile.ZIP_DEFLATED, name='a.txt'):\n"
      "    out = io.BytesIO()\n"
      "    with zipfile.ZipFile(out, 'w', how) as z:\n"
      "        z.writestr('first.txt', 'x' * 3000)\n"
      "        z.writestr(name, data)\n"
      "    return out.getvalue()\n"
      "m = EmailMessage(policy=email.policy.SMTP)\n"
      "m['From'] = 'alice@corp.test'\n"
      "m.set_content('See the file.')\n"
      "def attach(data):\n"
      "    m.add_attachment(data, maintype='application', subtype='octet-stream', filename='f')\n" +
          body + "\nsys.stdout.buffer.write(m.as_bytes())\n",
      payload);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(embedded_engine)

BOOST_AUTO_TEST_CASE(a_message_that_holds_nothing_is_clean) {
  for (const std::string& message :
       {std::string(), std::string("\r\n"), plain("hello"), plain(eicar().substr(1)),
        plain(gtube().substr(0, gtube().size() - 1)), made_by_python("attach(payload)", "Rar!"),
        made_by_python("attach(zipped(payload))", "harmless")})
    BOOST_TEST((judged(message).value() == clean), message);
}

BOOST_AUTO_TEST_CASE(the_two_test_patterns_are_known) {
  BOOST_TEST((judged(plain(eicar())).value() == eicar_found));
  BOOST_TEST((judged(plain("one\r\n" + gtube() + "\r\ntwo")).value() == gtube_found));
  BOOST_TEST((judged(plain(gtube() + "\r\n" + eicar())).value() == eicar_found));
  BOOST_TEST(eicar().size() == 68u);
  BOOST_TEST(gtube().size() == 68u);
}

BOOST_AUTO_TEST_CASE(a_virus_is_found_wherever_it_hides) {  // HYB-11, HYB-13
  for (const char* body :
       {"attach(payload)",  // base64
        "m.set_content(payload.decode() + '=' * 90, cte='quoted-printable')",
        "m.set_content(payload.decode(), cte='base64')",
        "attach(zipped(payload, zipfile.ZIP_STORED))", "attach(zipped(payload))",
        "attach(zipped(zipped(payload)))",
        "attach(b'#!/bin/sh\\nexit\\n' + zipped(payload))",  // self-extracting
        "m.add_attachment(zipped(payload), maintype='text', subtype='plain', filename='a.txt')",
        "n = EmailMessage(); n['Subject'] = 'n'; n.set_content('n'); attach(payload)\n"
        "n.add_attachment(m); m = n",  // a message in a message
        "n = EmailMessage(); n.set_content('n'); attach(zipped(payload))\n"
        "n.add_attachment(m); o = EmailMessage(); o.set_content('o'); o.add_attachment(n); m = o",
        "attach(payload); m.set_boundary('a; boundary=b')"}) {
    const std::string message = made_by_python(body, eicar());
    BOOST_TEST((judged(message).value() == eicar_found), body << "\n" << message);
  }
}

BOOST_AUTO_TEST_CASE(broken_encodings_hide_nothing) {
  const std::string head = "From: a@corp.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\n";
  const std::string base64 = fakes::test::python(
      "import base64, sys\nprint(base64.b64encode(sys.stdin.buffer.read())"
      ".decode(), end='')\n",
      eicar());
  const std::string part = "Content-Transfer-Encoding: Base64\n\n";
  for (const std::string& body :
       {part + base64,  // never closed
        part + "!!\n" + base64.substr(0, 30) + "\n*" + base64.substr(30) + "\n--b--\n",
        part + "QUJD=\n" + base64,                   // one text behind another
        part + base64.substr(0, base64.size() - 1),  // no padding
        "\nclean\n--b\t \n" + part + base64 + "\n--b--",
        "Content-Transfer-Encoding: quoted-printable\n\n=zz=\n" + eicar().substr(0, 9) + "=  \n" +
            eicar().substr(9)})
    BOOST_TEST((judged(head + body).value() == eicar_found), body);
}

BOOST_AUTO_TEST_CASE(a_scenario_adds_signatures) {
  EmbeddedConfig config;
  config.signatures = {{Verdict::spam, "Lottery", "you have won"},
                       {Verdict::virus, "Lab.Worm", std::string("\0worm", 5)}};
  BOOST_TEST((judged(plain("you have won"), config).value() == Analysis{Verdict::spam, "Lottery"}));
  BOOST_TEST((judged(plain("You have won"), config).value() == clean));
  const std::string both = made_by_python("m.set_content('you have won'); attach(zipped(payload))",
                                          std::string("a\0worm", 6));
  BOOST_TEST((judged(both, config).value() == Analysis{Verdict::virus, "Lab.Worm"}));
}

BOOST_AUTO_TEST_CASE(what_is_beyond_the_limits_is_no_clean_message) {
  const auto limit = [](const std::string& message, fakes::UnpackLimits limits) {
    EmbeddedConfig config;
    config.limits = limits;
    const auto answer = judged(message, config);
    return answer.has_error() && answer.error() == make_error_code(AnalysisError::limit_reached);
  };
  std::string nested;
  for (int i = 0; i < 30'000; ++i) nested += "Content-Type: message/rfc822\r\n\r\n";
  BOOST_TEST(limit(nested, {}));
  std::string many = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
  for (int i = 0; i < 2'000; ++i) many += "--b\r\n\r\nx\r\n";
  BOOST_TEST(limit(many, {}));
  const std::string bomb = made_by_python("attach(zipped(b'0' * 50_000_000))", "");
  BOOST_TEST(bomb.size() < 100'000u);
  BOOST_TEST(limit(bomb, {.octets = 49'000'000}));
  BOOST_TEST((judged(bomb).value() == clean));
  const std::string archives = "for i in range(25): payload = zipped(payload)\nattach(payload)";
  BOOST_TEST(limit(made_by_python(archives, "x"), {}));
  // Seen before the limit: a virus for certain. Spam might yet have been one.
  BOOST_TEST((judged(many + eicar()).value() == eicar_found));
  BOOST_TEST(limit(many + gtube(), {}));
}

// Encrypted with the password "secret" by Info-ZIP's zip 3.0: one file, "the figures".
constexpr const char* encrypted_zip =
    "UEsDBAoACQAAAAAAIVxArVM+FwAAAAsAAAALAAAAZmlndXJlcy50eHRljLxRLosw2J9Ybj84G3ps"
    "zGGbknCQK1BLBwhArVM+FwAAAAsAAABQSwECHgMKAAkAAAAAACFcQK1TPhcAAAALAAAACwAAAAAA"
    "AAABAAAApIEAAAAAZmlndXJlcy50eHRQSwUGAAAAAAEAAQA5AAAAUAAAAAAA";

BOOST_AUTO_TEST_CASE(an_archive_that_nobody_can_look_into_is_no_clean_one) {
  const auto broken = [](const std::string& body, const std::string& payload) {
    return judged(made_by_python(body, payload));
  };
  const auto is_not_examined = [](const host::Result<Analysis>& answer) {
    return answer.has_error() && answer.error() == make_error_code(AnalysisError::not_examined);
  };
  const std::string encrypted = fakes::from_base64(encrypted_zip).value();
  for (const char* body : {"attach(payload)", "attach(zipped(payload))"})
    BOOST_TEST(is_not_examined(broken(body, encrypted)), body);
  for (const char* body :
       {"z = zipped(payload)[:60]; attach(z)",                             // in the first member
        "z = bytearray(zipped(payload)); z[60] ^= 255; attach(bytes(z))",  // in what is deflated
        "attach(b'PK\\3\\4' + payload)"}) {
    BOOST_TEST(is_not_examined(broken(body, "x")), body);
  }
  // A virus elsewhere is one for certain; spam might yet have been one.
  const std::string beside = "attach(b'PK\\3\\4'); m.add_attachment(payload.decode())";
  BOOST_TEST((broken(beside, eicar()).value() == eicar_found));
  BOOST_TEST(broken(beside, gtube()).has_error());
  BOOST_TEST((broken("attach(zipped(payload)[:-30])", eicar()).value() == eicar_found));
}

BOOST_AUTO_TEST_CASE(each_fault_is_a_failure_and_never_a_verdict) {
  host::test::Loopback loopback;
  const std::string message = plain("clean");
  const auto work = [&]() -> boost::asio::awaitable<void> {
    EmbeddedEngine engine(loopback.host, {});
    auto asking = engine.analyse(message, loopback.in(1s));
    const auto verdict = co_await std::move(asking);
    BOOST_TEST((verdict.value() == clean));
    const std::pair<EngineFault, host::ErrorCode> faults[] = {
        {EngineFault::errs, make_error_code(AnalysisError::engine_failed)},
        {EngineFault::hangs, make_error_code(host::Error::timed_out)},
        {EngineFault::reaches_limit, make_error_code(AnalysisError::limit_reached)}};
    for (const auto& [fault, error] : faults) {
      EmbeddedConfig config;
      config.fault = fault;
      engine.apply(config);
      const host::MonoTime deadline = loopback.in(20ms);
      auto faulty = engine.analyse(message, deadline);
      const auto answer = co_await std::move(faulty);
      BOOST_TEST((answer.has_error() && answer.error() == error));
      if (fault == EngineFault::hangs) BOOST_TEST((loopback.host.mono_now() >= deadline));
    }
  };
  loopback.start(work());
  loopback.run();
}

BOOST_AUTO_TEST_SUITE_END()
