// The portal: the secure pages at which a recipient opens what was sealed for him.
//
//   POST /open      the form of the file: asks for the password, or for one to be chosen
//   POST /register  an address and a password, in force once its owner has proven the address
//   GET  /confirm   where the mailed link leads; POST /confirm, with the password, proves it
//   POST /log-in    shows the message; POST /file saves one of its files
//   POST /log-out   ends the session; POST /delete ends the account
//
// Every form carries the whole file, so that nothing of a message is kept, on the disk or in
// memory, between two requests. It opens for its recipient's own account alone, and not at all when
// an octet of it is not as it was sealed. What is refused is answered with a plain page; `seen`
// tells the observer why.
//
// Host, observer, accounts and the mail function outlive the portal and its last coroutine.
// Single-threaded, on the host's session executor.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "fakes/cloud/accounts.hpp"
#include "fakes/cloud/cloud_fault.hpp"
#include "fakes/cloud/web_server.hpp"

namespace fakes {

/// A mail of the service's own, for the relay: a whole message with CRLF.
using PortalMail = std::function<void(std::string recipient, std::string message)>;

struct PortalConfig {
  std::string name = "portal.hybrid.test";  ///< of the actor
  std::string service_name = "Secure Mail";
  std::string origin = "https://portal.hybrid.test";  ///< its pages' scheme, name and port
  std::string mail_from = "no-reply@hybrid.test";
  host::Duration session_idle_max = std::chrono::minutes(15);
  WebLimits limits = {};
  unsigned requests_per_minute_max = 240;   ///< of one client address
  unsigned wrong_passwords_max = 5;         ///< for one account, in a quarter of an hour
  unsigned registrations_per_hour_max = 5;  ///< of one address: each is a mail to it
  CloudFault fault = CloudFault::none;      ///< those that are the portal's
};

class PortalAnswers;

class Portal {
 public:
  Portal(host::Host& host, Observer& observer, Accounts& accounts, PortalConfig config,
         PortalMail mail);
  ~Portal();
  Portal(const Portal&) = delete;
  Portal& operator=(const Portal&) = delete;

  /// Where the form of an envelope leads: EnvelopeTexts::portal_url.
  static std::string open_url(const PortalConfig& config) { return config.origin + "/open"; }

  /// Fails as Host::listen does.
  host::Result<void> start(host::Endpoint local, const CertificateChain& certificate);
  void drop_connections();
  void stop();

 private:
  std::shared_ptr<PortalAnswers> answers_;  ///< shared with the requests in hand
  std::unique_ptr<WebServer> server_;
};

}  // namespace fakes
