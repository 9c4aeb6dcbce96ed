#include "reference/tls/certificate_view.hpp"

#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>

#include "reference/tls/key_file.hpp"
#include "reference/tls/pem.hpp"
#include "reference/tls/subject.hpp"

namespace sealgate::tls {
namespace {

std::string in_words(const X509_NAME* name) {
  const BioHandle bio(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  return text_of(bio.get());
}

std::string hexadecimal(const ASN1_INTEGER* number) {
  BIGNUM* value = ASN1_INTEGER_to_BN(number, nullptr);
  char* digits = value ? BN_bn2hex(value) : nullptr;
  std::string text = digits ? digits : "";
  OPENSSL_free(digits);
  BN_free(value);
  return text;
}

host::WallTime time_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (!ASN1_TIME_to_tm(time, &parts)) return {};
  const auto day = std::chrono::sys_days(std::chrono::year(parts.tm_year + 1900) /
                                         (parts.tm_mon + 1) / parts.tm_mday);
  return day + std::chrono::hours(parts.tm_hour) + std::chrono::minutes(parts.tm_min) +
         std::chrono::seconds(parts.tm_sec);
}

std::string fingerprint(const X509* certificate, const EVP_MD* digest) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  X509_digest(certificate, digest, bytes.data(), &size);
  std::string text;
  for (unsigned int i = 0; i < size; ++i) text += fmt::format("{}{:02X}", i ? ":" : "", bytes[i]);
  return text;
}

std::vector<std::string> dns_names(const X509* certificate) {
  struct FreeNames {
    void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
  };
  const std::unique_ptr<GENERAL_NAMES, FreeNames> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> found;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    int kind = 0;
    const void* value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &kind);
    if (kind != GEN_DNS) continue;
    const auto* text = static_cast<const ASN1_STRING*>(value);
    found.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                       static_cast<std::size_t>(ASN1_STRING_length(text)));
  }
  return found;
}

}  // namespace

bool is_self_signed(X509* certificate) {
  return X509_self_signed(certificate, 0) == 1;
}

CertificateView view(X509* certificate) {
  CertificateView shown;
  shown.subject = in_words(X509_get_subject_name(certificate));
  shown.common_name = read_subject(X509_get_subject_name(certificate)).common_name;
  shown.issuer = in_words(X509_get_issuer_name(certificate));
  shown.serial = hexadecimal(X509_get0_serialNumber(certificate));
  shown.not_before = time_of(X509_get0_notBefore(certificate));
  shown.not_after = time_of(X509_get0_notAfter(certificate));
  shown.sha1 = fingerprint(certificate, EVP_sha1());
  shown.sha256 = fingerprint(certificate, EVP_sha256());
  EVP_PKEY* key = X509_get0_pubkey(certificate);
  shown.key = key ? describe_key(key) : "unreadable";
  shown.dns_names = dns_names(certificate);
  shown.self_signed = is_self_signed(certificate);
  return shown;
}

}  // namespace sealgate::tls
