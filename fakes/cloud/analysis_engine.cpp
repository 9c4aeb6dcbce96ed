#include "fakes/cloud/analysis_engine.hpp"

namespace fakes {
namespace {

class Category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "analysis"; }

  std::string message(int value) const override {
    switch (static_cast<AnalysisError>(value)) {
      case AnalysisError::engine_failed:
        return "the engine failed";
      case AnalysisError::limit_reached:
        return "the message is beyond what the engine may look into";
      case AnalysisError::not_examined:
        return "an archive in it is encrypted or broken";
      case AnalysisError::bad_answer:
        return "the engine's answer makes no sense";
    }
    return "unknown";
  }
};

}  // namespace

std::string_view to_string(Analysis::Verdict verdict) {
  switch (verdict) {
    case Analysis::Verdict::clean:
      return "clean";
    case Analysis::Verdict::spam:
      return "spam";
    case Analysis::Verdict::virus:
      return "virus";
  }
  return {};
}

host::ErrorCode make_error_code(AnalysisError error) {
  static const Category category;
  return {static_cast<int>(error), category};
}

}  // namespace fakes
