// What an envelope costs beside the least that it could: AES-256-GCM and base64 of the same octets.
//
// Arguments: octets of the message. `peak_factor` is the most heap that was in use at once beyond
// what was there before, for each octet of the message: the sealed content and the envelope.
#include <benchmark/benchmark.h>
#include <malloc.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>

#include "fakes/cloud/envelope.hpp"

namespace {

std::size_t live = 0;
std::size_t peak = 0;

}  // namespace

void* operator new(std::size_t size) {
  void* block = std::malloc(size);
  if (!block) throw std::bad_alloc();
  live += malloc_usable_size(block);
  peak = std::max(peak, live);
  return block;
}
void operator delete(void* block) noexcept {
  if (block) live -= malloc_usable_size(block);
  std::free(block);
}
void operator delete(void* block, std::size_t) noexcept {
  operator delete(block);
}

namespace {

std::string message_of(std::size_t octets) {
  std::string message(octets, '\0');
  for (std::size_t i = 0; i < octets; ++i) message[i] = static_cast<char>(i * 31 % 251);
  return message;
}

const fakes::SealedFor about{"00c0ffee", "bob@partner.test", "alice@corp.test", "<m1@corp.test>"};
// A service makes these once.
const fakes::EnvelopeMaker maker({"Secure Mail", "https://portal.hybrid.test/open"});
const fakes::WrappingRoot root(about.key_id, {7});
const std::string generation = "0123456789abcdef";

std::string envelope(const std::string& message) {
  const fakes::Sealed sealed =
      fakes::seal(root, generation, about, message, {{1, 2}, {3, 4}, {5, 6}});
  return maker.make(about, sealed, host::WallTime{});
}

// Into two buffers that are there already.
void bare(const std::string& message, std::string& cipher, std::string& text) {
  const unsigned char key[32] = {7};
  const unsigned char nonce[12] = {3};
  auto* out = reinterpret_cast<unsigned char*>(cipher.data());
  int size = 0;
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nullptr, key, nonce);
  EVP_EncryptUpdate(context, out, &size, reinterpret_cast<const unsigned char*>(message.data()),
                    static_cast<int>(message.size()));
  EVP_EncryptFinal_ex(context, out + size, &size);
  EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, 16, out + message.size());
  EVP_CIPHER_CTX_free(context);
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), out,
                  static_cast<int>(cipher.size()));
}

void make_envelope(benchmark::State& state) {
  const std::string message = message_of(static_cast<std::size_t>(state.range(0)));
  const std::size_t before = live;
  peak = live;
  for (auto _ : state) benchmark::DoNotOptimize(envelope(message));
  state.counters["peak_factor"] =
      static_cast<double>(peak - before) / static_cast<double>(state.range(0));
  state.SetBytesProcessed(state.iterations() * state.range(0));
  state.SetItemsProcessed(state.iterations());
}

void bare_gcm_and_base64(benchmark::State& state) {
  const std::string message = message_of(static_cast<std::size_t>(state.range(0)));
  std::string cipher(message.size() + 16, '\0');
  std::string text(cipher.size() / 3 * 4 + 8, '\0');
  for (auto _ : state) {
    bare(message, cipher, text);
    benchmark::DoNotOptimize(text.data());
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(bare_gcm_and_base64)->Arg(10'000)->Arg(10'000'000);
BENCHMARK(make_envelope)->Arg(10'000)->Arg(1'000'000)->Arg(10'000'000)->Arg(40'000'000);

}  // namespace

BENCHMARK_MAIN();
