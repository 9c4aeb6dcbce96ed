// The subject of a certificate signing request: the fields that the document asks for (CSR-06,
// CSR-07), and their limits (RFC 5280 appendix A.1).
#pragma once

#include <optional>
#include <string>

#include "reference/settings/field_error.hpp"

typedef struct X509_name_st X509_NAME;

namespace sealgate::tls {

/// UTF-8. Only the common name is required; an empty field is left out.
struct Subject {
  std::string country = {};  ///< "US": two letters
  std::string state = {};
  std::string locality = {};
  std::string organization = {};
  std::string organizational_unit = {};
  std::string common_name = {};  ///< the gateway's FQDN (CSR-09)
  std::string email = {};

  friend bool operator==(const Subject&, const Subject&) = default;
};

/// Field names are the openssl tool's prompts: "Country Name", "Common Name".
std::optional<settings::FieldError> check(const Subject& subject);

/// Fills an empty name, in the order above. Throws std::runtime_error when OpenSSL refuses what
/// check() allowed.
void write_subject(X509_NAME* name, const Subject& subject);
Subject read_subject(const X509_NAME* name);

/// CSR-09, RUL-31: a warning that names both, nothing where they agree (without case).
std::optional<std::string> warn_about_name(const Subject& subject, const std::string& fqdn);

}  // namespace sealgate::tls
