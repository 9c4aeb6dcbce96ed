#include "reference/settings/read_lists.hpp"

namespace sealgate::settings {
namespace {

template <class Word>
Word from_word(std::string_view text, std::initializer_list<Word> words) {
  for (const Word word : words)
    if (to_word(word) == text) return word;
  return *words.begin();  // the vocabulary lets no other through
}

TlsVersion version(const std::string& text) {
  using enum TlsVersion;
  return from_word(text, {tls1_0, tls1_1, tls1_2, tls1_3});
}

TlsLevel level(const std::string& text) {
  using enum TlsLevel;
  return from_word(text, {encrypt, encrypt_cn, verify, verify_cn});
}

bool verifies(TlsLevel level) {
  return level == TlsLevel::verify || level == TlsLevel::verify_cn;
}

}  // namespace

void read_tls(const syntax::Node& node, Tls& tls, syntax::Diagnostics& diagnostics) {
  if (const auto* versions = node.child("versions")) {
    tls.version_min = version(versions->text("minimum"));
    tls.version_max = version(versions->text("maximum"));
    if (tls.version_max < tls.version_min) {
      diagnostics.error(versions->span(), "the maximum TLS version is below the minimum");
    }
  }
  if (const auto* strength = node.child("strength-minimum")) {
    tls.strength_bits_min = strength->text("bits") == "256" ? 256 : 128;
  }
  if (const auto trusted = node.children_of("trusted-ca"); !trusted.empty()) {
    tls.trusted_cas.clear();
    for (const auto* one : trusted) tls.trusted_cas.push_back(one->text("certificate"));
  }
  const auto* asked = node.child("level");
  if (asked) tls.level = level(asked->text("level"));
  if (asked && verifies(tls.level) && tls.trusted_cas.empty()) {
    diagnostics.error(asked->span("level"), "nobody is trusted: no peer can pass this level",
                      "say trusted-ca \"ca.pem\" beside it, or take the level encrypt-cn");
  }
}

}  // namespace sealgate::settings
