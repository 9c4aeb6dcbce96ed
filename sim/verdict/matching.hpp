// Which event accounts for which of several expectations, each event for one at most (rule 6).
//
// A bipartite matching that grows event by event: an event that fits several parts moves on to
// another when a later one fits only where it stands, so that the order of events never decides.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace sealcheck::verdict {

class Matching {
 public:
  explicit Matching(std::size_t parts) : taken_by_(parts) {}

  /// An event and the parts that it satisfies; it is used when that lets one more part hold.
  void offer(std::uint64_t event, std::vector<std::size_t> fits);

  bool complete() const { return matched_ == taken_by_.size(); }
  /// The event that accounts for the part.
  std::optional<std::uint64_t> event_of(std::size_t part) const;

 private:
  struct Offer {
    std::uint64_t event;
    std::vector<std::size_t> fits;
  };
  bool place(std::size_t offer, std::vector<bool>& tried);

  std::vector<Offer> offers_;
  std::vector<std::optional<std::size_t>> taken_by_;  ///< part → index into offers_
  std::size_t matched_ = 0;
};

}  // namespace sealcheck::verdict
