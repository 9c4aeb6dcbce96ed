// What does simulating cost? The canonical mandatory-TLS scenario, from its text to its verdicts
// and in a forked child, against the bare OpenSSL work that it contains, in turn in one process.
//
//   cmake --preset release -DSEALCHECK_BENCHMARKS=ON && ninja -C build/release benchmarks
//   build/release/sim/engine/canonical_benchmark        (from the repository's root)
// The counters are medians: ours_us, bare_us, and ratio = ours/bare. docs/benchmarks.md holds
// figures.
#include <benchmark/benchmark.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "sim/adapters/sealgate/sealgate_sut.hpp"
#include "sim/engine/run_plan.hpp"
#include "sim/engine/warm_up.hpp"
#include "sim/plan/make_plans.hpp"
#include "sim/world/virtual/clock_switch.hpp"

namespace {

using namespace sealcheck;

constexpr const char* scenario_file = "scenarios/tls/failed_handshake_delays_the_message.scn";

syntax::Reader file_reader() {
  return [](const std::string& name) -> boost::system::result<std::string> {
    std::ifstream file(name, std::ios::binary);
    if (!file) return make_error_code(boost::system::errc::no_such_file_or_directory);
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
  };
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "canonical_benchmark: %s\n", what);
  std::abort();
}

// --- ours: parse, check, plan, fork, world, judges ---

void play(const plan::Catalogue& catalogue) {
  syntax::Diagnostics diagnostics;
  const auto plans = plan::make_plans(scenario_file, file_reader(), catalogue, diagnostics);
  require(plans.size() == 1, "the scenario does not load: run from the repository's root");
  const pid_t child = ::fork();
  if (child == 0) {
    const auto result = engine::run_plan(plans.front(), 1, adapters::make_sealgate);
    ::_exit(result.verdict == verdict::Verdict::pass ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  require(status == 0, "the scenario does not pass");
}

// --- bare: the same contexts, certificates and handshakes, over memory BIOs ---

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Cert = std::unique_ptr<X509, decltype(&X509_free)>;
using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;

Cert make_certificate(EVP_PKEY* key) {
  Cert certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -86400);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400L * 365);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("mx.partner.test"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  require(X509_sign(certificate.get(), key, EVP_sha256()) != 0, "no signature");
  return certificate;
}

Context server_context() {
  Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const Cert certificate = make_certificate(key.get());
  SSL_CTX_use_certificate(context.get(), certificate.get());
  SSL_CTX_use_PrivateKey(context.get(), key.get());
  return context;
}

Session session(SSL_CTX* context, bool client) {
  Session made(SSL_new(context), SSL_free);
  SSL_set_bio(made.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  client ? SSL_set_connect_state(made.get()) : SSL_set_accept_state(made.get());
  return made;
}

std::size_t pump(SSL* from, SSL* to) {
  char bytes[20000];
  std::size_t total = 0;
  for (int count; (count = BIO_read(SSL_get_wbio(from), bytes, sizeof bytes)) > 0; total += count)
    BIO_write(SSL_get_rbio(to), bytes, count);
  return total;
}

void handshake(SSL_CTX* client_context, SSL_CTX* server_context_) {
  const Session client = session(client_context, true);
  const Session server = session(server_context_, false);
  std::size_t moved = 1;
  while (moved > 0) {
    SSL_do_handshake(client.get());
    moved = pump(client.get(), server.get());
    SSL_do_handshake(server.get());
    moved += pump(server.get(), client.get());
  }
  require(SSL_is_init_finished(client.get()) && SSL_is_init_finished(server.get()),
          "no bare handshake");
}

// The gateway's two contexts and its certificate, the peer's context and certificate, a ClientHello
// that is answered with an alert, and one whole handshake.
void bare_work() {
  const Context gateway_server = server_context();
  const Context gateway_client(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  const Context peer = server_context();
  const Session refused = session(gateway_client.get(), true);
  SSL_do_handshake(refused.get());
  handshake(gateway_client.get(), peer.get());
}

double median_us(std::vector<std::int64_t>& ns) {
  std::nth_element(ns.begin(), ns.begin() + static_cast<std::ptrdiff_t>(ns.size() / 2), ns.end());
  return static_cast<double>(ns[ns.size() / 2]) / 1000;
}

// The bare work is forked too, so that both sides start from the same warm process and its seeding.
void bare_in_child() {
  const pid_t child = ::fork();
  if (child == 0) {
    bare_work();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  require(status == 0, "the bare work failed");
}

void canonical_over_bare_openssl(benchmark::State& state) {
  using world::clock_switch::real_mono_ns;
  syntax::Diagnostics diagnostics;
  const auto catalogue =
      plan::Catalogue::load("docs/requirements/catalogue.req", file_reader(), diagnostics);
  engine::warm_up(adapters::make_sealgate);
  std::vector<std::int64_t> ours;
  std::vector<std::int64_t> bare;
  std::vector<std::int64_t> bare_without_fork;
  for (auto _ : state) {
    const std::int64_t begin = real_mono_ns();
    play(catalogue);
    const std::int64_t middle = real_mono_ns();
    bare_in_child();
    const std::int64_t end = real_mono_ns();
    bare_work();
    ours.push_back(middle - begin);
    bare.push_back(end - middle);
    bare_without_fork.push_back(real_mono_ns() - end);
  }
  state.counters["ours_us"] = median_us(ours);
  state.counters["bare_forked_us"] = median_us(bare);
  state.counters["bare_us"] = median_us(bare_without_fork);
  state.counters["ratio"] = median_us(ours) / median_us(bare_without_fork);
}
BENCHMARK(canonical_over_bare_openssl)->Iterations(300)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
