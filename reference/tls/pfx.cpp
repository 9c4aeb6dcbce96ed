#include "reference/tls/pfx.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>

#include <algorithm>
#include <stdexcept>

#include "reference/tls/derivation_rounds.hpp"
#include "reference/tls/password_rules.hpp"
#include "reference/tls/pem.hpp"

namespace sealgate::tls {
namespace {

using PfxHandle = std::unique_ptr<PKCS12, FreeWith<PKCS12_free>>;

FieldError about_file(std::string reason) {
  return {"Certificate file", std::move(reason)};
}

/// RC2-40 and friends, which the default context does not know. It lives as long as the process.
OSSL_LIB_CTX* legacy_context() {
  static OSSL_LIB_CTX* context = [] {
    OSSL_LIB_CTX* made = OSSL_LIB_CTX_new();
    if (!OSSL_PROVIDER_load(made, "default") || !OSSL_PROVIDER_load(made, "legacy"))
      ERR_clear_error();  // without the module such files count as unreadable
    return made;
  }();
  return context;
}

/// Null: not PKCS#12, or something stands behind it.
PfxHandle decode(std::string_view bytes) {
  PKCS12* shell = PKCS12_init_ex(NID_pkcs7_data, legacy_context(), nullptr);
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  const auto* end = at + bytes.size();
  PfxHandle pfx(d2i_PKCS12(&shell, &at, static_cast<long>(bytes.size())));
  if (at != end) pfx.reset();
  return pfx;
}

std::string what_else(std::string_view bytes) {
  if (bytes.find("-----BEGIN ") != std::string_view::npos)
    return "it is a PEM file: make a .pfx from it with openssl pkcs12 -export";
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  const CertificateHandle certificate(d2i_X509(nullptr, &at, static_cast<long>(bytes.size())));
  ERR_clear_error();
  if (certificate)
    return "it is a certificate alone (DER): make a .pfx with its key with openssl pkcs12 -export";
  return "it is not a .pfx file (PKCS#12)";
}

/// The openssl tool writes no password as an empty one, other programs as none at all.
bool opens(PKCS12* pfx, const std::string& password) {
  if (PKCS12_mac_present(pfx) == 0) return true;
  const bool empty = password.empty();
  return PKCS12_verify_mac(pfx, password.c_str(), static_cast<int>(password.size())) == 1 ||
         (empty && PKCS12_verify_mac(pfx, nullptr, 0) == 1);
}

struct Inside {
  int keys = 0;              ///< plain or shrouded, in every safe
  std::uint64_t rounds = 0;  ///< that opening those in encrypted safes takes
};

Inside look_inside(PKCS12* pfx, const std::string& password) {
  STACK_OF(PKCS7)* safes = PKCS12_unpack_authsafes(pfx);
  Inside found;
  for (int i = 0; safes && i < sk_PKCS7_num(safes); ++i) {
    PKCS7* safe = sk_PKCS7_value(safes, i);
    const bool plain = OBJ_obj2nid(safe->type) == NID_pkcs7_data;
    STACK_OF(PKCS12_SAFEBAG)* bags =
        plain ? PKCS12_unpack_p7data(safe)
              : PKCS12_unpack_p7encdata(safe, password.c_str(), static_cast<int>(password.size()));
    for (int n = 0; bags && n < sk_PKCS12_SAFEBAG_num(bags); ++n) {
      const int kind = PKCS12_SAFEBAG_get_nid(sk_PKCS12_SAFEBAG_value(bags, n));
      if (kind == NID_keyBag || kind == NID_pkcs8ShroudedKeyBag) ++found.keys;
    }
    if (!plain) found.rounds = std::min(found.rounds + rounds_of_keys(bags), too_many_rounds);
    sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
  }
  sk_PKCS7_pop_free(safes, PKCS7_free);
  return found;
}

FieldError too_much_work() {
  return about_file(
      fmt::format("opening it takes more than {} rounds of PBKDF2: export it again "
                  "with openssl pkcs12 -export -iter 100000",
                  derivation_rounds_max));
}

/// The same key in the default library context: the legacy one must not be used in handshakes.
Key moved_here(EVP_PKEY* foreign) {
  unsigned char* der = nullptr;
  const int size = i2d_PrivateKey(foreign, &der);
  if (size <= 0) return nullptr;
  const unsigned char* at = der;
  Key key(d2i_AutoPrivateKey(nullptr, &at, size), EVP_PKEY_free);
  OPENSSL_clear_free(der, static_cast<std::size_t>(size));
  return key;
}

Certificate moved_here(X509* foreign) {
  unsigned char* der = nullptr;
  const int size = i2d_X509(foreign, &der);
  if (size <= 0) return nullptr;
  const unsigned char* at = der;
  Certificate certificate(d2i_X509(nullptr, &at, size), X509_free);
  OPENSSL_free(der);
  return certificate;
}

Checked<Candidate> unpack(PKCS12* pfx, const std::string& password) {
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
  STACK_OF(X509)* issuers = nullptr;
  const bool parsed = PKCS12_parse(pfx, password.c_str(), &key, &certificate, &issuers) == 1;
  Candidate candidate;
  if (key) candidate.key = moved_here(key);
  if (certificate) candidate.certificates.push_back(moved_here(certificate));
  for (int i = 0; issuers && i < sk_X509_num(issuers); ++i)
    candidate.certificates.push_back(moved_here(sk_X509_value(issuers, i)));
  EVP_PKEY_free(key);
  X509_free(certificate);
  sk_X509_pop_free(issuers, X509_free);
  if (!parsed) return about_file("its content cannot be read, or its algorithms are not supported");
  if (!candidate.key)
    return about_file("it holds no private key: export it with openssl pkcs12 -export -inkey");
  std::erase(candidate.certificates, nullptr);
  return candidate;
}

}  // namespace

Checked<Candidate> read_pfx(std::string_view bytes, const std::string& password) {
  if (auto error = check_pfx_password(password)) return *std::move(error);
  if (bytes.size() > pfx_bytes_max)
    return about_file(
        fmt::format("it has {} bytes, at most {} are read", bytes.size(), pfx_bytes_max));
  ERR_clear_error();
  auto result = [&]() -> Checked<Candidate> {
    const PfxHandle pfx = decode(bytes);
    if (!pfx) return about_file(what_else(bytes));
    const std::uint64_t rounds = rounds_to_open(pfx.get());
    if (rounds > derivation_rounds_max) return too_much_work();
    if (!opens(pfx.get(), password))
      return FieldError{"Password", "it does not open the certificate file"};
    const Inside inside = look_inside(pfx.get(), password);
    if (inside.keys > 1) return about_file("it holds several private keys");
    if (rounds + inside.rounds > derivation_rounds_max) return too_much_work();
    return unpack(pfx.get(), password);
  }();
  ERR_clear_error();
  return result;
}

std::string write_pfx(const Credentials& credentials, const std::string& password) {
  STACK_OF(X509)* issuers = sk_X509_new_null();
  for (const Certificate& issuer : credentials.chain) sk_X509_push(issuers, issuer.get());
  const PfxHandle pfx(PKCS12_create(password.c_str(), "sealgate", credentials.key.get(),
                                    credentials.certificate.get(), issuers, 0, 0, 0, 0, 0));
  sk_X509_free(issuers);
  const BioHandle bio(BIO_new(BIO_s_mem()));
  if (!pfx || !bio || !i2d_PKCS12_bio(bio.get(), pfx.get()))
    throw std::runtime_error("OpenSSL: the .pfx file cannot be written");
  return text_of(bio.get());
}

}  // namespace sealgate::tls
