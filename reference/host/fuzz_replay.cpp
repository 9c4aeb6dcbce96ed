// Runs a fuzz target without libFuzzer: over every seed, then over mutations of the seeds.
//
//   NAME_replay MUTATIONS PATH…     files, and folders with all that lies below them
//
// The mutations depend on the seeds and their number alone, so that a failure comes back. When the
// target dies, the input that killed it is left in the file crash-input of the working folder; give
// that file to the same program to see it die again. Exit code 0: it survived; 2: usage.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mutated_bytes_max = 32 * 1024;

std::string_view current;  // what the signal handler leaves behind

extern "C" void leave_the_input(int signal) {
  const int file = ::open("crash-input", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  const bool written =
      file >= 0 && ::write(file, current.data(), current.size()) == std::ssize(current);
  constexpr std::string_view words = "\nthe input that did it: crash-input\n";
  if (written) static_cast<void>(!::write(2, words.data(), words.size()));
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void feed(const std::string& input) {
  current = input;
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

// splitmix64: small, and the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  /// Below `bound`, which is not 0.
  std::size_t roll(std::size_t bound) {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return static_cast<std::size_t>((z ^ (z >> 31)) % bound);
  }

 private:
  std::uint64_t state_;
};

// A piece of `from` that starts and ends anywhere.
std::string_view piece(std::string_view from, Dice& dice) {
  if (from.empty()) return from;
  const auto begin = dice.roll(from.size());
  return from.substr(begin, 1 + dice.roll(std::min<std::size_t>(from.size() - begin, 64)));
}

void mutate_once(std::string& input, std::string_view other, Dice& dice) {
  constexpr std::string_view telling("\0\x01\x7f\x80\xff\r\n\"\\{};#$<>:%= \t-0", 22);
  const auto at = dice.roll(input.size() + 1);
  switch (dice.roll(8)) {
    case 0:
      if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << dice.roll(8)));
      break;
    case 1:
      if (at < input.size()) input[at] = telling[dice.roll(telling.size())];
      break;
    case 2:
      input.insert(at, 1 + dice.roll(3), telling[dice.roll(telling.size())]);
      break;
    case 3:
      input.erase(at, 1 + dice.roll(32));
      break;
    case 4:
      input.insert(at, std::string(piece(input, dice)));
      break;
    case 5:
      input.insert(at, piece(other, dice));
      break;
    case 6:
      input = input.substr(0, at) + std::string(other.substr(std::min(at, other.size())));
      break;
    default:
      input.resize(at);
  }
}

std::vector<std::string> seeds_at(const std::vector<std::string>& paths) {
  std::vector<fs::path> files;
  for (const auto& path : paths) {
    if (!fs::is_directory(path)) files.emplace_back(path);
    if (fs::is_directory(path))
      for (const auto& entry : fs::recursive_directory_iterator(path))
        if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> seeds;
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return seeds;
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string> words(values + 1, values + count);
  std::size_t mutations = 0;
  const bool number =
      !words.empty() &&
      std::from_chars(words[0].data(), words[0].data() + words[0].size(), mutations).ec ==
          std::errc{};
  const auto seeds = seeds_at({words.begin() + (number ? 1 : 0), words.end()});
  if (!number || seeds.empty()) {
    std::fputs("usage: NAME_replay MUTATIONS PATH...  (no seed found otherwise)\n", stderr);
    return 2;
  }
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGBUS})
    std::signal(signal, leave_the_input);
  feed("");
  for (const auto& seed : seeds) feed(seed);
  for (std::size_t i = 0; i < mutations; ++i) {
    Dice dice(i);
    auto input = seeds[i % seeds.size()].substr(0, mutated_bytes_max);
    for (auto changes = 1 + dice.roll(6); changes > 0; --changes)
      mutate_once(input, seeds[dice.roll(seeds.size())], dice);
    feed(input);
  }
  std::printf("%zu seeds and %zu mutations of them\n", seeds.size(), mutations);
}
