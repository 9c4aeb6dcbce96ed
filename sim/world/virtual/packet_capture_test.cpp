// A real dialogue through STARTTLS, as tshark shows it.
#include "sim/world/virtual/packet_capture.hpp"

#include <boost/test/unit_test.hpp>

#include "fakes/mx/mx.hpp"
#include "fakes/people/sender.hpp"
#include "reference/host/io.hpp"
#include "sim/world/virtual/packet_capture_tshark.hpp"

namespace {

using namespace sealcheck::world::capture;
namespace asio = boost::asio;

struct Silent final : fakes::Observer {
  void observe(fakes::Observation) override {}
};

asio::awaitable<void> deliver(fakes::Sender& sender, host::Endpoint to, fakes::Submission what,
                              fakes::SendResult& result) {
  result = co_await sender.send(to, std::move(what));
}

std::string submit_over_tls(bool v6, fakes::TlsVersion version) {
  TwoHosts network(v6);
  Silent observer;
  fakes::MxConfig config;
  config.name = "b.test";
  config.domains = {"b.test"};
  config.addresses = {network.b.address()};
  fakes::Mx mx(network.b, observer, config);
  BOOST_REQUIRE(mx.start());
  fakes::Sender sender(network.a, observer, "alice");
  fakes::Submission what;
  what.helo = "a.test";
  what.from = "alice@a.test";
  what.recipients = {"bob@b.test"};
  what.content = "Subject: hello\r\n\r\n";
  while (what.content.size() < 200'000) what.content += "A line of a long message.\r\n";
  what.use_tls = fakes::UseTls::required;
  what.tls.version_max = version;
  fakes::SendResult result;
  auto work = deliver(sender, {network.b.address(), 25}, what, result);
  host::spawn(network.a, network.a.session_executor(), "alice", std::move(work));
  std::string capture = network.capture();
  BOOST_CHECK(result.outcome == fakes::SendOutcome::accepted);
  mx.stop();
  network.world.end();
  return capture;
}

}  // namespace

BOOST_AUTO_TEST_CASE(smtp_is_readable_before_and_after_starttls, *needs_tshark) {
  for (const auto& [v6, version] :
       {std::pair(false, fakes::TlsVersion::tls1_3), {true, fakes::TlsVersion::tls1_2}}) {
    const CaptureFile capture(submit_over_tls(v6, version));
    // The dissector's commands are four letters long.
    const std::string plain = std::string("raw:") + (v6 ? "ipv6" : "ip") + ":tcp:smtp\n";
    const std::string secret = std::string("raw:") + (v6 ? "ipv6" : "ip") + ":tcp:tls:smtp\n";
    BOOST_TEST(capture.fields("smtp.req.command", {"smtp.req.command", "frame.protocols"}) ==
               "EHLO\t" + plain + "STAR\t" + plain + "EHLO\t" + secret + "MAIL\t" + secret +
                   "RCPT\t" + secret + "DATA\t" + secret + "QUIT\t" + secret);
    BOOST_TEST(capture.fields("smtp.response.code", {"smtp.response.code", "frame.protocols"}) ==
               "220\t" + plain + "250\t" + plain + "220\t" + plain + "250\t" + secret + "250\t" +
                   secret + "250\t" + secret + "354\t" + secret + "250\t" + secret + "221\t" +
                   secret);
    BOOST_TEST(capture.fields("imf.subject", {"imf.subject"}) == "hello\n");
    BOOST_TEST(capture.complaints() == "");
    BOOST_TEST(capture.fields("frame.number == 1", {"frame.time_epoch", "frame.interface_name"}) ==
               "1772442000.000000000\tworld\n");
  }
}
