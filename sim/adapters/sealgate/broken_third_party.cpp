#include "sim/adapters/sealgate/broken_third_party.hpp"

#include "reference/encryption/third_party.hpp"

namespace sealcheck::adapters {
namespace {

using sealgate::encryption::Demand;
using sealgate::encryption::Plan;
using sealgate::encryption::RecipientFacts;
using sealgate::encryption::ReturnStatus;
using sealgate::gateway::Decisions;
using sealgate::settings::Settings;
using sealgate::settings::ThirdParty;
namespace encryption = sealgate::encryption;
namespace message = sealgate::message;
namespace settings = sealgate::settings;

// TPA-04: whatever goes out is handed over, marked or not.
class HandsOverUnmarkedMail final : public Decisions {
 public:
  Plan plan_for(const RecipientFacts& recipient,
                const settings::Encryption& enabled) const override {
    const auto plan = Decisions::plan_for(recipient, enabled);
    const bool plain = plan.demand == Demand::plain && !recipient.notice &&
                       recipient.direction == message::Direction::outbound;
    const bool chosen = enabled.other == settings::OtherMethod::third_party;
    return plain && chosen ? Plan{Demand::third_party} : plan;
  }
};

// TPA-03: what is handed over looks like any other mail.
class ForgetsTheTrigger final : public Decisions {
 public:
  encryption::LegOrUnavailable third_party_leg(
      const std::optional<ThirdParty>& settings,
      const encryption::Handover& handover) const override {
    auto chosen = Decisions::third_party_leg(settings, handover);
    if (auto* leg = std::get_if<encryption::Leg>(&chosen)) leg->transform = {};
    return chosen;
  }
};

// RUL-27: a value counts in any letter case.
class ReadsValuesLoosely final : public Decisions {
 public:
  ReturnStatus return_status(const message::Header& header,
                             const ThirdParty& settings) const override {
    const auto* field = header.find(settings.success.name);
    const bool alike = field && settings::same_field_name(field->value, settings.success.value);
    return alike ? ReturnStatus::encrypted : Decisions::return_status(header, settings);
  }
};

// RUL-12: everybody's word counts.
class BelievesStrangers final : public Decisions {
 public:
  bool is_encryption_server(const Settings& settings, const host::Address&) const override {
    return settings.third_party.has_value();
  }
};

// RUL-26: the status goes, the trigger stays.
class LeavesTheTrigger final : public Decisions {
 public:
  void clean_return(std::string& content, const ThirdParty& settings) const override {
    encryption::strip(content, {settings.success, settings.failure, encryption::handover_header()});
  }
};

// TPA-07: no word is a good word.
class TakesSilenceForSuccess final : public Decisions {
 public:
  ReturnStatus return_status(const message::Header& header,
                             const ThirdParty& settings) const override {
    const auto status = Decisions::return_status(header, settings);
    return status == ReturnStatus::unmarked ? ReturnStatus::encrypted : status;
  }
};

// TPA-06: looks for the success header alone, and never finds that it failed.
class OverlooksTheFailure final : public Decisions {
 public:
  ReturnStatus return_status(const message::Header& header,
                             const ThirdParty& settings) const override {
    return encryption::carries(header, settings.failure)
               ? ReturnStatus::encrypted
               : Decisions::return_status(header, settings);
  }
};

// TPA-05: never finds that it succeeded.
class OverlooksTheSuccess final : public Decisions {
 public:
  ReturnStatus return_status(const message::Header&, const ThirdParty&) const override {
    return ReturnStatus::unmarked;
  }
};

// RUL-29: each return is the first.
class DeliversEachReturn final : public Decisions {
 public:
  bool is_second_return(bool) const override { return false; }
};

// TPA-12: nobody is in the group.
void know_nobody(Settings& read) {
  for (auto& group : read.ip_groups) group.networks.clear();
}

// TPA-10: every server is at port 25.
void forget_the_port(Settings& read) {
  if (!read.third_party) return;
  for (auto& server : read.third_party->servers) server.port = 25;
}

// TPA-11: the list has one entry.
void know_one_server(Settings& read) {
  if (read.third_party) read.third_party->servers.resize(1);
}

// TPA-15: the box is not marked.
void authenticate_nowhere(Settings& read) {
  if (read.third_party) read.third_party->login.reset();
}

// RUL-30.
void say_the_password_in_clear(Settings& read) {
  if (read.third_party && read.third_party->login) read.third_party->login->in_clear = true;
}

// RUL-29: what is handed over is done with.
void forget_the_copy(Settings& read) {
  if (read.third_party) read.third_party->returns = false;
}

// RUL-29: waits for a year.
void wait_for_ever(Settings& read) {
  if (read.third_party) read.third_party->return_within = std::chrono::days(365);
}

// RUL-11.
void deliver_what_failed(Settings& read) {
  if (read.third_party) read.third_party->on_failure = settings::OnEncryptionFailure::deliver;
}

// RUL-28.
void trust_every_success(Settings& read) {
  if (read.third_party) read.third_party->holds_unencrypted = false;
}

// TPA-13.
void go_round_for_ever(Settings& read) {
  if (read.third_party) read.third_party->handovers_max = 1'000'000;
}

// TPA-02, RUL-05: the list of other methods is not looked at.
void forget_what_is_behind_tls(Settings& read) {
  read.encryption.other = settings::OtherMethod::none;
}

}  // namespace

const std::vector<BrokenPolicy>& broken_third_party() {
  static const HandsOverUnmarkedMail hands_over_unmarked_mail;
  static const ForgetsTheTrigger forgets_the_trigger;
  static const ReadsValuesLoosely reads_values_loosely;
  static const BelievesStrangers believes_strangers;
  static const LeavesTheTrigger leaves_the_trigger;
  static const TakesSilenceForSuccess takes_silence_for_success;
  static const OverlooksTheFailure overlooks_the_failure;
  static const OverlooksTheSuccess overlooks_the_success;
  static const DeliversEachReturn delivers_each_return;
  static const std::vector<BrokenPolicy> all{
      {"hands-over-unmarked-mail", &hands_over_unmarked_mail},
      {"forgets-the-trigger", &forgets_the_trigger},
      {"reads-values-loosely", &reads_values_loosely},
      {"believes-strangers", &believes_strangers},
      {"leaves-the-trigger", &leaves_the_trigger},
      {"takes-silence-for-success", &takes_silence_for_success},
      {"overlooks-the-failure", &overlooks_the_failure},
      {"overlooks-the-success", &overlooks_the_success},
      {"delivers-each-return", &delivers_each_return},
      {"knows-nobody", nullptr, know_nobody},
      {"forgets-the-port", nullptr, forget_the_port},
      {"knows-one-server", nullptr, know_one_server},
      {"authenticates-nowhere", nullptr, authenticate_nowhere},
      {"says-the-password-in-clear", nullptr, say_the_password_in_clear},
      {"forgets-the-copy", nullptr, forget_the_copy},
      {"waits-for-ever", nullptr, wait_for_ever},
      {"delivers-what-failed", nullptr, deliver_what_failed},
      {"trusts-every-success", nullptr, trust_every_success},
      {"goes-round-for-ever", nullptr, go_round_for_ever},
      {"forgets-what-is-behind-tls", nullptr, forget_what_is_behind_tls},
  };
  return all;
}

}  // namespace sealcheck::adapters
