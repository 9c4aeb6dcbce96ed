#include "sim/verdict/nothing_stored.hpp"

#include <fmt/format.h>

#include <map>

#include "sim/verdict/base64_runs.hpp"
#include "sim/verdict/canary_search.hpp"
#include "sim/verdict/pattern_set.hpp"

namespace sealcheck::verdict {
namespace {

using trace::Event;

// Long enough to be no accident, and short enough that no file could hold a message without one.
constexpr std::size_t sample_bytes = 24;
constexpr std::size_t samples_apart = 1024;

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

}  // namespace

std::vector<Assertion> judge_nothing_stored(const plan::Plan& plan,
                                            const std::vector<Event>& events) {
  if (!plan.cloud) return {};
  Assertion assertion;
  assertion.position = plan.place.position;
  assertion.source = "Nothing stored: the hybrid service keeps nothing of a message";
  assertion.expected = "neither clear text nor ciphertext in what the service wrote";
  std::map<std::string, std::string> files;
  for (const Event& event : events)
    if (event.kind == "disk.written" && event.actor == plan.cloud->name)
      files[std::string(event.field("file"))] += event.payload;
  const Forbidden forbidden = what_is_forbidden(plan, events);
  const CanarySearch search(forbidden.texts());
  std::vector<Assertion> failures;
  std::size_t bytes = 0;
  for (const auto& [file, written] : files) {
    bytes += written.size();
    for (const Sighting& sighting : search.find(written)) {
      Assertion failure = assertion;
      failure.verdict = Verdict::fail;
      failure.seen = fmt::format("{} wrote {} to its file {}", plan.cloud->name,
                                 forbidden.what(sighting.text), file);
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
