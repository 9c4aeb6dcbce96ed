#include "sim/verdict/verdict.hpp"

#include <algorithm>

namespace sealcheck::verdict {

std::string_view to_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::inconclusive:
      return "inconclusive";
    case Verdict::fail:
      return "fail";
    case Verdict::error:
      return "error";
    case Verdict::unsupported:
      return "unsupported";
    case Verdict::skipped:
      return "skipped";
  }
  return "?";
}

Verdict worse(Verdict a, Verdict b) {
  const auto judged = [](Verdict verdict) { return verdict <= Verdict::error; };
  if (judged(a) != judged(b)) return judged(a) ? a : b;
  return std::max(a, b);
}

}  // namespace sealcheck::verdict
