#include "sim/verdict/sealed_canaries.hpp"

#include <algorithm>
#include <map>

#include "sim/verdict/boundary.hpp"

namespace sealcheck::verdict {

SealedCanaries::SealedCanaries(const plan::Plan& plan) : plan_(plan), search_(collect()) {
  find_carriers();
}

std::vector<std::string> SealedCanaries::collect() {
  std::vector<std::string> texts;
  std::map<std::string, std::size_t> known;
  for (const plan::Message& message : plan_.messages) {
    if (message.sealed_beyond == plan::Boundary::none) continue;
    for (const plan::Canary& canary : message.canaries) {
      if (canary.text.empty()) continue;
      const auto [entry, fresh] = known.try_emplace(lower_ascii(canary.text), texts.size());
      if (fresh) {
        texts.push_back(canary.text);
        texts_.emplace_back();
      }
      texts_[entry->second].owners.push_back(all_.size());
      all_.push_back({&message, &canary, entry->second});
    }
  }
  return texts;
}

// An owner carries its canary by definition; it stands in the joined text like everybody else's.
void SealedCanaries::find_carriers() {
  if (plan_.messages.size() == 1) {  // by far the most frequent plan
    for (Text& text : texts_) text.carriers = {0};
    return;
  }
  for (std::size_t i = 0; i < plan_.messages.size(); ++i) {
    const plan::Message& message = plan_.messages[i];
    std::string carried = message.content;
    carried += '\n' + message.sender;
    for (const std::string& recipient : message.recipients) carried += '\n' + recipient;
    for (const plan::Canary& canary : message.canaries) carried += '\n' + canary.text;
    for (const Sighting& sighting : search_.find(carried))
      texts_[sighting.text].carriers.push_back(i);
  }
}

bool SealedCanaries::convicts(std::size_t text, std::string_view sender,
                              std::string_view receiver) const {
  const std::vector<std::size_t>& carriers = texts_[text].carriers;
  return std::all_of(carriers.begin(), carriers.end(), [&](std::size_t carrier) {
    return is_beyond(plan_, plan_.messages[carrier], sender, receiver);
  });
}

bool SealedCanaries::convicts_inside_tls(std::size_t text) const {
  const std::vector<std::size_t>& carriers = texts_[text].carriers;
  return std::all_of(carriers.begin(), carriers.end(), [&](std::size_t carrier) {
    return plan_.messages[carrier].sealed_beyond == plan::Boundary::cloud;
  });
}

bool SealedCanaries::can_convict(std::size_t text) const {
  const std::vector<std::size_t>& carriers = texts_[text].carriers;
  return std::none_of(carriers.begin(), carriers.end(), [&](std::size_t carrier) {
    return plan_.messages[carrier].sealed_beyond == plan::Boundary::none;
  });
}

}  // namespace sealcheck::verdict
