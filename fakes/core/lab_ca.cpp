#include "fakes/core/lab_ca.hpp"

#include <array>
#include <utility>

namespace fakes {
namespace {

using namespace std::chrono_literals;

constexpr host::Duration day = 24h;
constexpr host::Duration years = 3650 * day;

constexpr std::array<std::pair<CertificateKind, std::string_view>, 12> kinds{{
    {CertificateKind::good, "good"},
    {CertificateKind::self_signed, "self-signed"},
    {CertificateKind::expired, "expired"},
    {CertificateKind::not_yet_valid, "not-yet-valid"},
    {CertificateKind::wrong_name, "wrong-name"},
    {CertificateKind::cn_only, "cn-only"},
    {CertificateKind::wildcard, "wildcard"},
    {CertificateKind::nul_in_name, "nul-in-name"},
    {CertificateKind::unknown_ca, "unknown-ca"},
    {CertificateKind::missing_intermediate, "missing-intermediate"},
    {CertificateKind::weak_key, "weak-key"},
    {CertificateKind::sha1, "sha1"},
}};

CertificateSpec authority(std::string common_name) {
  CertificateSpec spec;
  spec.common_name = std::move(common_name);
  spec.valid_before_now = years;
  spec.valid_after_now = years;
  spec.ca = true;
  return spec;
}

}  // namespace

std::string_view to_string(CertificateKind kind) {
  for (const auto& [value, name] : kinds)
    if (value == kind) return name;
  return "?";
}

std::optional<CertificateKind> certificate_kind_from_name(std::string_view name) {
  for (const auto& [value, known] : kinds)
    if (known == name) return value;
  return std::nullopt;
}

const Certificate& LabCa::root(Branch& branch, host::Host& host) {
  if (!branch.root) branch.root = make_self_signed(host, authority("Lab Root"));
  return *branch.root;
}

std::shared_ptr<const Certificate> LabCa::intermediate(Branch& branch, host::Host& host) {
  if (!branch.intermediate)
    branch.intermediate = make_signed_by(root(branch, host), host, authority("Lab Intermediate"));
  return branch.intermediate;
}

std::string LabCa::root_pem(host::Host& host) {
  return root(known_, host).pem();
}

CertificateSpec leaf_of(CertificateKind kind, const std::string& name) {
  CertificateSpec spec = certificate_for(name);
  switch (kind) {
    case CertificateKind::expired:
      spec.valid_after_now = -day;
      break;
    case CertificateKind::not_yet_valid:
      spec.valid_before_now = -day;
      break;
    case CertificateKind::wrong_name:
      spec = certificate_for("another-host.test");
      break;
    case CertificateKind::cn_only:
      spec.alt_names.clear();
      break;
    case CertificateKind::wildcard:
      spec = certificate_for("*" + name.substr(std::min(name.find('.'), name.size())));
      break;
    case CertificateKind::nul_in_name:
      spec = certificate_for(name + '\0' + ".evil.test");
      break;
    case CertificateKind::weak_key:
      spec.key = KeyKind::rsa1024;
      break;
    case CertificateKind::sha1:
      spec.sha1 = true;
      break;
    default:
      break;
  }
  return spec;
}

CertificateChain LabCa::issue(host::Host& host, CertificateKind kind, const std::string& name,
                              EVP_PKEY* public_key) {
  const CertificateSpec spec = leaf_of(kind, name);
  if (kind == CertificateKind::self_signed) return {make_self_signed(host, spec), {}};
  auto issuer = intermediate(kind == CertificateKind::unknown_ca ? unknown_ : known_, host);
  CertificateChain chain{make_signed_by(*issuer, host, spec, public_key), {}};
  if (kind != CertificateKind::missing_intermediate) chain.above = {std::move(issuer)};
  return chain;
}

}  // namespace fakes
