#include "reference/tls/derivation_rounds.hpp"

#include <openssl/asn1t.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <string_view>

#include "reference/tls/pem.hpp"

namespace sealgate::tls {
namespace {

template <class T, auto free_function>
using Owned = std::unique_ptr<T, FreeWith<free_function>>;

std::uint64_t sum(std::uint64_t a, std::uint64_t b) {
  return std::min(a + b, too_many_rounds);  // neither is more than that
}

std::uint64_t rounds_in(const ASN1_INTEGER* number) {
  std::int64_t value = 0;
  if (!number || ASN1_INTEGER_get_int64(&value, number) != 1 || value < 0) return too_many_rounds;
  return std::min<std::uint64_t>(static_cast<std::uint64_t>(value), too_many_rounds);
}

template <class T>
T* unpacked(const ASN1_ITEM* item, const ASN1_TYPE* parameter) {
  return parameter ? static_cast<T*>(ASN1_TYPE_unpack_sequence(item, parameter)) : nullptr;
}

std::uint64_t rounds_of_pbes2(const ASN1_TYPE* parameter) {
  const Owned<PBE2PARAM, PBE2PARAM_free> scheme(
      unpacked<PBE2PARAM>(ASN1_ITEM_rptr(PBE2PARAM), parameter));
  if (!scheme || OBJ_obj2nid(scheme->keyfunc->algorithm) != NID_id_pbkdf2) return too_many_rounds;
  const Owned<PBKDF2PARAM, PBKDF2PARAM_free> derivation(
      unpacked<PBKDF2PARAM>(ASN1_ITEM_rptr(PBKDF2PARAM), scheme->keyfunc->parameter));
  return derivation ? rounds_in(derivation->iter) : too_many_rounds;
}

std::uint64_t rounds_of_key(const X509_SIG* shrouded) {
  const X509_ALGOR* algorithm = nullptr;
  X509_SIG_get0(shrouded, &algorithm, nullptr);
  return derivation_rounds(algorithm);
}

std::uint64_t rounds_of_mac(const PKCS12* pfx) {
  if (PKCS12_mac_present(pfx) == 0) return 0;
  const ASN1_INTEGER* rounds = nullptr;
  PKCS12_get0_mac(nullptr, nullptr, nullptr, &rounds, pfx);
  return rounds ? rounds_in(rounds) : 1;  // RFC 7292 section 4: it may be left out
}

std::uint64_t rounds_of_safe(PKCS7* safe) {
  if (PKCS7_type_is_encrypted(safe)) {
    const PKCS7_ENCRYPT* encrypted = safe->d.encrypted;
    return encrypted && encrypted->enc_data ? derivation_rounds(encrypted->enc_data->algorithm) : 0;
  }
  if (!PKCS7_type_is_data(safe)) return 0;
  STACK_OF(PKCS12_SAFEBAG)* bags = PKCS12_unpack_p7data(safe);
  const std::uint64_t rounds = rounds_of_keys(bags);
  sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
  return rounds;
}

}  // namespace

std::uint64_t derivation_rounds(const X509_ALGOR* algorithm) {
  const ASN1_OBJECT* name = nullptr;
  if (algorithm) X509_ALGOR_get0(&name, nullptr, nullptr, algorithm);
  if (!name) return too_many_rounds;
  if (OBJ_obj2nid(name) == NID_pbes2) return rounds_of_pbes2(algorithm->parameter);
  const Owned<PBEPARAM, PBEPARAM_free> derivation(
      unpacked<PBEPARAM>(ASN1_ITEM_rptr(PBEPARAM), algorithm->parameter));
  return derivation ? rounds_in(derivation->iter) : too_many_rounds;
}

std::uint64_t rounds_of_keys(const STACK_OF(PKCS12_SAFEBAG) * bags) {
  std::uint64_t rounds = 0;
  for (int i = 0; bags && i < sk_PKCS12_SAFEBAG_num(bags); ++i) {
    const PKCS12_SAFEBAG* bag = sk_PKCS12_SAFEBAG_value(bags, i);
    const int kind = PKCS12_SAFEBAG_get_nid(bag);
    if (kind == NID_pkcs8ShroudedKeyBag)
      rounds = sum(rounds, rounds_of_key(PKCS12_SAFEBAG_get0_pkcs8(bag)));
    if (kind == NID_safeContentsBag)
      rounds = sum(rounds, rounds_of_keys(PKCS12_SAFEBAG_get0_safes(bag)));
  }
  return rounds;
}

std::uint64_t rounds_to_open(PKCS12* pfx) {
  std::uint64_t rounds = rounds_of_mac(pfx);
  STACK_OF(PKCS7)* safes = PKCS12_unpack_authsafes(pfx);
  for (int i = 0; safes && i < sk_PKCS7_num(safes); ++i)
    rounds = sum(rounds, rounds_of_safe(sk_PKCS7_value(safes, i)));
  sk_PKCS7_pop_free(safes, PKCS7_free);
  ERR_clear_error();
  return rounds;
}

std::uint64_t rounds_of_pem_keys(const std::string& pem) {
  const BioHandle bio = open_text(pem);
  std::uint64_t rounds = 0;
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* bytes = nullptr;
  long size = 0;
  while (PEM_read_bio(bio.get(), &name, &header, &bytes, &size) == 1) {
    if (std::string_view(name) == PEM_STRING_PKCS8) {
      const unsigned char* at = bytes;
      const Owned<X509_SIG, X509_SIG_free> shrouded(d2i_X509_SIG(nullptr, &at, size));
      if (shrouded) rounds = sum(rounds, rounds_of_key(shrouded.get()));
    }
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(bytes);
  }
  ERR_clear_error();
  return rounds;
}

}  // namespace sealgate::tls
