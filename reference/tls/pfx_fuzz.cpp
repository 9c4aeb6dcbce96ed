// Any bytes as a .pfx file: it is read, or refused with a field and a reason, and what is read fits
// together.
//
// The files that the input changes are made at the start: encrypted and plain, with and without
// issuers, and without a MAC, so that a change reaches what is behind it. First octet: which of
// them, or 255 for a file that is the input itself. Then changes of four octets: place (two), what
// (set, insert, erase, cut) and value.
#include <openssl/pkcs12.h>

#include <cstdint>
#include <cstdlib>

#include "reference/tls/pem.hpp"
#include "reference/tls/pfx.hpp"
#include "reference/tls/test_machine.hpp"

using namespace sealgate::tls;

namespace {

constexpr const char* password = "abc123";

std::string file_of(const Credentials& own, X509* issuer, int key_cipher, int certificate_cipher) {
  STACK_OF(X509)* issuers = sk_X509_new_null();
  if (issuer) sk_X509_push(issuers, issuer);
  constexpr int without_mac = -1;
  PKCS12* made = PKCS12_create(password, "gw", own.key.get(), own.certificate.get(), issuers,
                               key_cipher, certificate_cipher, 1, without_mac, 0);
  sk_X509_free(issuers);
  const BioHandle bio(BIO_new(BIO_s_mem()));
  if (!made || !i2d_PKCS12_bio(bio.get(), made)) std::abort();
  PKCS12_free(made);
  return text_of(bio.get());
}

const std::vector<std::string>& bases() {
  static const auto made = [] {
    test::TestMachine machine;
    const auto own = make_self_signed(machine, "gw.corp.test");
    const auto other = make_self_signed(machine, "ca.test");
    constexpr int plain = -1;
    return std::vector<std::string>{
        file_of(own, nullptr, plain, plain),
        file_of(own, other.certificate.get(), plain, plain),
        file_of(own, other.certificate.get(), NID_aes_256_cbc, NID_aes_256_cbc),
    };
  }();
  return made;
}

std::string changed(std::string file, const std::uint8_t* data, std::size_t size) {
  for (; size >= 4; data += 4, size -= 4) {
    const std::size_t place = (data[0] * 256u + data[1]) % (file.size() + 1);
    const char value = static_cast<char>(data[3]);
    if (data[2] % 4 == 0 && place < file.size()) file[place] = value;
    if (data[2] % 4 == 1) file.insert(place, 1, value);
    if (data[2] % 4 == 2 && place < file.size()) file.erase(place, 1);
    if (data[2] == 3) file.resize(place);
  }
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto& known = bases();
  const auto file = data[0] == 255 ? std::string(reinterpret_cast<const char*>(data + 1), size - 1)
                                   : changed(known[data[0] % known.size()], data + 1,
                                             std::min<std::size_t>(size - 1, 64));
  const auto read = read_pfx(file, password);
  if (!read) {
    if (read.error().field.empty() || read.error().reason.empty()) std::abort();
    return 0;
  }
  test::TestMachine machine;
  const auto accepted = accept_candidate(read.value(), machine.wall_now());
  if (accepted && !is_usable(accepted.value())) std::abort();
  return 0;
}
