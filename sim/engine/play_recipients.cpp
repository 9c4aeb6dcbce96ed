// How a recipient's opening of a file is played, and what it counts as.
#include <algorithm>

#include "sim/engine/script_runner.hpp"
#include "sim/verdict/delivery.hpp"

namespace sealcheck::engine {
namespace {

using Outcome = fakes::OpeningResult::Outcome;

/// Something of each part that the message has: its subject, its text, its files.
bool shows_all_of(const plan::Message& message, const std::string& content) {
  for (const plan::Canary& part : message.canaries) {
    if (part.what != "subject" && part.what != "body" && part.what != "attachment") continue;
    const auto is_shown = [&](const plan::Canary& canary) {
      return canary.what == part.what && content.find(canary.text) != std::string::npos;
    };
    if (std::none_of(message.canaries.begin(), message.canaries.end(), is_shown)) return false;
  }
  return true;
}

fakes::Tampering to_fake(plan::OpensFile::Tampering tampering) {
  using Tampering = plan::OpensFile::Tampering;
  if (tampering == Tampering::altered) return fakes::Tampering::altered;
  if (tampering == Tampering::truncated) return fakes::Tampering::truncated;
  return fakes::Tampering::none;
}

fakes::Borrowed to_fake(plan::OpensFile::Borrowed borrowed) {
  using Borrowed = plan::OpensFile::Borrowed;
  if (borrowed == Borrowed::key) return fakes::Borrowed::key;
  if (borrowed == Borrowed::content) return fakes::Borrowed::content;
  if (borrowed == Borrowed::both) return fakes::Borrowed::both;
  return fakes::Borrowed::nothing;
}

}  // namespace

/// The message as it was delivered to him last; none: it was not.
std::optional<std::string> ScriptRunner::file_of(const std::string& message,
                                                 const std::string& owner) const {
  const auto delivered = verdict::deliveries(world_.trace().events());
  const auto file = std::find_if(delivered.rbegin(), delivered.rend(), [&](const auto& one) {
    return one.message == message && one.recipient == verdict::plain_address(owner) &&
           one.event->actor != plan_.cloud->name;  // what it took is no file yet
  });
  if (file == delivered.rend()) return std::nullopt;
  return file->event->payload;
}

void ScriptRunner::play(const plan::Step& step, const plan::OpensFile& opens) {
  if (plan_.sweep) await_start();
  note("lab.opens",
       {{"recipient", opens.recipient}, {"message", opens.message}, {"at", step.place.position}});
  mark(plan::Anchor::last_action);
  const std::string expected = opens.recipient + " opens the file of " + opens.message;
  fakes::Opening opening;
  opening.tampering = to_fake(opens.tampering);
  opening.borrowed = to_fake(opens.borrowed);
  opening.password = opens.password;
  opening.tries = opens.tries;
  opening.deletes_account = opens.deletes_account;
  const auto file = file_of(opens.message, opens.owner);
  if (!file) return decide(step, false, expected, "nothing of it has reached " + opens.owner);
  opening.envelope = *file;
  if (!opens.other.empty()) {
    const auto other = file_of(opens.other, opens.other_owner);
    if (!other)
      return decide(step, false, expected,
                    "nothing of " + opens.other + " has reached " + opens.other_owner);
    opening.other_envelope = *other;
  }
  auto result = std::make_shared<std::optional<fakes::OpeningResult>>();
  cast_.open(opens.recipient, std::move(opening),
             [result](fakes::OpeningResult how) { *result = std::move(how); });
  world_.run(virtual_ns_max_, true, [&] { return result->has_value(); });
  mark(plan::Anchor::last_action);
  if (!result->has_value()) return decide(step, false, expected, "it comes to no end");
  fakes::OpeningResult& how = **result;
  consumed_.insert(how.mails.begin(), how.mails.end());
  const plan::Message& message = *plan_.find_message(opens.message);
  if (how.outcome == Outcome::reads && !shows_all_of(message, how.content)) {
    how.outcome = Outcome::failed;
    how.told = "he is shown something else";
  }
  if (how.outcome == Outcome::failed) return decide(step, false, expected, how.told);
  const bool reads = how.outcome == Outcome::reads;
  world_.trace().record(
      opens.recipient, reads ? "recipient.reads" : "recipient.refused",
      {{"message", opens.message}, {"recipient", opens.recipient}, {"told", how.told}},
      std::move(how.content));
}

}  // namespace sealcheck::engine
