#include "fakes/cloud/trusted_roots.hpp"

#include <openssl/x509.h>

#include <utility>

namespace fakes {
namespace {

using namespace std::chrono_literals;

constexpr host::Duration years = 24h * 3650;
constexpr std::size_t common_name_max = 64;  // characters (RFC 5280 appendix A, ub-common-name)

std::size_t characters(std::string_view utf8) {
  std::size_t count = 0;
  for (const char c : utf8) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return count;
}

// A label that is too long for a common name begins in the organization, up to a word's end.
CertificateSpec authority(const std::string& label) {
  CertificateSpec spec;
  spec.common_name = label;
  spec.valid_before_now = years;
  spec.valid_after_now = years;
  spec.ca = true;
  if (characters(label) <= common_name_max) return spec;
  const std::size_t gap = label.rfind(' ', common_name_max);
  spec.organization = label.substr(0, gap);
  spec.common_name = label.substr(gap + 1);
  return spec;
}

std::string text_of(const X509_NAME* name, int nid) {
  const int index = X509_NAME_get_index_by_NID(name, nid, -1);
  if (index < 0) return {};
  unsigned char* utf8 = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
  if (size < 0) return {};
  std::string text(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
  OPENSSL_free(utf8);
  return text;
}

}  // namespace

std::string label_of(const X509_NAME* name) {
  const std::string organization = text_of(name, NID_organizationName);
  const std::string common_name = text_of(name, NID_commonName);
  return organization.empty() ? common_name : organization + " " + common_name;
}

TrustedRoots::Branch& TrustedRoots::branch(Branches& branches, host::Host& host,
                                           const std::string& label) {
  Branch& branch = branches[label];
  if (!branch.root) branch.root = make_self_signed(host, authority(label));
  return branch;
}

std::shared_ptr<const Certificate> TrustedRoots::root(host::Host& host, const std::string& label) {
  return branch(genuine_, host, label).root;
}

CertificateChain TrustedRoots::issue(host::Host& host, const std::string& label, RootClaim claim,
                                     CertificateKind kind, const std::string& name,
                                     EVP_PKEY* public_key) {
  CertificateSpec leaf = leaf_of(kind, name);
  if (claim == RootClaim::bearing) {
    const CertificateSpec named = authority(label);
    leaf.common_name = named.common_name;
    leaf.organization = named.organization;
    return {make_self_signed(host, leaf), {}};
  }
  Branch& above = branch(claim == RootClaim::genuine ? genuine_ : look_alikes_, host, label);
  if (!above.intermediate)
    above.intermediate = make_signed_by(*above.root, host, authority("Lab Issuing CA"));
  CertificateChain chain{make_signed_by(*above.intermediate, host, leaf, public_key), {}};
  if (kind != CertificateKind::missing_intermediate) chain.above = {above.intermediate};
  return chain;
}

}  // namespace fakes
