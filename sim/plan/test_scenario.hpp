// For this folder's tests: plans from the text of a scenario's block, without any file.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/plan/make_plans.hpp"

namespace sealcheck::plan {

struct Made {
  std::vector<Plan> plans;
  std::string complaints;

  const Plan& plan() const { return plans.at(0); }
  bool complains(const std::string& text) const {
    return complaints.find(text) != std::string::npos;
  }
};

/// `block` is what stands inside `scenario "A title" { … }`, from line 2 on; `files` lie beside it.
inline Made make(const std::string& block, std::map<std::string, std::string> files = {}) {
  files["catalogue.req"] = "chapter TLS-M \"Mandatory\" { requirement TLS-M-01 \"Works.\" }\n";
  files["x.scn"] = "scenario \"A title\" {\n" + block + "}\n";
  const syntax::Reader reader = [&](const std::string& path) -> boost::system::result<std::string> {
    const auto found = files.find(path);
    if (found == files.end())
      return make_error_code(boost::system::errc::no_such_file_or_directory);
    return found->second;
  };
  syntax::Diagnostics diagnostics;
  const auto catalogue = Catalogue::load("catalogue.req", reader, diagnostics);
  Made made;
  made.plans = make_plans("x.scn", reader, catalogue, diagnostics);
  made.complaints = diagnostics.render();
  return made;
}

inline const std::string two_recipients =
    "    mx mx.partner.test for partner.test\n"
    "    gateway { }\n"
    "    send m1 from alice@corp.test to bob@partner.test carol@partner.test\n";

}  // namespace sealcheck::plan
