// The CAs that are trusted in certificates of peers: entries of the settings' page Encryption.
#include <fmt/format.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cctype>

#include "reference/gateway/administration.hpp"
#include "reference/tls/pem.hpp"
#include "reference/tls/trusted_cas.hpp"

namespace sealgate::gateway {

using boost::asio::awaitable;

namespace {

constexpr const char* page = "Encryption";

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// As a string of the settings, its line ends as escapes.
std::string entry_of(std::string_view text) {
  std::string out = "tls { trusted-ca \"";
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\" }";
}

/// What stands between the marks, they included: words around it are nobody's business.
std::string_view certificate_in(std::string_view pem) {
  constexpr std::string_view end = "-----END CERTIFICATE-----";
  const auto from = pem.find("-----BEGIN CERTIFICATE-----");
  const auto to = pem.find(end, from);
  if (from == pem.npos || to == pem.npos) return pem;
  return pem.substr(from, to + end.size() - from);
}

admin::Outcome refused(std::string why) {
  return {std::move(why), {}, {}};
}

}  // namespace

std::vector<Administration::TrustedCa> Administration::trusted_certificates(
    std::string_view search) const {
  const auto settings = gateway_->settings();
  const auto& entries = settings->tls.trusted_cas;
  const auto texts = tls::load_trusted_cas(host_, settings->tls);
  const std::string wanted = lower(search);
  std::vector<TrustedCa> found;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (const auto& certificate : tls::read_certificates(texts[i])) {
      auto shown = tls::view(certificate.get());
      if (lower(shown.subject).find(wanted) != std::string::npos)
        found.push_back({entries[i], std::move(shown)});
    }
  }
  return found;
}

awaitable<admin::Outcome> Administration::trust(std::string administrator, std::string pem) {
  const auto certificates = tls::read_certificates(pem);
  if (certificates.size() != 1)
    co_return refused("one certificate in PEM form is expected, these are " +
                      std::to_string(certificates.size()));
  X509* certificate = certificates.front().get();
  if (X509_check_ca(certificate) == 0)
    co_return refused("the certificate of " + tls::view(certificate).subject +
                      " is no CA's: it cannot sign others");
  const std::string sha256 = tls::view(certificate).sha256;
  for (const TrustedCa& known : trusted_certificates({}))
    if (known.view.sha256 == sha256) co_return refused(known.view.subject + " is trusted already");
  admin::Form form(page);
  form.set(entry_of(certificate_in(pem)));
  auto pressing = console_->ok(std::move(administrator), std::move(form));
  co_return co_await std::move(pressing);
}

awaitable<admin::Outcome> Administration::distrust(std::string administrator, std::string sha256) {
  const auto all = trusted_certificates({});
  const auto meant = std::find_if(all.begin(), all.end(),
                                  [&](const auto& one) { return one.view.sha256 == sha256; });
  if (meant == all.end()) co_return refused("no trusted CA has the fingerprint " + sha256);
  const auto of_entry = std::count_if(all.begin(), all.end(),
                                      [&](const auto& one) { return one.entry == meant->entry; });
  if (of_entry > 1)
    co_return refused(fmt::format("it is one of {} in {}: remove that entry of the page {}",
                                  of_entry, meant->entry, page));
  admin::Form form(page);
  form.remove(entry_of(meant->entry));
  auto pressing = console_->ok(std::move(administrator), std::move(form));
  co_return co_await std::move(pressing);
}

}  // namespace sealgate::gateway
