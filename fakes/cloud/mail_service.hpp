// What becomes of a message that a gateway hands to the hybrid service: it is looked through
// (HYB-11), and then either sealed and handed to its recipient's exchanger (HYB-15, HYB-17) or, as
// spam or a virus, told of in a receipt to the gateway and gone (HYB-12 to HYB-14).
//
// Nothing of it is kept (RUL-22): each step is done while the gateway waits for its answer, and
// what fails for now leaves the message with the gateway. Lifetime: host, observer and accounts
// outlive it, it outlives its calls.
#pragma once

#include <string>

#include "fakes/cloud/accounts.hpp"
#include "fakes/cloud/analyst.hpp"
#include "fakes/cloud/cloud_config.hpp"
#include "fakes/cloud/portal.hpp"
#include "fakes/cloud/relay.hpp"
#include "fakes/cloud/sealer.hpp"
#include "fakes/mx/mx_service.hpp"

namespace fakes {

class MailService final : public MxService {
 public:
  MailService(host::Host& host, Observer& observer, Accounts& accounts, CloudConfig config);

  /// For later clients and messages.
  void apply(CloudConfig config);

  boost::asio::awaitable<std::optional<Reply>> admit(MxClient client) override;
  boost::asio::awaitable<Reply> take(TakenMail mail) override;

  /// A mail of the service's own, as good as it goes.
  boost::asio::awaitable<void> send(std::string recipient, std::string message);

 private:
  boost::asio::awaitable<Reply> give_notice(TakenMail mail, Analysis analysis);
  boost::asio::awaitable<Reply> seal_and_hand_over(TakenMail mail);
  std::string next_receipt_id();

  host::Host& host_;
  Observer& observer_;
  CloudConfig config_;
  Resolver resolver_;
  Sender sender_;  ///< of all that goes out, so that no two submissions have one number
  Relay relay_;
  Analyst analyst_;
  Sealer sealer_;
};

/// How the portal of that service is set up.
PortalConfig portal_config(const CloudConfig& config);

}  // namespace fakes
