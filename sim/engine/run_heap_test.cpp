#include "sim/engine/run_heap.hpp"

#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

// Known to the compiler as memory that anybody may look at: no call is optimised away.
void* visible(void* memory) {
  asm volatile("" : "+r"(memory) : : "memory");
  return memory;
}

// What a forked child answers with, so that its heap's fate is not ours.
template <class Check>
bool in_a_child(const Check& check) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(check() ? 0 : 1);
  int status = 1;
  ::waitpid(child, &status, 0);
  return status == 0;
}

bool all_are(const void* memory, std::size_t size, unsigned char byte) {
  const auto* bytes = static_cast<const unsigned char*>(memory);
  return std::all_of(bytes, bytes + size, [&](unsigned char each) { return each == byte; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(run_heap)

BOOST_AUTO_TEST_CASE(chunks_of_all_sizes_lie_apart_and_keep_what_is_written) {
  std::vector<std::size_t> sizes = {0, 262'143, 262'144, 262'145, 1'000'000};
  for (std::size_t size = 1; size < 262'144; size += 1 + size / 50) sizes.push_back(size);
  std::vector<void*> chunks;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    void* chunk = visible(std::malloc(sizes[i]));
    BOOST_TEST_REQUIRE(chunk != nullptr);
    BOOST_TEST(reinterpret_cast<std::uintptr_t>(chunk) % 16 == 0u);
    BOOST_TEST(::malloc_usable_size(chunk) >= sizes[i]);
    std::memset(chunk, static_cast<int>(i % 251), sizes[i]);
    chunks.push_back(chunk);
  }
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    BOOST_TEST(all_are(chunks[i], sizes[i], static_cast<unsigned char>(i % 251)));
    std::free(chunks[i]);
  }
}

BOOST_AUTO_TEST_CASE(used_memory_comes_back_as_zeros_from_calloc) {
  volatile std::size_t half = std::size_t{1} << 33;  // the compiler would refuse the product
  for (const std::size_t size : {24u, 700u, 5'000u, 300'000u}) {
    void* used = visible(std::malloc(size));
    std::memset(used, 0xee, size);
    std::free(used);
    void* zeros = visible(std::calloc(size, 1));
    BOOST_TEST(all_are(zeros, size, 0));
    std::free(zeros);
  }
  BOOST_TEST(visible(std::calloc(half, half)) == nullptr);
}

BOOST_AUTO_TEST_CASE(what_grows_and_shrinks_keeps_its_bytes) {
  auto* bytes = static_cast<char*>(std::malloc(1));
  bytes[0] = 'x';
  for (std::size_t size = 2; size < 4'000'000; size *= 2) {
    bytes = static_cast<char*>(visible(std::realloc(bytes, size)));
    std::memset(bytes + size / 2, 'x', size - size / 2);
  }
  bytes = static_cast<char*>(visible(std::realloc(bytes, 1000)));
  BOOST_TEST(all_are(bytes, 1000, 'x'));
  std::free(bytes);
}

BOOST_AUTO_TEST_CASE(an_alignment_is_kept) {
  for (const std::size_t alignment : {32u, 64u, 4096u}) {
    void* memory = visible(std::aligned_alloc(alignment, 4 * alignment));
    BOOST_TEST(reinterpret_cast<std::uintptr_t>(memory) % alignment == 0u);
    std::memset(memory, 1, 4 * alignment);
    std::free(memory);
  }
}

BOOST_AUTO_TEST_CASE(a_run_reads_the_engines_memory_and_never_takes_it_up_again) {
  std::vector<void*> engines;
  for (int i = 0; i < 100; ++i) engines.push_back(std::memset(visible(std::malloc(100)), 7, 100));
  const bool well = in_a_child([&] {
    sealcheck::engine::begin_run_heap();
    for (void* memory : engines) {
      if (!all_are(memory, 100, 7)) return false;
      std::free(memory);
    }
    for (int i = 0; i < 50'000; ++i) {
      void* memory = visible(std::malloc(100));
      if (std::find(engines.begin(), engines.end(), memory) != engines.end()) return false;
      std::memset(memory, 9, 100);
    }
    return true;
  });
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  BOOST_TEST(well);
#else
  (void)well;  // their own heap may well take it up
#endif
  for (void* memory : engines) std::free(memory);
}

BOOST_AUTO_TEST_SUITE_END()
