#include "reference/tls/credentials.hpp"

#include <openssl/bn.h>
#include <openssl/x509v3.h>

#include <array>
#include <stdexcept>

#include "reference/tls/pem.hpp"

namespace sealgate::tls {
namespace {

using namespace std::chrono_literals;

constexpr auto valid_for = 24h * 365 * 10;
constexpr auto clock_tolerance = 24h;  // a peer's clock may be behind ours

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("OpenSSL: ") + what);
}

void set_times(X509* certificate, host::WallTime now) {
  const auto seconds = [](host::WallTime time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  };
  require(ASN1_TIME_set(X509_getm_notBefore(certificate), seconds(now - clock_tolerance)) &&
              ASN1_TIME_set(X509_getm_notAfter(certificate), seconds(now + valid_for)),
          "validity");
}

/// RFC 5280 section 4.1.2.2: positive, at most 20 octets.
void set_serial(X509* certificate, host::Host& host) {
  std::array<std::byte, 16> random{};
  host.fill_random(random);
  random[0] = (random[0] & std::byte{0x3f}) | std::byte{0x40};
  using Number = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
  const Number number(BN_bin2bn(reinterpret_cast<const unsigned char*>(random.data()),
                                static_cast<int>(random.size()), nullptr));
  require(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)),
          "serial number");
}

void set_names(X509* certificate, const std::string& fqdn) {
  X509_NAME* name = X509_get_subject_name(certificate);
  // RFC 5280 appendix A.1: a common name has at most 64 characters; a longer FQDN stands in the
  // alternative name alone.
  if (fqdn.size() <= 64) {
    require(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(fqdn.data()),
                                       static_cast<int>(fqdn.size()), -1, 0),
            "subject");
  }
  require(X509_set_issuer_name(certificate, name), "issuer");
  using Extension = std::unique_ptr<X509_EXTENSION, FreeWith<X509_EXTENSION_free>>;
  const Extension alternative(
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + fqdn).c_str()));
  require(alternative && X509_add_ext(certificate, alternative.get(), -1), "alternative name");
}

}  // namespace

Credentials make_self_signed(host::Host& host, const std::string& fqdn) {
  KeyHandle key(EVP_EC_gen("P-256"));
  CertificateHandle certificate(X509_new());
  require(key && certificate, "no key");
  require(X509_set_version(certificate.get(), X509_VERSION_3), "version");
  set_serial(certificate.get(), host);
  set_times(certificate.get(), host.wall_now());
  set_names(certificate.get(), fqdn);
  require(X509_set_pubkey(certificate.get(), key.get()), "public key");
  require(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0, "signature");
  auto pem = write_pem(key.get(), certificate.get());
  return {std::move(pem), std::move(key), std::move(certificate)};
}

Credentials read_credentials(std::string pem) {
  Credentials read;
  read.key = read_key(pem);
  auto certificates = read_certificates(pem);
  if (!certificates.empty()) {
    read.certificate = certificates.front();
    read.chain.assign(certificates.begin() + 1, certificates.end());
  }
  read.pem = std::move(pem);
  return read;
}

bool is_usable(const Credentials& credentials) {
  return credentials.key && credentials.certificate &&
         X509_check_private_key(credentials.certificate.get(), credentials.key.get());
}

boost::asio::awaitable<Credentials> load_or_make(host::Host& host, std::string fqdn) {
  const std::string file(credentials_file);
  auto kept = host.storage().read_file(file);
  if (kept) {
    auto credentials = read_credentials(*std::move(kept));
    if (!is_usable(credentials)) throw std::runtime_error(file + ": no key with its certificate");
    co_return credentials;
  }
  if (kept.error() != boost::system::errc::no_such_file_or_directory) {
    throw std::runtime_error(file + ": " + kept.error().message());
  }
  auto made = make_self_signed(host, fqdn);
  const auto error = co_await host.storage().replace_file(file, made.pem);
  if (error) throw std::runtime_error(file + ": " + error.message());
  host.log(host::Severity::info, "tls", "made a self-signed certificate for " + fqdn);
  co_return made;
}

}  // namespace sealgate::tls
