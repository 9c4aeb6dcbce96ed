#include "sim/verdict/nothing_stored.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/verdict/base64_runs.hpp"
#include "sim/verdict/canary_search.hpp"
#include "sim/verdict/file_image.hpp"
#include "sim/verdict/pattern_set.hpp"

namespace sealcheck::verdict {
namespace {

using trace::Event;

// Long enough to be no accident, and short enough that no file could hold a message without one.
constexpr std::size_t sample_bytes = 24;
constexpr std::size_t samples_apart = 1024;

// What a text may take that is encoded, or twice so, and broken into lines.
constexpr std::size_t margin_bytes_min = 64;
constexpr std::size_t encoded_to_plain = 4;

// What must not be on the disk, each text once whatever its letter case.
class Forbidden {
 public:
  void add(const std::string& text, std::string what) {
    if (text.empty() || !known_.emplace(lower_ascii(text), texts_.size()).second) return;
    texts_.push_back(text);
    what_.push_back(std::move(what));
  }
  const std::vector<std::string>& texts() const { return texts_; }
  const std::string& what(std::size_t text) const { return what_[text]; }
  std::size_t longest() const {
    std::size_t most = 0;
    for (const std::string& text : texts_) most = std::max(most, text.size());
    return most;
  }

 private:
  std::vector<std::string> texts_;
  std::vector<std::string> what_;
  std::map<std::string, std::size_t> known_;
};

// The longest value of the page's form is what is sealed.
std::string sealed_in(std::string_view mail) {
  constexpr std::string_view begin = "value=\"";
  std::string_view longest;
  for (std::size_t at = mail.find(begin); at != mail.npos; at = mail.find(begin, at)) {
    at += begin.size();
    const std::string_view value = mail.substr(at, mail.find('"', at) - at);
    if (value.size() > longest.size()) longest = value;
  }
  return decode_base64(longest);
}

void add_samples(Forbidden& forbidden, const Event& received) {
  const std::string sealed = sealed_in(received.payload);
  const std::string what = fmt::format("the ciphertext of {}", received.field("message"));
  for (std::size_t at = 0; at + sample_bytes <= sealed.size(); at += samples_apart)
    forbidden.add(sealed.substr(at, sample_bytes), what);
  if (sealed.size() >= sample_bytes)
    forbidden.add(sealed.substr(sealed.size() - sample_bytes), what);
}

Forbidden what_is_forbidden(const plan::Plan& plan, const std::vector<Event>& events) {
  Forbidden forbidden;
  for (const plan::Message& message : plan.messages)
    for (const plan::Canary& canary : message.canaries)
      if (canary.what != "sender" && canary.what != "recipient")
        forbidden.add(canary.text, fmt::format("{}'s {}", message.name, canary.what));
  for (const Event& event : events)
    if (event.kind == "smtp.message" && event.actor != plan.cloud->name)
      add_samples(forbidden, event);
  return forbidden;
}

// One file of the service's, looked through as it is written.
class Written {
 public:
  Written(const CanarySearch& search, std::size_t margin) : search_(search), margin_(margin) {}

  void write(std::uint64_t offset, std::string_view bytes) {
    in_order_ += bytes;
    image_.write(offset, bytes);
    keep(search_.find(image_.around(offset, bytes.size(), margin_)));
  }
  /// At most one for each text.
  const std::map<std::size_t, Sighting>& sightings() {
    keep(search_.find(in_order_));
    return found_;
  }
  std::size_t bytes() const { return in_order_.size(); }

 private:
  void keep(std::vector<Sighting> sightings) {
    for (Sighting& sighting : sightings) found_.try_emplace(sighting.text, std::move(sighting));
  }

  const CanarySearch& search_;
  std::size_t margin_;
  std::string in_order_;
  FileImage image_;
  std::map<std::size_t, Sighting> found_;
};

}  // namespace

std::vector<Assertion> judge_nothing_stored(const plan::Plan& plan,
                                            const std::vector<Event>& events) {
  if (!plan.cloud) return {};
  Assertion assertion;
  assertion.position = plan.place.position;
  assertion.source = "Nothing stored: the hybrid service keeps nothing of a message";
  assertion.expected = "neither clear text nor ciphertext in what the service wrote";
  const Forbidden forbidden = what_is_forbidden(plan, events);
  const CanarySearch search(forbidden.texts());
  const std::size_t margin = margin_bytes_min + encoded_to_plain * forbidden.longest();
  std::map<std::string, Written> files;
  for (const Event& event : events)
    if (event.kind == "disk.written" && event.actor == plan.cloud->name)
      files.try_emplace(std::string(event.field("file")), search, margin)
          .first->second.write(static_cast<std::uint64_t>(event.number("offset")), event.payload);
  std::vector<Assertion> failures;
  std::size_t bytes = 0;
  for (auto& [file, written] : files) {
    bytes += written.bytes();
    for (const auto& [text, sighting] : written.sightings()) {
      Assertion failure = assertion;
      failure.verdict = Verdict::fail;
      failure.seen =
          fmt::format("{} wrote {} to its file {}", plan.cloud->name, forbidden.what(text), file);
      if (!sighting.how.empty()) failure.seen += ", " + sighting.how;
      failures.push_back(std::move(failure));
    }
  }
  if (!failures.empty()) return failures;
  assertion.seen = fmt::format("none of {} texts in the {} bytes of {} files",
                               forbidden.texts().size(), bytes, files.size());
  return {assertion};
}

}  // namespace sealcheck::verdict
