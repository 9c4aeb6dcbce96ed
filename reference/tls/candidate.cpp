#include "reference/tls/candidate.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <algorithm>

#include "reference/tls/certificate_view.hpp"
#include "reference/tls/pem.hpp"

namespace sealgate::tls {
namespace {

constexpr std::size_t chain_length_max = 10;

bool is_for(const Certificate& certificate, const Key& key) {
  const bool same = X509_check_private_key(certificate.get(), key.get()) == 1;
  ERR_clear_error();
  return same;
}

bool has_issued(const Certificate& issuer, const Certificate& certificate) {
  const bool did = X509_check_issued(issuer.get(), certificate.get()) == X509_V_OK &&
                   X509_verify(certificate.get(), X509_get0_pubkey(issuer.get())) == 1;
  ERR_clear_error();
  return did;
}

std::optional<std::string> why_not_valid(const CertificateView& shown, host::WallTime now) {
  if (now > shown.not_after)
    return fmt::format("the certificate expired on {}", host::to_rfc3339(shown.not_after));
  if (now < shown.not_before)
    return fmt::format("the certificate is not valid before {}",
                       host::to_rfc3339(shown.not_before));
  return std::nullopt;
}

std::vector<Certificate> issuers_of(Certificate certificate, const std::vector<Certificate>& all) {
  std::vector<Certificate> chain;
  while (chain.size() < chain_length_max) {
    const auto issuer = std::find_if(all.begin(), all.end(), [&](const Certificate& each) {
      return each != certificate && has_issued(each, certificate);
    });
    if (issuer == all.end() || X509_self_signed(issuer->get(), 0) == 1) break;
    certificate = *issuer;
    chain.push_back(certificate);
  }
  return chain;
}

}  // namespace

Checked<Credentials> accept_candidate(const Candidate& candidate, host::WallTime now,
                                      const std::string& field) {
  if (auto weakness = weakness_of_key(candidate.key.get())) return FieldError{field, *weakness};
  if (candidate.certificates.empty()) return FieldError{field, "it holds no certificate"};
  std::vector<Certificate> own;
  for (const Certificate& each : candidate.certificates) {
    if (is_for(each, candidate.key)) own.push_back(each);
  }
  if (own.empty()) {
    const auto shown = view(candidate.certificates.front().get());
    return FieldError{
        field, fmt::format("the certificate of {} belongs to another private key", shown.subject)};
  }
  if (own.size() > 1) return FieldError{field, "it holds several certificates for the one key"};
  if (auto reason = why_not_valid(view(own.front().get()), now)) return FieldError{field, *reason};
  auto chain = issuers_of(own.front(), candidate.certificates);
  auto pem = write_pem(candidate.key.get(), own.front().get(), chain);
  return Credentials{std::move(pem), candidate.key, own.front(), std::move(chain)};
}

}  // namespace sealgate::tls
