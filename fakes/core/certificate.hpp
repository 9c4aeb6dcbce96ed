// Certificates of the fakes: P-256 keys unless weakness is the point, made when first asked for,
// never read from disk.
//
// Times are the caller's: nothing here looks at a clock. The serial comes from the host's entropy;
// the key and the signature come from OpenSSL's generator, which a simulated world seeds per host.
// A failure of OpenSSL here is a broken installation and throws std::runtime_error.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "reference/host/host.hpp"

typedef struct x509_st X509;
typedef struct evp_pkey_st EVP_PKEY;

namespace fakes {

enum class KeyKind { p256, rsa1024 };  ///< a P-256 key takes 20 µs, an RSA-1024 one 10 ms

struct CertificateSpec {
  std::string common_name;             ///< empty: no subject name at all
  std::string organization = {};       ///< in front of it; empty: none
  std::vector<std::string> alt_names;  ///< DNS names, or addresses in text
  host::Duration valid_before_now = std::chrono::hours(24 * 30);  ///< how long ago it became valid
  host::Duration valid_after_now = std::chrono::hours(24 * 365);  ///< negative: expired

  KeyKind key = KeyKind::p256;
  bool sha1 = false;  ///< signed with it, in place of SHA-256
  bool ca = false;    ///< may sign others (RFC 5280 section 4.2.1.9)

  friend bool operator==(const CertificateSpec&, const CertificateSpec&) = default;
};

/// Good in every respect but its issuer: the host's name as common and alternative name.
CertificateSpec certificate_for(const std::string& host_name);

class Certificate {
 public:
  Certificate(X509* certificate, EVP_PKEY* key);  ///< takes both over
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;
  ~Certificate();

  X509* x509() const { return certificate_; }
  EVP_PKEY* key() const { return key_; }
  std::string pem() const;  ///< the certificate alone

 private:
  X509* certificate_;
  EVP_PKEY* key_;
};

std::string to_pem(X509* certificate);

/// Common names, empty where there is none; both, where `pem` is no certificate.
struct CertificateNames {
  std::string subject;
  std::string issuer;
};
CertificateNames names_of(const std::string& pem);

struct CertificateChain {
  std::shared_ptr<const Certificate> leaf;
  std::vector<std::shared_ptr<const Certificate>> above;  ///< sent with it, the issuer first
};

/// Makes a key and a self-signed certificate, its validity counted from the host's wall clock.
std::shared_ptr<const Certificate> make_self_signed(host::Host& host, const CertificateSpec& spec);
/// The same, signed by `issuer`; for `public_key`, which is then all that it has of a key, or for
/// one that is made.
std::shared_ptr<const Certificate> make_signed_by(const Certificate& issuer, host::Host& host,
                                                  const CertificateSpec& spec,
                                                  EVP_PKEY* public_key = nullptr);

}  // namespace fakes
