// Whom the service lets in, and why not: the gateway's certificate, its name and address in the
// public DNS, its account (HYB-04, HYB-26 to HYB-28, CA-01 to CA-04, RUL-10, RUL-13, RUL-34).
//
// The checks are made in this order, and the first that fails is the reason:
//   no-certificate, self-signed, expired, not-yet-valid, issuer-not-trusted: the chain, by the
//   root's key
//   account-not-enabled
//   no-name: the subject's common name is no host name
//   name-differs: what the client says in EHLO (its FQDN in System Settings), against the subject
//   address-not-public: of the connection's source
//   no-a-record, a-record-not-public, a-record-elsewhere: of the name, against that source
//   no-ptr-record, ptr-elsewhere: of that source, against the name
//   dns-failure: a name server did not answer; that passes, everything else is for good
#pragma once

#include <openssl/types.h>

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "fakes/dns/resolver.hpp"
#include "fakes/cloud/trusted_roots.hpp"
#include "fakes/core/smtp_codec.hpp"
#include "reference/host/network.hpp"

struct stack_st_X509;

namespace fakes {

struct Refusal {
  std::string reason;  ///< a word from the list above
  std::string detail;  ///< for people: what was found
};

/// 554, or 451 where it may pass; with reason and detail.
Reply to_reply(const Refusal& refusal);

/// The client's certificate with what it sent beside it; none: no leaf.
struct ShownChain {
  X509* leaf = nullptr;
  stack_st_X509* others = nullptr;  ///< may be null
};

/// How the chain ends: the label of the trusted root, or why not.
struct Trust {
  std::string label;
  bool distrusted = false;  ///< that root, by others
  std::string claimed;      ///< a listed label that an issuer in it bears, whatever its key
  std::optional<Refusal> refusal;
};
Trust judge_chain(host::Host& host, TrustedRoots& roots, const ShownChain& chain);

struct DnsChecks {
  std::vector<host::Network> public_networks;  ///< empty: every address is public
};

struct ClientNames {
  std::string subject;  ///< of its certificate
  std::string hello;    ///< what it says in EHLO
  host::Address source;
};

/// Nothing: names and address belong together.
boost::asio::awaitable<std::optional<Refusal>> check_names(Resolver& resolver, DnsChecks checks,
                                                           ClientNames client);

/// The subject's common name in lower case.
std::string subject_of(X509* leaf);

}  // namespace fakes
