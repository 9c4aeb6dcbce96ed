#include "sim/engine/run_heap.hpp"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

void sealcheck::engine::begin_run_heap() {}

#else

#include <errno.h>
#include <sys/mman.h>
#include <sys/single_threaded.h>

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace {

// In front of each chunk that is in use.
struct Header {
  std::size_t capacity;       // bytes that follow
  std::uint32_t chunk_class;  // or one of the two below
  std::uint32_t heap;         // number of the heap that it belongs to
};
static_assert(sizeof(Header) == 16 && alignof(std::max_align_t) <= 16);

constexpr std::uint32_t mapped = 1000;   // has pages of its own
constexpr std::uint32_t aligned = 1001;  // lies inside of a chunk, and is never used again

constexpr std::size_t small_max = 1024;        // up to here a class every 16 bytes
constexpr std::size_t chunk_max = 256 * 1024;  // from there on four classes to each doubling
constexpr std::size_t class_count = small_max / 16 + 1 + 4 * 8;
constexpr std::size_t block_bytes = 1024 * 1024;
constexpr std::size_t huge_page_bytes = 2 * 1024 * 1024;
constexpr std::size_t first_bytes = 512 * 1024;  // a small scenario's, where huge pages are off

struct Chunk {
  Chunk* next;
};

struct Heap {
  std::array<Chunk*, class_count> free;
  char* begin;  // of what was never handed out; zeros
  char* end;
  std::uint32_t number;
};

constinit Heap heap{};
constinit int perturb_byte = -1;
constinit std::atomic_flag locked;

// The engine has one thread. A library that starts another is not to be an accident.
class Lock {
 public:
  Lock() : needed_(!__libc_single_threaded) {
    while (needed_ && locked.test_and_set(std::memory_order_acquire)) {
    }
  }
  ~Lock() {
    if (needed_) locked.clear(std::memory_order_release);
  }

 private:
  bool needed_;
};

std::size_t class_of(std::size_t size) {
  if (size <= small_max) return (size + 15) / 16;
  const auto shift = static_cast<std::size_t>(std::bit_width(size - 1)) - 3;  // 4 to 8 quarters
  const std::size_t quarters = (size - 1) >> shift;
  return small_max / 16 + 1 + (shift - 8) * 4 + (quarters - 4);
}

std::size_t capacity_of(std::size_t chunk_class) {
  if (chunk_class <= small_max / 16) return chunk_class * 16;
  const std::size_t above = chunk_class - small_max / 16 - 1;
  return (above % 4 + 5) << (above / 4 + 8);
}

char* map(std::size_t bytes) {
  void* pages = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return pages == MAP_FAILED ? nullptr : static_cast<char*>(pages);
}

bool new_block() {
  char* block = map(block_bytes);
  if (!block) return false;
  heap.begin = block;
  heap.end = block + block_bytes;
  return true;
}

Header& header_of(void* memory) {
  return *(static_cast<Header*>(memory) - 1);
}

void* put_header(char* at, std::size_t capacity, std::uint32_t chunk_class) {
  auto* header = reinterpret_cast<Header*>(at);
  *header = {capacity, chunk_class, heap.number};
  return header + 1;
}

void* out_of_memory() {
  errno = ENOMEM;
  return nullptr;
}

void* take_pages(std::size_t size) {
  if (size > PTRDIFF_MAX - 2 * sizeof(Header)) return out_of_memory();
  char* pages = map(size + sizeof(Header));
  return pages ? put_header(pages, size, mapped) : out_of_memory();
}

void* take(std::size_t size, bool zeros) {
  if (size > chunk_max) return take_pages(size);
  const Lock lock;
  const std::size_t chunk_class = class_of(size ? size : 1);
  const std::size_t capacity = capacity_of(chunk_class);
  void* memory = heap.free[chunk_class];
  const bool used_before = memory != nullptr;
  if (used_before) {
    heap.free[chunk_class] = heap.free[chunk_class]->next;
  } else {
    const std::size_t wanted = sizeof(Header) + capacity;
    if (static_cast<std::size_t>(heap.end - heap.begin) < wanted && !new_block())
      return out_of_memory();
    memory = put_header(heap.begin, capacity, static_cast<std::uint32_t>(chunk_class));
    heap.begin += wanted;
  }
  if (zeros && used_before) std::memset(memory, 0, size);
  if (!zeros && perturb_byte >= 0) std::memset(memory, perturb_byte, capacity);
  return memory;
}

void give_back(void* memory) {
  Header& header = header_of(memory);
  if (header.chunk_class == mapped) {
    const int error = errno;  // free() leaves it as it is
    ::munmap(&header, header.capacity + sizeof(Header));
    errno = error;
  } else if (header.heap == heap.number && header.chunk_class != aligned) {
    const Lock lock;
    auto* chunk = static_cast<Chunk*>(memory);
    chunk->next = heap.free[header.chunk_class];
    heap.free[header.chunk_class] = chunk;
  }
}

void* resize(void* memory, std::size_t size) {
  Header& header = header_of(memory);
  if (header.chunk_class == mapped && size > chunk_max) {
    void* moved = size > PTRDIFF_MAX - 2 * sizeof(Header)
                      ? MAP_FAILED
                      : ::mremap(&header, header.capacity + sizeof(Header), size + sizeof(Header),
                                 MREMAP_MAYMOVE);
    return moved == MAP_FAILED ? out_of_memory()
                               : put_header(static_cast<char*>(moved), size, mapped);
  }
  if (size <= header.capacity) return memory;
  void* larger = take(size, false);
  if (!larger) return nullptr;
  std::memcpy(larger, memory, header.capacity);
  give_back(memory);
  return larger;
}

void* take_aligned(std::size_t alignment, std::size_t size) {
  if (alignment <= alignof(std::max_align_t)) return take(size, false);
  char* memory = static_cast<char*>(take(size + alignment + sizeof(Header), false));
  if (!memory) return nullptr;
  const auto from = reinterpret_cast<std::uintptr_t>(memory) + sizeof(Header);
  const std::size_t skip = (alignment - from % alignment) % alignment;
  return put_header(memory + skip, size, aligned);
}

// Nearly all calls are for a small chunk: those take a dozen instructions, and the rest goes the
// long way.
bool is_simple() {
  return __libc_single_threaded && perturb_byte < 0;
}

void* take_simple(std::size_t size) {
  if (size - 1 >= small_max || !is_simple()) return nullptr;
  const std::size_t chunk_class = (size + 15) / 16;
  Chunk*& first = heap.free[chunk_class];
  if (Chunk* const chunk = first) {
    first = chunk->next;
    return chunk;
  }
  const std::size_t capacity = chunk_class * 16;
  const std::size_t wanted = sizeof(Header) + capacity;
  if (static_cast<std::size_t>(heap.end - heap.begin) < wanted) return nullptr;
  void* memory = put_header(heap.begin, capacity, static_cast<std::uint32_t>(chunk_class));
  heap.begin += wanted;
  return memory;
}

bool give_back_simple(void* memory) {
  const Header& header = header_of(memory);
  if (header.heap != heap.number || header.chunk_class >= class_count || !__libc_single_threaded)
    return false;
  auto* chunk = static_cast<Chunk*>(memory);
  chunk->next = heap.free[header.chunk_class];
  heap.free[header.chunk_class] = chunk;
  return true;
}

[[gnu::constructor]] void read_perturbation() {
  if (const char* byte = std::getenv("SEALCHECK_PERTURB")) perturb_byte = std::atoi(byte) & 0xff;
}

}  // namespace

void sealcheck::engine::begin_run_heap() {
  heap.free = {};
  ++heap.number;
  heap.begin = heap.end = nullptr;
  char* pages = map(2 * huge_page_bytes);
  if (!pages) return;  // then each block comes when it is needed
  const auto skip = -reinterpret_cast<std::uintptr_t>(pages) % huge_page_bytes;
  heap.begin = pages + skip;
  heap.end = heap.begin + huge_page_bytes;
  ::madvise(heap.begin, huge_page_bytes, MADV_HUGEPAGE);
  ::madvise(heap.begin, first_bytes, MADV_POPULATE_WRITE);
}

extern "C" {

void* malloc(std::size_t size) noexcept {
  if (void* memory = take_simple(size)) return memory;
  return take(size, false);
}

void* calloc(std::size_t count, std::size_t size) noexcept {
  std::size_t bytes = 0;
  return __builtin_mul_overflow(count, size, &bytes) ? out_of_memory() : take(bytes, true);
}

void* realloc(void* memory, std::size_t size) noexcept {
  return memory ? resize(memory, size) : take(size, false);
}

void free(void* memory) noexcept {
  if (memory && !give_back_simple(memory)) give_back(memory);
}

void* memalign(std::size_t alignment, std::size_t size) noexcept {
  return take_aligned(alignment, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return take_aligned(alignment, size);
}

int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
  const int error = errno;
  *memory = take_aligned(alignment, size);
  errno = error;
  return *memory ? 0 : ENOMEM;
}

std::size_t malloc_usable_size(void* memory) noexcept {
  return memory ? header_of(memory).capacity : 0;
}
}

#endif
