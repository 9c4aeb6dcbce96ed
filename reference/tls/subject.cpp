#include "reference/tls/subject.hpp"

#include <fmt/format.h>
#include <openssl/x509.h>
#include <strings.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace sealgate::tls {
namespace {

using settings::FieldError;

struct Field {
  std::string Subject::*value;
  int nid;
  const char* prompt;
  std::size_t characters_max;  ///< RFC 5280 appendix A.1, ub-*
};

const std::array fields = {
    Field{&Subject::country, NID_countryName, "Country Name", 2},
    Field{&Subject::state, NID_stateOrProvinceName, "State or Province Name", 128},
    Field{&Subject::locality, NID_localityName, "Locality Name", 128},
    Field{&Subject::organization, NID_organizationName, "Organization Name", 64},
    Field{&Subject::organizational_unit, NID_organizationalUnitName, "Organizational Unit Name",
          64},
    Field{&Subject::common_name, NID_commonName, "Common Name", 64},
    Field{&Subject::email, NID_pkcs9_emailAddress, "Email Address", 128},
};

/// UTF-8 characters; none when it is not UTF-8 or holds a control character.
std::optional<std::size_t> count_printable(const std::string& text) {
  std::size_t count = 0;
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  for (int left = static_cast<int>(text.size()); left > 0;) {
    unsigned long character = 0;
    const int length = UTF8_getc(at, left, &character);
    if (length <= 0 || character < 0x20 || character == 0x7f) return std::nullopt;
    at += length;
    left -= length;
    ++count;
  }
  return count;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::optional<FieldError> check(const Field& field, const std::string& value) {
  const auto count = count_printable(value);
  if (!count) return FieldError{field.prompt, "it holds a control character or is not UTF-8"};
  if (field.nid == NID_countryName && !value.empty()) {
    if (value.size() == 2 && std::all_of(value.begin(), value.end(), is_letter))
      return std::nullopt;
    return FieldError{field.prompt, fmt::format("'{}' is not a 2-letter code such as US", value)};
  }
  if (*count <= field.characters_max) return std::nullopt;
  return FieldError{field.prompt, fmt::format("it has {} characters, at most {} are allowed",
                                              *count, field.characters_max)};
}

}  // namespace

std::optional<FieldError> check(const Subject& subject) {
  for (const Field& field : fields) {
    if (auto error = check(field, subject.*field.value)) return error;
  }
  if (subject.common_name.empty())
    return FieldError{"Common Name", "it is required: the gateway's fully qualified domain name"};
  return std::nullopt;
}

void write_subject(X509_NAME* name, const Subject& subject) {
  for (const Field& field : fields) {
    const std::string& value = subject.*field.value;
    if (value.empty()) continue;
    if (!X509_NAME_add_entry_by_NID(name, field.nid, MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(value.data()),
                                    static_cast<int>(value.size()), -1, 0))
      throw std::runtime_error(std::string("OpenSSL refuses the ") + field.prompt);
  }
}

Subject read_subject(const X509_NAME* name) {
  Subject subject;
  for (const Field& field : fields) {
    const int at = X509_NAME_get_index_by_NID(name, field.nid, -1);
    if (at < 0) continue;
    unsigned char* bytes = nullptr;
    const int size =
        ASN1_STRING_to_UTF8(&bytes, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (size >= 0)
      (subject.*field.value).assign(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
  }
  return subject;
}

std::optional<std::string> warn_about_name(const Subject& subject, const std::string& fqdn) {
  const std::string& name = subject.common_name;
  if (name.size() == fqdn.size() && ::strncasecmp(name.data(), fqdn.data(), name.size()) == 0)
    return std::nullopt;
  return fmt::format(
      "the Common Name '{}' is not the gateway's FQDN '{}': peers that verify names will report "
      "certificate errors",
      name, fqdn);
}

}  // namespace sealgate::tls
