// Several engines as one: each is asked about each message, one after the other (HYB-11: antispam
// and antivirus). A virus outweighs spam. Where one of them has no verdict there is none, whatever
// the others say.
#pragma once

#include <memory>
#include <vector>

#include "fakes/cloud/analysis_engine.hpp"

namespace fakes {

class SeveralEngines final : public AnalysisEngine {
 public:
  explicit SeveralEngines(std::vector<std::unique_ptr<AnalysisEngine>> engines);

  std::string_view name() const override { return "several"; }
  boost::asio::awaitable<host::Result<Analysis>> analyse(const std::string& message,
                                                         host::MonoTime deadline) override;

 private:
  std::vector<std::unique_ptr<AnalysisEngine>> engines_;
};

}  // namespace fakes
