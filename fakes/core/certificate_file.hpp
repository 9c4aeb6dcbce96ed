// What an administrator has in hand: .pfx files (PKCS#12, RFC 7292) with every fault that an import
// has to notice, and signing requests (PKCS#10, RFC 2986) on their way to the lab's CA.
//
// Everything is made when asked for; salts, keys and signatures come from OpenSSL's generator,
// which a simulated world seeds. A failure of OpenSSL throws std::runtime_error.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fakes/core/lab_ca.hpp"

namespace fakes {

/// What is in the file, beside a certificate of the given kind with its key and its issuers.
enum class FileContent {
  everything,
  no_key,
  no_certificate,
  another_key,      ///< of nobody
  two_keys,         ///< each with its certificate
  disordered,       ///< the issuers in front of the certificate
  der_certificate,  ///< no .pfx at all, but the certificate alone
  no_pfx,           ///< a line of text
  truncated,        ///< the first half of a good one
  too_large,        ///< a good one, and zeros up to 2 MB
};

/// "everything", "no-key", … "too-large".
std::optional<FileContent> file_content_from_name(std::string_view name);

struct CertificateFile {
  CertificateKind kind = CertificateKind::good;
  std::string name;      ///< the host that it is for
  std::string password;  ///< UTF-8
  FileContent content = FileContent::everything;
};

std::string make_file(host::Host& host, LabCa& ca, const CertificateFile& file);
/// The same with this chain in the place of one of the kind.
std::string make_file(host::Host& host, LabCa& ca, const CertificateFile& file,
                      const CertificateChain& chain);

/// Subject, issuer and key of what the file holds, a line each; none when it does not open.
std::optional<std::string> describe_file(const std::string& bytes, const std::string& password);

/// RSA, 2048 bits. Making one takes longer than playing most scenarios.
using RsaKey = std::shared_ptr<EVP_PKEY>;
RsaKey make_rsa_key();

/// In PEM, encrypted like `openssl genrsa -des3` does.
std::string make_key_file(const RsaKey& key, const std::string& password);

/// A signing request as OpenSSL prints it, the challenge password included; none: it is no request,
/// or its signature is not its key's.
std::optional<std::string> describe_request(const std::string& pem);

/// Issues for that common name and key.
using Issue = std::function<CertificateChain(const std::string& name, EVP_PKEY* public_key)>;

/// What a CA makes of a request, in PEM: a certificate for its common name and key, then the
/// issuers'. Throws std::runtime_error when it is no request.
std::string sign_request(const std::string& pem, const Issue& issue);
std::string to_pem(const CertificateChain& chain);

}  // namespace fakes
