#include "sim/world/virtual/path_party.hpp"

#include <algorithm>

namespace sealcheck::world {
namespace {

bool lies_in(std::uint64_t byte, std::uint64_t offset, std::size_t size) {
  return byte >= offset && byte < offset + size;
}

// How many of the bytes pass before the stream ends, and how it ends.
std::size_t find_end(const LinkParameters& link, std::uint64_t offset, std::size_t size,
                     Passage::End& end) {
  if (link.stall_at && lies_in(*link.stall_at, offset, size)) {
    end = Passage::End::stall;
    size = static_cast<std::size_t>(*link.stall_at - offset);
  }
  if (link.reset_at && lies_in(*link.reset_at, offset, size)) {
    end = Passage::End::reset;
    size = static_cast<std::size_t>(*link.reset_at - offset);
  }
  return size;
}

struct Insertion {
  std::size_t position;  // in the bytes at hand: before this one
  const std::string* bytes;
};

}  // namespace

void PathParty::begin_anew(const LinkParameters& link, std::uint64_t revision) {
  begun_ = true;
  revision_ = revision;
  announced_ = false;
  injected_.assign(link.party.injections.size(), false);
  tail_.clear();
  tail_bytes_max_ = 0;
  for (const Injection& injection : link.party.injections)
    if (!injection.offset)
      tail_bytes_max_ = std::max(tail_bytes_max_, injection.after_text.size() - 1);
}

Passage PathParty::pass(const LinkParameters& link, std::uint64_t revision, std::uint64_t offset,
                        std::string_view bytes) {
  Passage passage;
  if (!begun_ || revision != revision_) {
    passage.bytes = stripper_.take_rest();
    begin_anew(link, revision);
  }
  passage.consumed = find_end(link, offset, bytes.size(), passage.end);
  const std::string_view rest = bytes.substr(0, passage.consumed);
  if (link.party.listens && !announced_ && !rest.empty()) {
    announced_ = true;
    passage.deeds.push_back({"path.heard", offset});
  }
  std::string altered = alter(link.party, offset, rest, passage.deeds);
  if (link.party.strips_starttls) {
    StartTlsStripper::Passed passed = stripper_.pass(altered);
    if (!passed.stripped.empty())
      passage.deeds.push_back({"path.stripped", offset, std::move(passed.stripped)});
    altered = std::move(passed.bytes);
  }
  passage.bytes += altered;
  passage.altered = passage.bytes != rest;
  return passage;
}

std::string PathParty::alter(const Party& party, std::uint64_t offset, std::string_view bytes,
                             std::vector<Deed>& deeds) {
  std::string result(bytes);
  for (const std::uint64_t byte : party.flips) {
    if (!lies_in(byte, offset, bytes.size())) continue;
    char& target = result[static_cast<std::size_t>(byte - offset)];
    target = static_cast<char>(target ^ 1);
    deeds.push_back({"path.flipped", byte, std::string(1, target)});
  }
  std::vector<Insertion> insertions;
  const std::string searched = tail_ + std::string(bytes);
  for (std::size_t i = 0; i < party.injections.size(); ++i) {
    const Injection& injection = party.injections[i];
    if (injected_[i]) continue;
    std::size_t position = 0;
    if (injection.offset) {
      // At the end of the bytes at hand as well: the next ones may never come.
      if (*injection.offset < offset || *injection.offset > offset + bytes.size()) continue;
      position = static_cast<std::size_t>(*injection.offset - offset);
    } else {
      // Only where it ends in the bytes at hand: an earlier one has had its injection.
      const std::string& text = injection.after_text;
      const std::size_t found =
          searched.find(text, tail_.size() - std::min(tail_.size(), text.size() - 1));
      if (found == std::string::npos) continue;
      position = found + text.size() - tail_.size();
    }
    injected_[i] = true;
    insertions.push_back({position, &injection.bytes});
    deeds.push_back({"path.injected", offset + position, injection.bytes});
  }
  std::stable_sort(insertions.begin(), insertions.end(),
                   [](const Insertion& a, const Insertion& b) { return a.position < b.position; });
  for (auto insertion = insertions.rbegin(); insertion != insertions.rend(); ++insertion)
    result.insert(insertion->position, *insertion->bytes);
  tail_ = searched.substr(searched.size() - std::min(searched.size(), tail_bytes_max_));
  return result;
}

}  // namespace sealcheck::world
