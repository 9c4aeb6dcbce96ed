// The actors of one run: every peer of the plan on a machine of its own in the world, started.
//
// A registry: whatever kind of peer a scenario may name has an entry here, found by name.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "fakes/cloud/cloud.hpp"
#include "fakes/cloud/key_ring.hpp"
#include "fakes/core/lab_ca.hpp"
#include "fakes/dns/dns_server.hpp"
#include "fakes/mx/mx.hpp"
#include "fakes/people/mailbox.hpp"
#include "fakes/people/raw_client.hpp"
#include "fakes/people/recipient.hpp"
#include "fakes/people/sender.hpp"
#include "fakes/xheader/encryption_server.hpp"
#include "sim/engine/recorder.hpp"
#include "sim/engine/server_work_of.hpp"
#include "sim/plan/plan.hpp"
#include "sim/world/virtual/world.hpp"

namespace sealcheck::engine {

class Cast {
 public:
  /// Adds the machines of all peers and of the gateway to the world and starts the peers.
  Cast(world::World& world, const plan::Plan& plan, Recorder& recorder);

  /// `configuration` with the lab CA's root, in PEM, in the place of plan::lab_root.
  std::string with_lab_root(std::string configuration);

  std::string lab_root() { return ca_->root_pem(*lab_machine_); }  ///< PEM
  /// The bytes of the plan's certificate file of that name, made when first asked for.
  const std::string& certificate_file(const std::string& name);
  const std::string& key_file(const std::string& name);
  /// What the lab's CA makes of a signing request, in PEM; of none: for a key of its own. With the
  /// label of a root: what that authority makes of it, its root's certificate included.
  std::string sign(const std::string& request, const std::string& kind, const std::string& root);

  /// Of a recipient of whom an encryption server has one.
  const fakes::Certificate& recipient_certificate(const std::string& address) const {
    return *recipient_certificates_.at(address);
  }

  world::VirtualHost& gateway_machine() { return *gateway_machine_; }
  /// The gateway's or a mail exchanger's.
  world::VirtualHost& machine(const std::string& name);
  /// Starts the mail exchanger or the hybrid service again, on its dead machine, in its present
  /// phase.
  void restart(const std::string& mx);

  void change(const plan::Change& change);
  void change(const plan::ChangeCloud& change);
  void change(const plan::ChangeDns& change);
  void change(const plan::ChangeEncryption& change);

  /// Starts a submission; its sender.recipient and sender.done events name the message. `done` is
  /// called with it.
  void send(const plan::Message& message, std::function<void()> done);

  /// Starts a client's dialogue from that origin; `done` is called with how it went.
  void talk(const std::string& origin, fakes::RawConversation conversation,
            std::function<void(fakes::RawResult)> done);

  /// Lets one of the plan's recipients open a file; `done` is called with what came of it.
  void open(const std::string& recipient, fakes::Opening opening,
            std::function<void(fakes::OpeningResult)> done);

 private:
  world::VirtualHost& add_name_server(const plan::DnsServer& server);
  void add_cloud(const plan::Cloud& cloud);
  void add_recipients();
  void restart_cloud();
  fakes::CloudConfig config_of_cloud();
  fakes::InboundConfig inbound_of(const plan::Cloud& cloud, const plan::CloudInbound& phase);
  /// What its sender makes of the content.
  std::string encrypted(const plan::Message& message, host::Host& host);

  struct MailExchanger {
    const plan::Mx* plan;
    plan::MxPhase phase;
    std::optional<plan::EncryptionWork> work;
    world::VirtualHost* machine;
    world::VirtualHost* way_on;  ///< an encryption server's with another address, or null
    // One of the two, and neither while its machine is dead.
    std::unique_ptr<fakes::Mx> fake;
    std::unique_ptr<fakes::xheader::EncryptionServer> server;
  };
  void add(const plan::Mx& mx);
  void start(MailExchanger& mx);
  void apply(MailExchanger& mx, bool drop_connections);
  fakes::xheader::ServerWork work_of(const plan::EncryptionWork& work);
  struct HybridService {
    std::unique_ptr<fakes::Cloud> fake;  ///< null while its machine is dead
    plan::CloudPhase phase;
    world::VirtualHost* machine;
  };
  struct Reader {
    world::VirtualHost* machine;
    std::unique_ptr<fakes::Mailbox> mailbox;
    std::unique_ptr<fakes::Recipient> fake;
  };
  struct Person {
    world::VirtualHost* machine;
    std::unique_ptr<fakes::Sender> fake;
    std::unique_ptr<fakes::RawClient> client;
  };

  world::World& world_;
  const plan::Plan& plan_;
  Recorder& recorder_;
  world::VirtualHost* gateway_machine_ = nullptr;
  world::VirtualHost* lab_machine_ = nullptr;  ///< the name server's: the lab CA's clock
  std::shared_ptr<fakes::LabCa> ca_ = std::make_shared<fakes::LabCa>();
  std::shared_ptr<fakes::TrustedRoots> roots_ = std::make_shared<fakes::TrustedRoots>();
  std::map<std::string, std::string> certificate_files_;
  fakes::KeyRing keys_;
  RecipientCertificates recipient_certificates_;
  std::shared_ptr<EVP_PKEY> rsa_key_;  ///< made when a key file is asked for
  std::map<std::string, std::unique_ptr<fakes::DnsServer>> name_servers_;
  std::map<std::string, MailExchanger> mxs_;
  std::optional<HybridService> cloud_;
  std::map<std::string, Person> people_;
  std::map<std::string, Reader> readers_;  ///< by plain address
};

}  // namespace sealcheck::engine
