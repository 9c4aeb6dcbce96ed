// libFuzzer: any octets as a message, parsed within its bounds and decided on under rules of every
// kind. Seeds are scenarios/corpus. A crash, a sanitizer's complaint or a bound that is passed
// without an exception is a bug.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "reference/policy/engine.hpp"

namespace {

using namespace sealgate;

policy::PolicySet rules() {
  policy::Rule rule;
  rule.name = "everything";
  rule.action = policy::Action::encrypt;
  rule.needed = 1;
  rule.conditions = {
      policy::PhraseCondition{policy::all_areas, {"secret", "top secret", "r\xC3\xA9union"}},
      policy::PatternCondition{policy::all_areas, "[0-9]{4}( ?[0-9]{4}){3}"},
      policy::DictionaryCondition{policy::all_areas, "D", 3},
      policy::FileNameCondition{{"*.dwg", "[a-c]?.txt"}},
      policy::FileTypeCondition{{"application/pdf"}},
      policy::FileSizeCondition{{true, 1000}},
      policy::AttachmentCountCondition{{true, 3}},
      policy::MessageSizeCondition{{true, 100'000}}};
  policy::PolicySet set;
  set.dictionaries = {{"D", {{"falcon", 2}, {"heron", 1}}}};
  set.policies = {{"P", "", {}, {rule}}};
  return set;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const policy::Engine engine(rules());
  const std::string_view message(reinterpret_cast<const char*>(data), size);
  const auto mime = message::parse_mime(message);
  const message::MimeLimits limits;
  if (mime.parts.size() > limits.parts_max) std::abort();
  const auto findings = engine.examine(message);
  if (mime.exception && findings.exception.empty()) std::abort();
  const auto decision =
      engine.decide(findings, {policy::Direction::outbound, "a@corp.test", "b@partner.test", {}});
  if (!findings.exception.empty() && decision.exception.empty()) std::abort();
  policy::explain(decision);
  return 0;
}
