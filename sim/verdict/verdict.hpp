// The verdicts of ISO/IEC 9646 and their order: pass < inconclusive < fail < error. A scenario's
// verdict is the worst of its assertions'. unsupported and skipped stand beside the order: nothing
// was judged.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sealcheck::verdict {

enum class Verdict { pass, inconclusive, fail, error, unsupported, skipped };

std::string_view to_word(Verdict verdict);

/// The worse of two judged verdicts; one that was not judged gives way to one that was.
Verdict worse(Verdict a, Verdict b);

/// One decided statement, with its evidence.
struct Assertion {
  std::vector<std::string> requirements;
  std::string position;  ///< "file:line:col"; of the scenario for judges
  std::string source;    ///< the source line, or the judge's rule
  Verdict verdict = Verdict::pass;
  std::string expected;
  std::string seen;
  bool tolerated = false;  ///< passes by an alternative that is tolerated, not wanted
};

}  // namespace sealcheck::verdict
