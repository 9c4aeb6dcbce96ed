// The service before the gateway (RUL-24): the mail exchanger of the gateway's domains for the rest
// of the world. It opens what comes encrypted (decryption.hpp), has everything looked through,
// opened or not (HYB-32), and hands it to the gateway, over TLS where the gateway has it.
//
// It stores nothing: its answer is the gateway's. What it finds to be spam or a virus it refuses
// with 550, and writes to nobody: the sender's address may be anybody's. Observed:
// cloud.decryption, cloud.analysed, and the hand-over as by a client.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fakes/cloud/analyst.hpp"
#include "fakes/cloud/cloud_fault.hpp"
#include "fakes/cloud/decryption.hpp"
#include "fakes/mx/mx_service.hpp"
#include "fakes/people/sender.hpp"

namespace fakes {

struct InboundConfig {
  std::string name;                  ///< "mx.hybrid.test"
  host::Address address;             ///< where the world hands its mail over
  std::vector<std::string> domains;  ///< whose mail; none: the service does not stand there
  host::Address gateway;
  DecryptionConfig decryption;
  CloudFault fault = CloudFault::none;
};

class Inbound final : public MxService {
 public:
  /// Host and observer outlive it.
  Inbound(host::Host& host, Observer& observer, InboundConfig config, AnalysisConfig analysis);

  /// For later messages.
  void apply(InboundConfig config, AnalysisConfig analysis);

  boost::asio::awaitable<std::optional<Reply>> admit(MxClient client) override;
  boost::asio::awaitable<Reply> take(TakenMail mail) override;

 private:
  std::string opened(const TakenMail& mail);
  boost::asio::awaitable<Reply> hand_over(TakenMail mail);

  host::Host& host_;
  Observer& observer_;
  InboundConfig config_;
  Analyst analyst_;
  Sender to_gateway_;
};

}  // namespace fakes
