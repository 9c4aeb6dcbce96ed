// The portal on real sockets, for the tests with a browser and for whoever wants to look at it:
//
//   portal_on_loopback FOLDER PORT RECIPIENT MESSAGE...
//
// Seals each MESSAGE (a file) for RECIPIENT and writes the envelopes to FOLDER/envelope-1.eml, …;
// then serves https://localhost:PORT/ until SIGTERM. What the portal mails goes to
// FOLDER/mail-1.eml, …. FOLDER/ca.pem is the root of its certificate. It says "ready" once it is.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/signal_set.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "fakes/cloud/portal.hpp"
#include "fakes/cloud/sealer.hpp"
#include "fakes/core/lab_ca.hpp"
#include "reference/host/io.hpp"
#include "reference/host/real/real_host.hpp"

namespace {

using boost::asio::awaitable;
namespace fs = std::filesystem;

struct Silent : fakes::Observer {
  void observe(fakes::Observation) override {}
};

void write(const fs::path& file, const std::string& content) {
  const fs::path fresh = file.string() + ".new";
  std::ofstream(fresh, std::ios::binary) << content;
  fs::rename(fresh, file);  // whoever waits for it finds it whole
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Arguments {
  fs::path folder;
  std::uint16_t port;
  std::string recipient;
  std::vector<fs::path> messages;
};

awaitable<void> seal_all(host::Host& host, fakes::Accounts& accounts,
                         const fakes::PortalConfig& config, const Arguments& arguments) {
  fakes::Sealer sealer(host, accounts, {config.service_name, fakes::Portal::open_url(config)});
  for (std::size_t i = 0; i < arguments.messages.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    auto sealing =
        sealer.seal({"alice@corp.test", arguments.recipient, "<m" + number + "@corp.test>"},
                    read(arguments.messages[i]));
    const host::Result<std::string> envelope = co_await std::move(sealing);
    write(arguments.folder / ("envelope-" + number + ".eml"), envelope.value());
  }
  std::cout << "ready" << std::endl;
}

int serve(const Arguments& arguments) {
  const fs::path data = arguments.folder / "data";
  fs::create_directories(data);
  host::RealHost host({.data_directory = data});
  fakes::LabCa ca;
  write(arguments.folder / "ca.pem", ca.root_pem(host));
  fakes::Accounts accounts(host);
  fakes::PortalConfig config;
  config.origin = "https://localhost:" + std::to_string(arguments.port);
  int mails = 0;
  auto keep = [&](const std::string&, const std::string& message) {
    write(arguments.folder / ("mail-" + std::to_string(++mails) + ".eml"), message);
  };
  Silent observer;
  fakes::Portal portal(host, observer, accounts, config, keep);
  const auto chain = ca.issue(host, fakes::CertificateKind::good, "localhost");
  portal.start({boost::asio::ip::address_v4::loopback(), arguments.port}, chain).value();
  boost::asio::signal_set signals(host.session_executor(), SIGTERM, SIGINT);
  signals.async_wait([&](const boost::system::error_code&, int) { host.stop(); });
  auto work = seal_all(host, accounts, config, arguments);
  host::spawn(host, host.session_executor(), "portal", std::move(work));
  host.run();
  portal.stop();
  return EXIT_SUCCESS;
}

}  // namespace

int main(int count, char** values) {
  if (count < 5) {
    std::cerr << "usage: portal_on_loopback FOLDER PORT RECIPIENT MESSAGE...\n";
    return 2;
  }
  try {
    const int port = std::atoi(values[2]);
    return serve(
        {values[1], static_cast<std::uint16_t>(port), values[3], {values + 4, values + count}});
  } catch (const std::exception& error) {
    std::cerr << "portal_on_loopback: " << error.what() << "\n";
    return EXIT_FAILURE;
  }
}
