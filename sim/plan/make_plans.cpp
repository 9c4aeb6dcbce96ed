#include "sim/plan/make_plans.hpp"

namespace sealcheck::plan {

std::vector<Plan> make_plans(const std::string& path, const syntax::Reader& reader,
                             const Catalogue& catalogue, syntax::Diagnostics& diagnostics,
                             syntax::Diagnostics* warnings) {
  const ScenarioFile file(path, reader, catalogue, diagnostics, warnings);
  std::vector<Plan> plans;
  for (std::size_t number = 0; number < file.entries().size(); ++number)
    plans.push_back(file.make(number));
  return plans;
}

}  // namespace sealcheck::plan
