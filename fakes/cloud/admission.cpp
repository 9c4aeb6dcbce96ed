#include "fakes/cloud/admission.hpp"

#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <memory>
#include <utility>

namespace fakes {

namespace asio = boost::asio;

namespace {

template <class T, void (*free)(T*)>
struct Free {
  void operator()(T* value) const { free(value); }
};
template <class T, void (*free)(T*)>
using Handle = std::unique_ptr<T, Free<T, free>>;

constexpr std::string_view passing = "dns-failure";

// The roots that the chain may mean, by the names of its issuers. Their keys decide later.
// Answers the last of the names.
std::string add_candidates(host::Host& host, TrustedRoots& roots, const ShownChain& chain,
                           X509_STORE* store) {
  std::string claimed;
  for (int i = -1; i < sk_X509_num(chain.others); ++i) {
    X509* certificate = i < 0 ? chain.leaf : sk_X509_value(chain.others, i);
    const std::string label = label_of(X509_get_issuer_name(certificate));
    if (!find_trusted_root(label)) continue;
    X509_STORE_add_cert(store, roots.root(host, label)->x509());
    claimed = label;
  }
  return claimed;
}

Refusal refusal_of(int error, X509* leaf) {
  const std::string issuer = label_of(X509_get_issuer_name(leaf));
  if (error == X509_V_ERR_CERT_HAS_EXPIRED)
    return {"expired", "the certificate is not valid any more"};
  if (error == X509_V_ERR_CERT_NOT_YET_VALID)
    return {"not-yet-valid", "the certificate is not valid yet"};
  if (X509_self_signed(leaf, 1) == 1) return {"self-signed", "signed by itself, as " + issuer};
  return {"issuer-not-trusted", std::string(X509_verify_cert_error_string(error))};
}

bool is_public(const DnsChecks& checks, const host::Address& address) {
  const auto& networks = checks.public_networks;
  return networks.empty() ||
         std::any_of(networks.begin(), networks.end(),
                     [&](const host::Network& network) { return network.contains(address); });
}

std::optional<host::Address> address_of(const std::string& text) {
  boost::system::error_code error;
  const host::Address address = asio::ip::make_address(text, error);
  if (error) return std::nullopt;
  return address;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return text;
}

bool has(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

Reply to_reply(const Refusal& refusal) {
  // RFC 7372: reverse DNS has a code of its own.
  const bool reverse = refusal.reason == "no-ptr-record" || refusal.reason == "ptr-elsewhere";
  const std::string text = refusal.reason + ": " + refusal.detail;
  if (refusal.reason == passing) return {451, "4.4.3", {text}};
  return {554, reverse ? "5.7.25" : "5.7.1", {text}};
}

std::string subject_of(X509* leaf) {
  return leaf ? lower(label_of(X509_get_subject_name(leaf))) : "";
}

Trust judge_chain(host::Host& host, TrustedRoots& roots, const ShownChain& chain) {
  if (!chain.leaf) return {"", false, "", Refusal{"no-certificate", "the client shows none"}};
  const Handle<X509_STORE, X509_STORE_free> store(X509_STORE_new());
  const std::string claimed = add_candidates(host, roots, chain, store.get());
  const Handle<X509_STORE_CTX, X509_STORE_CTX_free> context(X509_STORE_CTX_new());
  X509_STORE_CTX_init(context.get(), store.get(), chain.leaf, chain.others);
  X509_VERIFY_PARAM* terms = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_purpose(terms, X509_PURPOSE_SSL_CLIENT);
  X509_VERIFY_PARAM_set_time(
      terms,
      static_cast<time_t>(
          std::chrono::floor<std::chrono::seconds>(host.wall_now().time_since_epoch()).count()));
  if (X509_verify_cert(context.get()) != 1)
    return {"", false, claimed, refusal_of(X509_STORE_CTX_get_error(context.get()), chain.leaf)};
  const STACK_OF(X509)* built = X509_STORE_CTX_get0_chain(context.get());
  const X509* anchor = sk_X509_value(built, sk_X509_num(built) - 1);
  std::string label = label_of(X509_get_subject_name(anchor));
  const bool distrusted = find_trusted_root(label)->distrusted;
  return {std::move(label), distrusted, claimed, std::nullopt};
}

asio::awaitable<std::optional<Refusal>> check_names(Resolver& resolver, DnsChecks checks,
                                                    ClientNames client) {
  const std::string& name = client.subject;
  const host::Address& source = client.source;
  const std::string here = source.to_string();
  if (name.find('.') == std::string::npos || name.find(' ') != std::string::npos)
    co_return Refusal{"no-name", "the subject '" + name + "' is no host name"};
  if (lower(client.hello) != name)
    co_return Refusal{"name-differs", "EHLO says " + client.hello + ", the subject " + name};
  if (!is_public(checks, source))
    co_return Refusal{"address-not-public", here + " is no public address"};
  auto forward = resolver.ask(name, source.is_v4() ? "A" : "AAAA");
  const std::optional<DnsAnswer> addresses = co_await std::move(forward);
  if (!addresses) co_return Refusal{std::string(passing), "nobody answers for " + name};
  if (addresses->values.empty()) co_return Refusal{"no-a-record", name + " has no address record"};
  if (!has(addresses->values, here)) {
    const std::optional<host::Address> other = address_of(addresses->values.front());
    if (other && !is_public(checks, *other))
      co_return Refusal{"a-record-not-public", name + " is " + addresses->values.front()};
    co_return Refusal{"a-record-elsewhere",
                      name + " is " + addresses->values.front() + ", not " + here};
  }
  auto backward = resolver.ask(reverse_name(source), "PTR");
  const std::optional<DnsAnswer> names = co_await std::move(backward);
  if (!names) co_return Refusal{std::string(passing), "nobody answers for " + here};
  if (names->values.empty()) co_return Refusal{"no-ptr-record", here + " has no PTR record"};
  if (!has(names->values, name))
    co_return Refusal{"ptr-elsewhere", here + " is " + names->values.front() + ", not " + name};
  co_return std::nullopt;
}

}  // namespace fakes
