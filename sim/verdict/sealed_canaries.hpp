// The canaries of a plan's sealed messages: which texts to look for and whom each would convict.
//
// A text may be carried by several messages: a sender's address, a forwarded body. Seen on a wire
// it convicts only when none of its carriers may show it there. Keeps pointers into the plan, which
// must outlive it. Canaries without text (the null sender) are left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/plan/plan.hpp"
#include "sim/verdict/canary_search.hpp"

namespace sealcheck::verdict {

struct SealedCanary {
  const plan::Message* message;
  const plan::Canary* canary;
  std::size_t text;  ///< an index: canaries that differ in case only share it

  bool is_address() const { return canary->what == "sender" || canary->what == "recipient"; }
  /// Whether it may show on any wire: an encryption server seals what is in a message, and leaves
  /// its header and envelope as they are.
  bool may_show() const {
    return message->sealed_beyond == plan::Boundary::encryption_group &&
           (is_address() || canary->what == "subject");
  }
};

class SealedCanaries {
 public:
  explicit SealedCanaries(const plan::Plan& plan);

  /// Grouped by message, in the plan's order.
  const std::vector<SealedCanary>& all() const { return all_; }

  /// Sightings of texts, see CanarySearch::find.
  std::vector<Sighting> find(std::string_view bytes) const { return search_.find(bytes); }

  /// Indices into all().
  const std::vector<std::size_t>& with_text(std::size_t text) const { return texts_[text].owners; }

  /// Whether every message that carries the text must be sealed between these two hosts.
  bool convicts(std::size_t text, std::string_view sender, std::string_view receiver) const;

  /// Whether every message that carries the text must be sealed beyond the hybrid service.
  bool convicts_inside_tls(std::size_t text) const;

  /// Whether every message that carries the text must be sealed somewhere. Otherwise it is never
  /// evidence.
  bool can_convict(std::size_t text) const;

 private:
  struct Text {
    std::vector<std::size_t> owners;    ///< indices into all_
    std::vector<std::size_t> carriers;  ///< indices into the plan's messages
  };

  std::vector<std::string> collect();
  void find_carriers();

  const plan::Plan& plan_;
  std::vector<SealedCanary> all_;
  std::vector<Text> texts_;
  CanarySearch search_;
};

}  // namespace sealcheck::verdict
