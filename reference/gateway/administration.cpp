#include "reference/gateway/administration.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "reference/admin/secrets.hpp"
#include "reference/gateway/advice.hpp"
#include "reference/settings/read_settings.hpp"
#include "reference/tls/password_rules.hpp"

namespace sealgate::gateway {

using boost::asio::awaitable;

Administration::Administration(host::Host& host, std::string settings_text, Misreading misread)
    : host_(host), misread_(std::move(misread)) {
  const auto apply = [this](settings::Settings settings) {
    if (misread_) misread_(settings);
    return gateway_->apply(std::move(settings));
  };
  const auto advise = [this](const settings::Settings& settings) {
    return advice(settings, *gateway_->deployed(), certificate().self_signed);
  };
  const auto object = [this](const settings::Settings& wanted) {
    return gateway_->objection_to(wanted);
  };
  console_ =
      std::make_unique<admin::Console>(host, std::move(settings_text), apply, advise, object);
}

awaitable<std::unique_ptr<Administration>> Administration::start(host::Host& host,
                                                                 std::string settings_text,
                                                                 const Decisions& decisions,
                                                                 Misreading misread) {
  syntax::Diagnostics diagnostics;
  auto settings =
      settings::parse_settings(std::string(admin::settings_file), settings_text, diagnostics);
  if (!settings) throw std::runtime_error(admin::scrubbed(diagnostics.render(), settings_text));
  if (const auto why = admin::open_secrets(host, *settings)) throw std::runtime_error(*why);
  auto sealing = admin::seal_secrets(host, settings_text);
  auto sealed = co_await std::move(sealing);
  if (!sealed) throw std::runtime_error("a password cannot be sealed: " + sealed.error().message());
  if (*sealed != settings_text) {
    auto keeping = host.storage().replace_file(admin::settings_file, *sealed);
    if (const auto error = co_await std::move(keeping))
      throw std::runtime_error("the settings cannot be stored: " + error.message());
  }
  if (misread) misread(*settings);
  std::unique_ptr<Administration> made(
      new Administration(host, *std::move(sealed), std::move(misread)));
  auto starting = Gateway::start(host, *std::move(settings), decisions);
  made->gateway_ = co_await std::move(starting);
  co_return made;
}

tls::CertificateView Administration::certificate() const {
  return tls::view(gateway_->certificates().current().certificate.get());
}

void Administration::log(const std::string& administrator, const std::string& what) const {
  host_.log(host::Severity::info, "admin",
            fmt::format("{} on TLS Certificate: {}", administrator, what));
}

awaitable<Administration::Changed> Administration::present(std::string administrator,
                                                           std::string what,
                                                           awaitable<Changed> change) {
  if (busy_) co_return tls::FieldError{"Certificate", "another change is just being made"};
  busy_ = true;
  const std::string before = certificate().sha256;
  auto changed = co_await std::move(change);
  busy_ = false;
  if (!changed) {
    log(administrator, fmt::format("{}: refused: {}", what, changed.error().text()));
    co_return changed;
  }
  gateway_->present_certificate();
  tls::Changed told = changed.value();
  for (auto& line : advice(*gateway_->settings(), *gateway_->deployed(), certificate().self_signed))
    told.warnings.push_back(std::move(line));
  log(administrator, fmt::format("{}: {} in the place of {}", what, certificate().sha256, before));
  co_return told;
}

awaitable<Administration::Changed> Administration::generate_certificate(std::string administrator) {
  auto change = gateway_->certificates().generate(gateway_->settings()->hostname);
  return present(std::move(administrator), "generate", std::move(change));
}

awaitable<tls::Checked<Administration::Request>> Administration::request_certificate(
    std::string administrator, tls::SigningRequest request, tls::Checked<tls::Key> key) {
  if (!key) co_return key.error();
  if (request.subject.common_name.empty())
    request.subject.common_name = gateway_->settings()->hostname;
  Request made;
  if (auto warning = tls::warn_about_name(request.subject, gateway_->settings()->hostname))
    made.warnings.push_back(*std::move(warning));
  const std::string name = request.subject.common_name;
  auto requesting = gateway_->certificates().request(std::move(request), key.value());
  auto csr = co_await std::move(requesting);
  if (!csr) co_return csr.error();
  log(administrator, "request for " + name);
  made.csr = std::move(csr).value();
  co_return made;
}

tls::Checked<tls::Key> Administration::open_key(const std::string& pem,
                                                const std::string& password) {
  if (auto error = tls::check_key_password(password)) return *std::move(error);
  return tls::read_key_file(pem, password);
}

awaitable<Administration::Changed> Administration::import_signed_certificate(
    std::string administrator, std::string pem) {
  auto change =
      gateway_->certificates().import_signed(std::move(pem), gateway_->settings()->hostname);
  return present(std::move(administrator), "import of a signed certificate", std::move(change));
}

awaitable<Administration::Changed> Administration::import_certificate(std::string administrator,
                                                                      std::string file,
                                                                      std::string bytes,
                                                                      std::string password) {
  auto change = gateway_->certificates().import_pfx(std::move(bytes), std::move(password),
                                                    gateway_->settings()->hostname);
  return present(std::move(administrator), "import of " + file, std::move(change));
}

tls::Checked<std::string> Administration::export_certificate(const std::string& administrator,
                                                             const std::string& password) const {
  auto exported = gateway_->certificates().export_pfx(password);
  log(administrator, exported ? "export" : "export: refused: " + exported.error().text());
  return exported;
}

}  // namespace sealgate::gateway
