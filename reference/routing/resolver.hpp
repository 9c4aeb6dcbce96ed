// A stub resolver: asks recursive DNS servers over the host's UDP, and over TCP what does not fit a
// datagram (RFC 1034 section 5.3.1, RFC 7766 section 5).
//
// Each query has a random id and a socket, hence a source port, of its own; a datagram from another
// address, or with another id or question, is ignored (RFC 5452). A server that says nothing for
// two seconds gives way to the next one; after the last the first is asked again, three rounds in
// all, and never past the caller's deadline. One that answers SERVFAIL or REFUSED is not asked
// again. CNAME chains are followed for at most eight steps. What was learnt is remembered for its
// time to live (dns_cache.hpp).
//
// Call it from any executor of the host: a look-up keeps its state in its own coroutine. Host and
// resolver must outlive it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "reference/host/host.hpp"
#include "reference/routing/answer.hpp"
#include "reference/routing/dns_cache.hpp"

namespace sealgate::routing {

class Resolver {
 public:
  /// `servers` are asked in this order. None: every look-up times out at once.
  Resolver(host::Host& host, std::vector<host::Endpoint> servers);

  boost::asio::awaitable<Answer> lookup(std::string name, RecordType type, host::MonoTime deadline);

 private:
  struct Asked {
    AnswerStatus failure = AnswerStatus::timeout;  ///< ok: `reply` is there, its code 0 or NXDOMAIN
    Reply reply;
  };
  boost::asio::awaitable<Answer> resolve(Question question, host::MonoTime deadline);
  boost::asio::awaitable<Asked> ask(Question question, host::MonoTime deadline);
  boost::asio::awaitable<host::Result<Reply>> exchange(host::Endpoint server, Question question,
                                                       host::MonoTime deadline);
  boost::asio::awaitable<host::Result<Reply>> exchange_over_tcp(host::Endpoint server,
                                                                Question question,
                                                                host::MonoTime deadline);

  host::Host& host_;
  std::vector<host::Endpoint> servers_;
  DnsCache cache_;
};

}  // namespace sealgate::routing
