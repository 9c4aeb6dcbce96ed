#include "sim/dsl/certificate_words.hpp"

#include "sim/dsl/shared_tails.hpp"

namespace sealcheck::dsl {
namespace {

// Limits are about lengths: nobody wants to count the characters of a string.
#define PASSWORD_OF(name) "(<" name ":string> | of <" name "-length:integer> characters)"
#define KIND                                                                              \
  "<kind:good|self-signed|expired|not-yet-valid|wrong-name|cn-only|wildcard|nul-in-name|" \
  "unknown-ca|missing-intermediate|weak-key|sha1>"

void declare_files(syntax::Section& scenario) {
  scenario.declare(
      {.id = "certificate-file",
       .pattern =
           "certificate <file:string> for <name:domain> [" KIND "] "
           "[below [<claim=another>] root <root:string> | <claim=bearing> the name <root:string>] "
           "[under password " PASSWORD_OF(
               "password") "] "
                           "[with <content:no-key|no-certificate|another-key|two-keys|disordered|"
                           "der-certificate|no-pfx|truncated|too-large>]",
       .doc =
           "A .pfx file in the administrator's hand: a certificate of that kind, its key and "
           "its issuers from the lab's CA; with: what is wrong with the file. Below the root "
           "that the hybrid service knows by that name, below another of that name, or signed by "
           "itself and bearing it.",
       .example = "certificate \"gw.pfx\" for gw.corp.test expired under password \"abc123\""});
}

void declare_keys(syntax::Section& scenario) {
  scenario.declare({.id = "key-file",
                    .pattern = "key <file:string> under password " PASSWORD_OF("password"),
                    .doc = "A private key in the administrator's hand, as `openssl genrsa -des3` "
                           "makes it: RSA, 2048 bits, encrypted.",
                    .example = "key \"gw.key\" under password \"abc123\""});
}

void declare_page(syntax::Section& scenario) {
  scenario
      .declare({.id = "admin.views-certificate",
                .pattern = "admin views certificate " OUTCOME,
                .doc = "Subject, issuer, serial, validity, fingerprints and key are shown.",
                .example = "admin views certificate and sees \"CN=gw.corp.test\""})
      .declare({.id = "admin.generates-certificate",
                .pattern = "admin generates certificate " OUTCOME,
                .doc = "A new self-signed certificate takes the place of whatever there is.",
                .example = "admin generates certificate"})
      .declare({.id = "admin.requests-certificate",
                .pattern = "admin requests certificate " OUTCOME " {certificate-request}",
                .doc = "A key and a signing request with these fields are made; what is seen is "
                       "the request as OpenSSL prints it.",
                .example = "admin requests certificate { country \"US\" }"})
      .declare({.id = "admin.imports-signed",
                .pattern =
                    "admin imports signed certificate [" KIND "] [below root <root:string>] [of "
                    "<other=another> request] " OUTCOME,
                .doc = "The lab's CA signs the latest request, or somebody else's, and the result "
                       "is imported; below root: the authority of that name signs it, and the "
                       "certificates up to its root come along.",
                .example = "admin imports signed certificate below root \"DigiCert Global Root "
                           "CA\""})
      .declare({.id = "admin.imports-certificate",
                .pattern = "admin imports certificate <file:string> with password " PASSWORD_OF(
                    "password") " [and answers <answer:yes|no>] " OUTCOME,
                .doc = "Import, the answer to its question, the file and its password, OK. What "
                       "is seen is the field Certificate file.",
                .example = "admin imports certificate \"gw.pfx\" with password \"abc123\""})
      .declare({.id = "admin.exports-certificate",
                .pattern =
                    "admin exports certificate under password " PASSWORD_OF("password") " " OUTCOME,
                .doc = "A .pfx file with certificate, key and issuers; what is seen is what the "
                       "lab finds in it.",
                .example = "admin exports certificate under password \"abc123\""});
}

void declare_trust(syntax::Section& scenario) {
  scenario
      .declare({.id = "admin.trusts",
                .pattern = "admin adds trusted CA of lab " OUTCOME,
                .doc = "The root of the lab's CA is trusted in certificates of peers.",
                .example = "admin adds trusted CA of lab"})
      .declare({.id = "admin.searches-trusted",
                .pattern = "admin searches trusted CAs for <search:string> " OUTCOME,
                .doc = "The trusted CAs whose subject has this in it, letter case aside, a line "
                       "each.",
                .example = "admin searches trusted CAs for \"lab\" without \"CN=Lab Root\""})
      .declare(
          {.id = "admin.distrusts",
           .pattern = "admin removes trusted CA <search:string> " OUTCOME,
           .doc = "The one trusted CA that the search finds is trusted no longer.",
           .example = "admin removes trusted CA \"Lab Root\" and is refused with \"no such\""});
}

void declare_request(syntax::Section& request) {
  const auto field = [&](const char* id, const char* pattern, const char* doc,
                         const char* example) {
    request.declare({.id = id, .pattern = pattern, .doc = doc, .example = example, .once = true});
  };
  field("request.country", "country <country:string>", "Country name: two letters",
        "country \"US\"");
  field("request.state", "state <state:string>", "State or province name", "state \"Texas\"");
  field("request.locality", "locality <locality:string>", "Locality name", "locality \"Austin\"");
  field("request.organization", "organization <organization:string>", "Organization name",
        "organization \"Corp\"");
  field("request.unit", "unit <organizational-unit:string>", "Organizational unit name",
        "unit \"Mail\"");
  field("request.common-name", "common-name <common-name:string>",
        "Common name; without it the gateway's FQDN", "common-name \"gw.corp.test\"");
  field("request.email", "email <email:string>", "Email address", "email \"postmaster@corp.test\"");
  field("request.key", "key <key:string> with password " PASSWORD_OF("key-password"),
        "The key that it is for, by its file's password; without it one is made",
        "key \"gw.key\" with password \"abc123\"");
  field("request.challenge", "challenge-password <challenge-password:string>",
        "The challenge password attribute", "challenge-password \"tiger\"");
}

void declare_looks(syntax::Section& scenario) {
  scenario.declare(
      {.id = "looks",
       .pattern = "expect gateway presents <change:a|the-same|another> certificate "
                  "[of <subject:string>] [issued by <issuer:string>] " SHOWS,
       .doc = "A client says STARTTLS and looks at the certificate: common names of its subject "
              "and of its issuer; another, the-same: than at the look before.",
       .example = "expect gateway presents a certificate of \"gw.corp.test\""});
}

}  // namespace

void declare_certificate_words(syntax::Vocabulary& vocabulary, syntax::Section& scenario) {
  declare_files(scenario);
  declare_keys(scenario);
  declare_page(scenario);
  declare_looks(scenario);
  declare_trust(scenario);
  declare_request(
      vocabulary.add_section("certificate-request", "The fields of a signing request."));
}

}  // namespace sealcheck::dsl
