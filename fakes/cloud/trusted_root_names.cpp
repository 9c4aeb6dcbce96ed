// The names of the document's list of trusted certificates, in its order, UTF-8 where it shows
// escapes, a name that wraps in one piece.
//
// Distrusted: those whose owners the makers of browsers have since ceased to trust for cause: CNNIC
// (2015), StartCom (2016), Symantec's brands (VeriSign, GeoTrust, Thawte, Equifax; 2017 and 2018),
// Camerfirma (Chambers of Commerce, Chambersign; 2021) and Entrust (2024). Expiry and withdrawal
// are no distrust. The service takes them all the same (RUL-13).
#include "fakes/cloud/trusted_roots.hpp"

namespace fakes {
namespace {

constexpr bool since_distrusted = true;

constexpr TrustedRoot roots[] = {
    {"AddTrust Class 1 CA Root"},
    {"AddTrust External CA Root"},
    {"AddTrust Public CA Root"},
    {"AddTrust Qualified CA Root"},
    {"America Online Root Certification Authority 1"},
    {"America Online Root Certification Authority 2"},
    {"AOL Time Warner Root Certification Authority 1"},
    {"AOL Time Warner Root Certification Authority 2"},
    {"AS Sertifitseerimiskeskus Juur-SK"},
    {"Autoridad de Certificacion Firmaprofesional CIF A62634068"},
    {"Baltimore CyberTrust Root"},
    {"Bratislava CA Disig"},
    {"Buypass Class 2 CA 1"},
    {"Buypass Class 3 CA 1"},
    {"Certplus Class 2 Primary CA"},
    {"certSIGN ROOT CA"},
    {"Chambers of Commerce Root", since_distrusted},
    {"CNNIC ROOT", since_distrusted},
    {"Comodo CA Limited AAA Certificate Services"},
    {"Comodo CA Limited Secure Certificate Services"},
    {"Comodo CA Limited Trusted Certificate Services"},
    {"COMODO Certification Authority"},
    {"COMODO ECC Certification Authority"},
    {"ComSign Secured CA"},
    {"Cybertrust Global Root"},
    {"Deutsche Telekom Root CA 2"},
    {"Dhimyotis Certigna"},
    {"DigiCert Assured ID Root CA"},
    {"DigiCert Global Root CA"},
    {"DigiCert High Assurance EV Root CA"},
    {"Digital Signature Trust CA X3"},
    {"Digital Signature Trust CA X6"},
    {"Digital Signature Trust DSTCA E1"},
    {"Digital Signature Trust DSTCA E2"},
    {"EDICOM ACEDICOM Root CA"},
    {"Entrust Root Certification Authority", since_distrusted},
    {"Entrust.net Certification Authority (2048)", since_distrusted},
    {"Entrust.net Secure Server Certification Authority", since_distrusted},
    {"Equifax Secure Certificate Authority", since_distrusted},
    {"Equifax Secure eBusiness CA-1", since_distrusted},
    {"Equifax Secure eBusiness CA-2", since_distrusted},
    {"Equifax Secure Global eBusiness CA-1", since_distrusted},
    {"GeoTrust Global CA", since_distrusted},
    {"GeoTrust Global CA 2", since_distrusted},
    {"GeoTrust Primary Certification Authority", since_distrusted},
    {"GeoTrust Primary Certification Authority - G2", since_distrusted},
    {"GeoTrust Primary Certification Authority - G3", since_distrusted},
    {"GeoTrust Universal CA", since_distrusted},
    {"GeoTrust Universal CA 2", since_distrusted},
    {"Global Chambersign Root", since_distrusted},
    {"GlobalSign Root CA"},
    {"GlobalSign Root CA - R2"},
    {"Go Daddy Class 2 CA"},
    {"GTE CyberTrust Global Root"},
    {"Hongkong Post Root CA 1"},
    {"Japanese Government Application CA"},
    {"Microsec e-Szigno Root CA"},
    {"NetLock Arany (Class Gold) Főtanúsítvány"},
    {"NetLock Expressz (Class C) Tanusitvanykiado"},
    {"NetLock Kozjegyzoi (Class A) Tanusitvanykiado"},
    {"NetLock Uzleti (Class B) Tanusitvanykiado"},
    {"Network Solutions Certificate Authority"},
    {"OISTE WISeKey Global Root GA CA"},
    {"PKI Root Certification Authority"},
    {"PM/SGDN IGC"},
    {"QuoVadis Root CA 2"},
    {"QuoVadis Root CA 3"},
    {"QuoVadis Root Certification Authority"},
    {"RSA Security 1024 V3"},
    {"RSA Security 2048 V3"},
    {"Secure Global CA"},
    {"SecureSign RootCA11"},
    {"SecureTrust CA"},
    {"Security Communication EV RootCA1"},
    {"Security Communication RootCA1"},
    {"Sociedad Cameral de Certificación Digital AC Raíz Certicámara S.A."},
    {"Sonera Class2 CA"},
    {"Staat der Nederlanden Root CA"},
    {"Staat der Nederlanden Root CA - G2"},
    {"Starfield Class 2 Certification Authority"},
    {"StartCom Certification Authority", since_distrusted},
    {"Swisscom Root CA 1"},
    {"SwissSign Gold CA - G2"},
    {"SwissSign Silver CA - G2"},
    {"Taiwan Government Root Certification Authority"},
    {"TC TrustCenter Class 2 CA"},
    {"TC TrustCenter Class 2 CA II"},
    {"TC TrustCenter Class 3 CA"},
    {"TC TrustCenter Class 3 CA II"},
    {"TC TrustCenter Universal CA I"},
    {"TDC Internet Root CA"},
    {"TDC OCES CA"},
    {"Thawte Premium Server CA", since_distrusted},
    {"Thawte Primary Root CA", since_distrusted},
    {"Thawte Primary Root CA - G2", since_distrusted},
    {"Thawte Primary Root CA - G3", since_distrusted},
    {"Thawte Server CA", since_distrusted},
    {"Thawte Timestamping CA", since_distrusted},
    {"The USERTRUST Network - DATACorp SGC"},
    {"The USERTRUST Network USERFirst-Hardware"},
    {"Trustis EVS Root CA"},
    {"Trustis FPS Root CA"},
    {"Unizeto Certum CA"},
    {"ValiCert Class 1 Policy Validation Authority"},
    {"ValiCert Class 2 Policy Validation Authority"},
    {"ValiCert Class 3 Policy Validation Authority"},
    {"VeriSign Class 3 Public Primary Certification Authority", since_distrusted},
    {"VeriSign Class 3 Public Primary Certification Authority - G2", since_distrusted},
    {"VeriSign Class 3 Public Primary Certification Authority - G3", since_distrusted},
    {"VeriSign Class 3 Public Primary Certification Authority - G4", since_distrusted},
    {"VeriSign Class 3 Public Primary Certification Authority - G5", since_distrusted},
    {"VeriSign Class 4 Public Primary Certification Authority - G2", since_distrusted},
    {"VeriSign Class 4 Public Primary Certification Authority - G3", since_distrusted},
    {"VeriSign Universal Root Certification Authority", since_distrusted},
    {"Visa eCommerce Root"},
    {"Wells Fargo Root Certificate Authority"},
    {"WellsSecure Public Root Certificate Authority"},
    {"XRamp Global Certification Authority"},
};
static_assert(std::size(roots) == 118);

}  // namespace

std::span<const TrustedRoot> trusted_roots() {
  return roots;
}

const TrustedRoot* find_trusted_root(std::string_view label) {
  for (const TrustedRoot& root : roots)
    if (root.label == label) return &root;
  return nullptr;
}

}  // namespace fakes
