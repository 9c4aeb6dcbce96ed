#include "sim/adapters/sealgate/broken_decisions.hpp"

namespace sealcheck::adapters {
namespace {

using sealgate::gateway::Decisions;
namespace encryption = sealgate::encryption;
namespace message = sealgate::message;
namespace settings = sealgate::settings;

class OpenRelay final : public Decisions {
 public:
  bool may_send(message::Direction, bool) const override { return true; }
};

class TellsNobody final : public Decisions {
 public:
  std::string report_to(const std::string&) const override { return {}; }
};

class ReturnsSealedMailInClear final : public Decisions {
 public:
  message::Returned returned(bool, bool) const override { return message::Returned::full; }
  encryption::Plan plan_for(const encryption::RecipientFacts& recipient,
                            const settings::Encryption& enabled) const override {
    auto facts = recipient;
    facts.notice = false;
    return Decisions::plan_for(facts, enabled);
  }
};

class AnswersReportsWithReports final : public Decisions {
 public:
  std::string report_to(const std::string& reverse_path) const override {
    return reverse_path.empty() ? "postmaster@corp.test" : reverse_path;
  }
};

}  // namespace

const Decisions& open_relay() {
  static const OpenRelay decisions;
  return decisions;
}
const Decisions& tells_nobody() {
  static const TellsNobody decisions;
  return decisions;
}
const Decisions& returns_sealed_mail_in_clear() {
  static const ReturnsSealedMailInClear decisions;
  return decisions;
}
const Decisions& answers_reports_with_reports() {
  static const AnswersReportsWithReports decisions;
  return decisions;
}

}  // namespace sealcheck::adapters
