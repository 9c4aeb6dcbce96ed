// What the gateway decides about mail that a client hands in: may it, where does each copy go, what
// do the policies say. Pure but for the queue id and the time, which the caller gives. Internal to
// this folder.
//
// Direction is per recipient (RUL-25); policy is decided once for each recipient.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "reference/gateway/decisions.hpp"
#include "reference/host/host.hpp"
#include "reference/queue/message.hpp"
#include "reference/settings/settings.hpp"
#include "reference/smtp/server_session.hpp"

namespace sealgate::gateway {

/// 250 2.1.5, or the refusal: 550 5.7.1 to outbound mail of a client that is not trusted.
smtp::Reply answer_recipient(const settings::Settings& settings, const Decisions& decisions,
                             const host::Address& client, const smtp::Path& sender,
                             const smtp::Path& recipient);

/// 250 2.1.0, or 530 5.7.0 to a sender whose mail is taken over TLS only.
smtp::Reply answer_sender(const settings::Settings& settings, const smtp::Path& sender,
                          bool over_tls);

struct Reception {
  host::Address client;
  std::string queue_id;
  host::WallTime now;
};

struct Received {
  queue::NewMessage message;               ///< as it is to be queued, a Received field on top
  std::vector<queue::NewMessage> notices;  ///< to the owners of the policies that it triggered
  std::vector<std::string> removed;        ///< names of fields that were not the client's to say
  /// The queue id under which a trusted client's message was here before: it may have been handed
  /// to an encryption server, and go round (TPA-13).
  std::string handover = {};
};

/// 554 5.4.6 to a message that has been through too many servers (RFC 5321 section 6.3), 554 5.6.0
/// to one whose header does not end in time: a policy would decide on half of it.
std::optional<smtp::Reply> refusal_of(const message::Header& header,
                                      const settings::Settings& settings);

/// Whether a recipient is outside, whoever sends.
bool is_outbound(const settings::Settings& settings, const smtp::Path& recipient);

/// The message without its recipients: envelope, origin, and the content with a Received field.
queue::NewMessage begin_message(const settings::Settings& settings, smtp::Transaction transaction,
                                const Reception& reception);

/// Or the refusal. `policies` are the deployed ones. X-headers of the third-party application count
/// from an encryption server alone, and are taken out of everybody else's mail (RUL-12).
std::variant<Received, smtp::Reply> receive(const settings::Settings& settings,
                                            const Decisions& decisions,
                                            const policy::Engine& policies,
                                            smtp::Transaction transaction,
                                            const Reception& reception);

}  // namespace sealgate::gateway
