// Certificates of the fakes: P-256 keys, made when first asked for, never read from disk.
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

struct CertificateSpec {
  std::string common_name;             ///< empty: no subject name at all
  std::vector<std::string> alt_names;  ///< DNS names, or addresses in text
  host::Duration valid_before_now = std::chrono::hours(24 * 30);  ///< how long ago it became valid
  host::Duration valid_after_now = std::chrono::hours(24 * 365);  ///< negative: expired

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

/// Makes a key and a self-signed certificate, its validity counted from the host's wall clock.
std::shared_ptr<const Certificate> make_self_signed(host::Host& host, const CertificateSpec& spec);

}  // namespace fakes
