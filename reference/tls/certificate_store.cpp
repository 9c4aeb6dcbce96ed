#include "reference/tls/certificate_store.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <stdexcept>

#include "reference/tls/candidate.hpp"
#include "reference/tls/certificate_view.hpp"
#include "reference/tls/context.hpp"
#include "reference/tls/password_rules.hpp"
#include "reference/tls/pem.hpp"
#include "reference/tls/pfx.hpp"

namespace sealgate::tls {
namespace {

using boost::asio::awaitable;

FieldError not_stored(const host::ErrorCode& error) {
  return {"Certificate",
          "the old one stays active, the new one cannot be stored: " + error.message()};
}

/// What OpenSSL holds against presenting it: a signature with SHA-1, for one. Known before it is
/// stored, so that the next start does not fail on it.
std::optional<FieldError> not_presentable(const Credentials& credentials) {
  try {
    Context::server(settings::Tls{}, credentials);
  } catch (const std::runtime_error& error) {
    ERR_clear_error();
    return FieldError{"Certificate file",
                      std::string("TLS would not accept it (") + error.what() + ")"};
  }
  return std::nullopt;
}

std::string write_plain_key(const Key& key) {
  const BioHandle bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return text_of(bio.get());
}

}  // namespace

CertificateStore::CertificateStore(host::Host& host, Credentials current)
    : host_(host), current_(std::move(current)) {}

awaitable<std::unique_ptr<CertificateStore>> CertificateStore::open(host::Host& host,
                                                                    std::string fqdn) {
  auto loading = load_or_make(host, std::move(fqdn));
  auto credentials = co_await std::move(loading);
  co_return std::unique_ptr<CertificateStore>(new CertificateStore(host, std::move(credentials)));
}

awaitable<Checked<Changed>> CertificateStore::adopt(Checked<Credentials> next, std::string fqdn,
                                                    std::string what) {
  if (!next) co_return next.error();
  if (auto refusal = not_presentable(next.value())) co_return *std::move(refusal);
  auto storing = host_.storage().replace_file(credentials_file, next.value().pem);
  const host::ErrorCode error = co_await std::move(storing);
  if (error) co_return not_stored(error);
  current_ = std::move(next).value();
  const auto shown = view(current_.certificate.get());
  host_.log(host::Severity::info, "tls",
            what + " " + shown.subject + ", SHA-256 fingerprint " + shown.sha256);
  Changed changed;
  if (auto warning = warn_about_name({.common_name = shown.common_name}, fqdn))
    changed.warnings.push_back(*std::move(warning));
  for (const std::string& each : changed.warnings) host_.log(host::Severity::warning, "tls", each);
  co_return changed;
}

awaitable<Checked<Changed>> CertificateStore::generate(std::string fqdn) {
  auto adopting = adopt(make_self_signed(host_, fqdn), fqdn, "generated the certificate of");
  co_return co_await std::move(adopting);
}

awaitable<Checked<std::string>> CertificateStore::request(SigningRequest request, KeyKind kind) {
  return this->request(std::move(request), make_key(kind));
}

awaitable<Checked<std::string>> CertificateStore::request(SigningRequest request, Key key) {
  if (auto weakness = weakness_of_key(key.get())) co_return FieldError{"Key file", *weakness};
  auto written = write_signing_request(request, key);
  if (!written) co_return written.error();
  auto storing = host_.storage().replace_file(request_key_file, write_plain_key(key));
  const host::ErrorCode error = co_await std::move(storing);
  if (error) co_return FieldError{"CSR", "its key cannot be stored: " + error.message()};
  co_return std::move(written).value();
}

awaitable<Checked<Changed>> CertificateStore::import_signed(std::string pem, std::string fqdn) {
  const auto kept = host_.storage().read_file(request_key_file);
  if (!kept)
    co_return FieldError{"Certificate file",
                         "there is no key that it could belong to: make a request first, or import "
                         "a .pfx file that holds the key"};
  Candidate candidate{Key(read_key(*kept)), read_certificates(pem)};
  if (!candidate.key) co_return FieldError{"CSR", "the kept key of the request is damaged"};
  auto accepted = accept_candidate(candidate, host_.wall_now());
  auto adopting = adopt(std::move(accepted), std::move(fqdn), "imported the certificate of");
  co_return co_await std::move(adopting);
}

awaitable<Checked<Changed>> CertificateStore::import_pfx(std::string bytes, std::string password,
                                                         std::string fqdn) {
  auto candidate = read_pfx(bytes, password);
  if (!candidate) co_return candidate.error();
  auto accepted = accept_candidate(candidate.value(), host_.wall_now());
  auto adopting = adopt(std::move(accepted), std::move(fqdn), "imported the certificate of");
  co_return co_await std::move(adopting);
}

Checked<std::string> CertificateStore::export_pfx(const std::string& password) const {
  if (password.empty()) return FieldError{"Password", "an exported key needs a password"};
  if (auto error = check_pfx_password(password)) return *std::move(error);
  return write_pfx(current_, password);
}

}  // namespace sealgate::tls
