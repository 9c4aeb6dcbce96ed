// The documented behaviours with their IDs, from docs/requirements/catalogue.req: what a scenario
// may say that it covers. Written in the project's own block syntax.
#pragma once

#include <map>
#include <string>

#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/include.hpp"

namespace sealcheck::plan {

class Catalogue {
 public:
  static Catalogue load(const std::string& path, const syntax::Reader& reader,
                        syntax::Diagnostics& diagnostics);

  bool contains(const std::string& id) const { return texts_.contains(id); }
  /// ID → the behaviour in one sentence.
  const std::map<std::string, std::string>& texts() const { return texts_; }

 private:
  std::map<std::string, std::string> texts_;
};

}  // namespace sealcheck::plan
