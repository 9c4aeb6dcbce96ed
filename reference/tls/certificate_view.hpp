// A certificate as the TLS Certificate page shows it (CRT-02). Text only; nothing secret.
#pragma once

#include <string>
#include <vector>

#include "reference/host/time.hpp"

typedef struct x509_st X509;

namespace sealgate::tls {

struct CertificateView {
  std::string subject;      ///< RFC 2253: "CN=gw.corp.test,O=Corp"
  std::string common_name;  ///< may be empty
  std::string issuer;
  std::string serial;  ///< hexadecimal, upper case
  host::WallTime not_before;
  host::WallTime not_after;
  std::string sha1;  ///< fingerprints: "AB:CD:…"
  std::string sha256;
  std::string key;  ///< "RSA 2048 bits"
  std::vector<std::string> dns_names;
  bool self_signed = false;
};

CertificateView view(X509* certificate);
bool is_self_signed(X509* certificate);

}  // namespace sealgate::tls
