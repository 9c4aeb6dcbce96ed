// sealgate: the gateway as a daemon on this machine's sockets and disk.
//
//   sealgate --config DIR/sealgate.conf          runs until SIGTERM or SIGINT; SIGHUP reads it
//   again sealgate --config … --check                  says whether the file is good sealgate
//   --config … --make-token NAME        prints a token of that administrator, once
//
// The folder of the configuration is the data directory: the administration rewrites the file
// there, and queue, certificate and deployed policies stand beside it. Exit codes: 0, 1 it cannot
// run, 2 the command line or the configuration is wrong (file:line:column on standard error).
#include <algorithm>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/program_options.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "reference/admin/secrets.hpp"
#include "reference/daemon/api.hpp"
#include "reference/daemon/tokens.hpp"
#include "reference/gateway/administration.hpp"
#include "reference/host/io.hpp"
#include "reference/host/real/real_host.hpp"
#include "reference/settings/read_settings.hpp"

namespace {

using boost::asio::awaitable;
namespace fs = std::filesystem;
namespace options = boost::program_options;
using namespace sealgate;

constexpr int cannot_run = 1;
constexpr int wrong_usage = 2;

struct Task {
  fs::path config;
  unsigned threads = 1;
  bool check = false;
  std::string token_of;
};

/// None: it was help, or wrong, and the exit code says which.
std::optional<Task> task_of(int argc, char** argv, int& exit_code) {
  Task task;
  std::string config;
  options::options_description all("sealgate, an email-encryption gateway");
  all.add_options()("help", "this text")("config", options::value(&config)->required(),
                                         "the file sealgate.conf; its folder holds the data")(
      "check", options::bool_switch(&task.check), "only say whether the file is good")(
      "make-token", options::value(&task.token_of),
      "print a token for the HTTP interface of the administrator of that name")(
      "threads", options::value(&task.threads)->default_value(1), "threads for connections");
  options::variables_map given;
  try {
    options::store(options::parse_command_line(argc, argv, all), given);
    if (given.count("help")) {
      std::cout << all;
      return std::nullopt;
    }
    options::notify(given);
  } catch (const options::error& error) {
    std::cerr << "sealgate: " << error.what() << "\n";
    exit_code = wrong_usage;
    return std::nullopt;
  }
  task.config = fs::absolute(config);
  return task;
}

std::optional<std::string> read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// What of a signal ends the daemon, and what does not.
awaitable<void> obey_signals(host::RealHost& host, gateway::Administration& office) {
  boost::asio::signal_set signals(host.queue_executor(), SIGHUP, SIGTERM, SIGINT);
  for (;;) {
    const int number = co_await signals.async_wait(boost::asio::use_awaitable);
    if (number != SIGHUP) co_return;
    auto text = host.storage().read_file(admin::settings_file);
    if (!text) {
      host.log(host::Severity::error, "admin", "SIGHUP: " + text.error().message());
      continue;
    }
    auto replacing = office.console().replace("", *std::move(text));
    const auto outcome = co_await std::move(replacing);
    if (outcome.done())
      host.log(host::Severity::info, "admin", "SIGHUP: the settings are read again");
    else
      host.log(host::Severity::error, "admin",
               "SIGHUP: the settings stay as they are: " + outcome.refusal);
  }
}

/// Null: there is no HTTP interface.
std::shared_ptr<host::Acceptor> open_administration(host::Host& host,
                                                    gateway::Administration& office,
                                                    const std::shared_ptr<daemon::Api>& api) {
  const auto endpoint = office.gateway().settings()->administration;
  if (!endpoint) return nullptr;
  auto listening = host.listen(*endpoint, host.queue_executor());
  if (!listening)
    throw std::runtime_error("cannot listen on " + endpoint->to_string() + ": " +
                             listening.error().message());
  std::shared_ptr<host::Acceptor> acceptor = std::move(listening).value();
  const auto answer = [api](daemon::HttpRequest request) {
    return api->answer(std::move(request));
  };
  host::spawn(host, host.queue_executor(), "administration",
              daemon::serve_http(host, acceptor, answer));
  return acceptor;
}

/// The machine's own CAs, beside the settings, so that `tls { trusted-ca "ca-certificates.crt" }`
/// means them. A machine without any has no such file.
awaitable<void> offer_default_cas(host::Host& host) {
  auto bundle = read_text("/etc/ssl/certs/ca-certificates.crt");
  if (!bundle) co_return;
  constexpr const char* name = "ca-certificates.crt";
  const auto kept = host.storage().read_file(name);
  if (kept && *kept == *bundle) co_return;
  auto keeping = host.storage().replace_file(name, *std::move(bundle));
  const auto error = co_await std::move(keeping);
  if (error)
    host.log(host::Severity::warning, "sealgate", std::string(name) + ": " + error.message());
}

awaitable<void> live(host::RealHost& host, std::string text, fs::path folder, int& exit_code) {
  try {
    if (const auto reason = daemon::why_unsafe(folder)) throw std::runtime_error(*reason);
    auto offering = offer_default_cas(host);
    co_await std::move(offering);
    auto starting = gateway::Administration::start(host, std::move(text));
    const auto office = co_await std::move(starting);
    const auto api = std::make_shared<daemon::Api>(host, *office, folder);
    const auto acceptor = open_administration(host, *office, api);
    host.log(host::Severity::info, "sealgate", "ready for mail");
    auto obeying = obey_signals(host, *office);
    co_await std::move(obeying);
    host.log(host::Severity::info, "sealgate", "stopping");
    if (acceptor) acceptor->close();
    auto stopping = office->gateway().stop();
    co_await std::move(stopping);
  } catch (const std::exception& error) {
    std::cerr << "sealgate: " << error.what() << "\n";
    exit_code = cannot_run;
  }
  host.stop();
}

int make_token(const Task& task, const settings::Settings& settings) {
  const auto& known = settings.policies.administrators;
  const bool is_one = std::any_of(known.begin(), known.end(),
                                  [&](const auto& one) { return one.name == task.token_of; });
  if (!is_one) {
    std::cerr << "sealgate: the settings name no administrator '" << task.token_of
              << "': write 'administrator " << task.token_of << " at <address>'\n";
    return wrong_usage;
  }
  std::cout << daemon::make_token(task.config.parent_path(), task.token_of) << "\n";
  return 0;
}

int run(const Task& task) {
  const auto text = read_text(task.config);
  if (!text) {
    std::cerr << "sealgate: cannot read " << task.config.string() << "\n";
    return wrong_usage;
  }
  syntax::Diagnostics diagnostics;
  const auto settings = settings::parse_settings(task.config.string(), *text, diagnostics);
  if (!settings) {
    std::cerr << admin::scrubbed(diagnostics.render(), *text);
    return wrong_usage;
  }
  if (task.check) return 0;
  if (task.config.filename() != admin::settings_file) {
    std::cerr << "sealgate: the file must be called " << admin::settings_file
              << ": the administration keeps it under that name\n";
    return wrong_usage;
  }
  if (!task.token_of.empty()) return make_token(task, *settings);
  std::signal(SIGPIPE, SIG_IGN);
  int exit_code = 0;
  host::RealHost host(
      {.data_directory = task.config.parent_path(), .session_threads = task.threads});
  host::spawn(host, host.queue_executor(), "sealgate",
              live(host, *text, task.config.parent_path(), exit_code));
  host.run();
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  int exit_code = 0;
  const auto task = task_of(argc, argv, exit_code);
  if (!task) return exit_code;
  try {
    return run(*task);
  } catch (const std::exception& error) {
    std::cerr << "sealgate: " << error.what() << "\n";
    return cannot_run;
  }
}
