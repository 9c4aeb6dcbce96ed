// The gateway, assembled: it receives mail over SMTP, decides by policy, keeps what it accepted in
// a durable queue and delivers it by route and method.
//
// It knows its machine through Host only, so that it runs the same in a simulated world and on real
// sockets. All state that matters is on the host's disk ("queue.sqlite", "certificate.pem",
// "policies.deployed"): a new Gateway on the same host goes on with what is queued.
//
// Lifetime: host and decisions outlive it. Destroy it after stop() has completed, or after its host
// died (a simulated crash destroys the coroutines first). Its coroutines share its state, so what
// still runs then does not dangle. All calls on the host's queue executor.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "reference/gateway/decisions.hpp"
#include "reference/host/host.hpp"
#include "reference/policy/deploy.hpp"
#include "reference/queue/queue.hpp"
#include "reference/settings/settings.hpp"
#include "reference/tls/certificate_store.hpp"

namespace sealgate::gateway {

class Gateway {
 public:
  /// Opens the queue, makes or reads the certificate and listens; then it is ready for mail. Throws
  /// std::runtime_error when one of these cannot be done: a broken installation, not an event.
  static boost::asio::awaitable<std::unique_ptr<Gateway>> start(
      host::Host& host, settings::Settings settings,
      const Decisions& decisions = reference_decisions());
  ~Gateway();

  /// Every recipient of the unfinished messages (final ones too), with its history, in the order of
  /// arrival.
  boost::asio::awaitable<host::Result<std::vector<sealgate::queue::Entry>>> queue();

  /// New settings, as a whole: connections that begin later see them, open ones keep the old. A
  /// changed retry schedule moves what is delayed, counted from its last attempt (RUL-35). On an
  /// error the old settings stay; the log says what is wrong with the new ones. Policies are drafts
  /// until deploy(). A new endpoint to listen on must be free: 192.0.2.1:25 is not while 0.0.0.0:25
  /// is listened on.
  boost::asio::awaitable<host::ErrorCode> apply(settings::Settings settings);

  /// The present ones.
  std::shared_ptr<const settings::Settings> settings() const;

  /// The gateway's certificate. What is changed there is presented once present_certificate() was
  /// called.
  tls::CertificateStore& certificates();
  /// Connections that begin later are shown the store's certificate, open ones finish with theirs.
  void present_certificate();

  /// The policies that are in force.
  std::shared_ptr<const policy::PolicySet> deployed() const;

  /// What deploy() would change now: empty where there is nothing to deploy. Whoever shows this
  /// asks (DLP-12), and calls deploy() or does not.
  policy::Deployment pending_deployment() const;

  /// Why the settings may not be applied beside what is in force, or the drafts not be deployed
  /// beside the settings (HYB-24), in words for the administrator; nothing: they may. What has come
  /// about all the same, because somebody changed the files of a gateway that did not run, stands
  /// in the way of no other change: the service is asked for nothing then.
  std::optional<std::string> objection_to(const settings::Settings& wanted) const;
  std::optional<std::string> objection_to_deployment() const;

  /// Puts the drafts in force, for mail that is accepted from then on, once they are on the disk
  /// ("policies.deployed"); on an error, and where there is an objection, nothing has changed.
  /// Returns what it did; no changes: there
  /// was nothing to deploy.
  boost::asio::awaitable<host::Result<policy::Deployment>> deploy();

  /// Makes everything that waits for a retry due now.
  void flush();

  /// What an administrator does with one recipient of a message, or all of them (Message Queues):
  /// release makes it due now, held or not; pause keeps it, in its queue, until it is released;
  /// remove deletes it without delivery and tells nobody. queue::Error::not_found: there is nothing
  /// of that kind that is not final. An attempt under way is not called back.
  boost::asio::awaitable<host::ErrorCode> release(sealgate::queue::Selection which);
  boost::asio::awaitable<host::ErrorCode> pause(sealgate::queue::Selection which);
  boost::asio::awaitable<host::ErrorCode> remove(sealgate::queue::Selection which);

  /// Stops listening, aborts what is under way, connections and handshakes that are just being made
  /// included, and completes when nothing of the gateway runs any more. What was aborted is still
  /// queued.
  boost::asio::awaitable<void> stop();

 private:
  struct Running;
  explicit Gateway(std::unique_ptr<Running> running);

  std::unique_ptr<Running> running_;
};

}  // namespace sealgate::gateway
