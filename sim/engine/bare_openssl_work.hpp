// What the canonical mandatory-TLS scenario asks of OpenSSL, and nothing else: the measure for what
// simulating costs (canonical_benchmark.cpp). No world, no coroutines, no SMTP.
//
// The gateway makes its key and self-signed certificate, writes both as PEM, and makes a client and
// a server context; its first attempt ends with an alert; the repaired peer makes key, certificate
// and context, shakes hands and takes the message in ten turns. Counted with callgrind, the calls
// and their instructions are the scenario's (docs/benchmarks.md).
#pragma once

namespace sealcheck::engine {

/// Aborts when OpenSSL does not do what it should.
void bare_openssl_work();

}  // namespace sealcheck::engine
