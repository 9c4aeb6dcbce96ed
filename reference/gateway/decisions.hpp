// Every choice that decides whether a message is protected, in one place, so that the lab can make
// one of them wrong and see that its judges notice. The defaults are the pure functions of
// encryption, tls and queue; nothing else overrides them, and no setting does.
//
// Const and without state: called from any executor. It must outlive the Gateway.
#pragma once

#include <optional>
#include <string>

#include "reference/encryption/decryption.hpp"
#include "reference/encryption/hybrid_service.hpp"
#include "reference/encryption/method_order.hpp"
#include "reference/encryption/third_party.hpp"
#include "reference/encryption/tls_failure.hpp"
#include "reference/encryption/x_header_fields.hpp"
#include "reference/message/delivery_report.hpp"
#include "reference/policy/engine.hpp"
#include "reference/policy/owner_notice.hpp"
#include "reference/queue/retry_schedule.hpp"
#include "reference/tls/negotiated.hpp"

namespace sealgate::gateway {

class Decisions {
 public:
  virtual ~Decisions() = default;

  virtual encryption::Plan plan_for(const encryption::RecipientFacts& recipient,
                                    const settings::Encryption& enabled) const;

  /// Of a connection that was to be encrypted, whatever it failed of.
  virtual encryption::AfterTlsFailure after_failure(encryption::Demand demand,
                                                    encryption::Failure failure) const;

  /// Of a recipient that no mail host took: whether the plan's second method is tried now.
  virtual bool second_follows(const encryption::FirstMethod& first) const;

  /// As encryption::hybrid_leg().
  virtual encryption::LegOrUnavailable hybrid_leg(const settings::Hybrid& service,
                                                  const policy::PolicySet& deployed) const;

  /// As encryption::hybrid_objection().
  virtual std::optional<std::string> hybrid_objection(const settings::Encryption& enabled,
                                                      const policy::PolicySet& policies) const;

  /// The last word on the context of all outbound connections.
  virtual void prepare_client(SSL_CTX*) const {}

  /// As encryption::read_decryption() and encryption::needs_decryption().
  virtual encryption::DecryptionFindings read_decryption(const settings::Settings& settings,
                                                         const host::Address& client,
                                                         std::string& message) const;
  virtual bool needs_decryption(const settings::Decryption& decryption,
                                const encryption::DecryptionFindings& findings,
                                std::string_view message) const;

  /// None: acceptable.
  virtual std::optional<tls::Weakness> weakness_of(const tls::Negotiated& negotiated,
                                                   const settings::Tls& asked) const;

  /// As policy::Engine::decide().
  virtual policy::Decision decide(const policy::Engine& policies, const policy::Findings& findings,
                                  const policy::Facts& facts) const;

  /// As policy::make_notices(). `message` is what they are about, and tell nothing of.
  virtual std::vector<policy::OwnerNotice> owner_notices(
      const std::vector<policy::Incident>& incidents, const policy::NoticeFacts& facts,
      std::string_view message) const;

  /// As queue::next_attempt(); none: the retry period is over.
  virtual std::optional<host::WallTime> next_attempt(const queue::RetryPolicy& policy,
                                                     int attempts_made, host::WallTime last_attempt,
                                                     host::WallTime first_queued) const;

  /// What a report returns of a message: nothing of what must be sealed, whatever was asked for.
  virtual message::Returned returned(bool marked_encrypt, bool asked_for_all) const;

  /// Who is told about a message of this sender; empty: nobody, the null sender never gets a
  /// report (RFC 5321 section 4.5.5).
  virtual std::string report_to(const std::string& reverse_path) const;

  /// As encryption::third_party_leg().
  virtual encryption::LegOrUnavailable third_party_leg(
      const std::optional<settings::ThirdParty>& settings,
      const encryption::Handover& handover) const;

  /// Whose x-headers count, and whose mail is not sent out for encryption again (RUL-12, TPA-12).
  virtual bool is_encryption_server(const settings::Settings& settings,
                                    const host::Address& client) const;

  /// As encryption::return_status().
  virtual encryption::ReturnStatus return_status(const message::Header& header,
                                                 const settings::ThirdParty& settings) const;

  /// Takes out of what came back what is the gateway's and the server's alone (RUL-26).
  virtual void clean_return(std::string& content, const settings::ThirdParty& settings) const;

  /// Whether a recipient of a return is passed over, to whom it was delivered onward before.
  virtual bool is_second_return(bool came_back_before) const;

  /// RUL-25: outbound mail needs a trusted client.
  virtual bool may_send(message::Direction direction, bool trusted_client) const;
};

const Decisions& reference_decisions();

}  // namespace sealgate::gateway
