// Turns the checked statements of one scenario into a plan: names resolve, addresses are given out,
// defaults are filled in. Internal to this folder.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "reference/syntax/diagnostic.hpp"
#include "reference/syntax/include.hpp"
#include "reference/syntax/node.hpp"
#include "sim/plan/catalogue.hpp"
#include "sim/plan/message_builder.hpp"
#include "sim/plan/plan.hpp"

namespace sealcheck::plan {

/// A password of so many characters, 1000 at most; alphanumeric.
std::string password_of(std::size_t characters);

/// Who looks at the certificate that the gateway presents.
constexpr std::string_view looking_client = "client@onlooker.test";

/// What the statements of a settings block that begin with `word` say behind it.
std::vector<std::string> settings_values(const std::vector<syntax::Statement>& block,
                                         std::string_view word);

/// The statement with its tokens as values: a row may have replaced what the author wrote.
syntax::Statement by_value(syntax::Statement statement);

class PlanBuilder {
 public:
  PlanBuilder(Plan& plan, const syntax::Reader& reader, const Catalogue& catalogue,
              syntax::Diagnostics& diagnostics)
      : plan_(plan), reader_(reader), catalogue_(catalogue), diagnostics_(diagnostics) {}

  /// `statements` are those that were checked, one for each node: a block of settings becomes
  /// sealgate.conf as it is written.
  void build(const std::vector<syntax::Node>& nodes,
             const std::vector<syntax::Statement>& statements);

 private:
  using Phase = std::variant<MxPhase, CloudPhase>;

  void read_header(const syntax::Node& node);
  void read_budget(const syntax::Node& node);
  void add_mx(const syntax::Node& node);
  bool actor_exists(const syntax::Node& node);
  void set_gateway(const syntax::Node* node);
  std::string configuration(const std::vector<syntax::Statement>& settings) const;
  static std::string changed_text(const std::vector<syntax::Statement>& changes,
                                  const std::vector<syntax::Statement>& result);
  void add_step(const syntax::Node& node, const syntax::Statement& statement);

  void add_change(const syntax::Node& node);
  void add_phase_change(const syntax::Node& node);
  void add_expect(const syntax::Node& node);
  void add_expect_all(const syntax::Node& node);
  void add_never(const syntax::Node& node);

  // build_messages.cpp
  void add_message(const syntax::Node& node);
  void set_envelope(Message& message, const syntax::Node& node);
  void set_content(Message& message, const syntax::Node& node);
  MessageText text_of(const syntax::Node& node);
  AttachedFile attachment(const syntax::Node& node);
  std::optional<std::string> read_file(const syntax::Node& node);
  void add_talk(const syntax::Node& node);
  TalkStep talk_step(const syntax::Node& node);

  /// False when it is none. build_admin.cpp
  bool add_admin(const syntax::Node& node, const syntax::Statement& statement);
  std::optional<std::vector<syntax::Statement>> changed_settings(
      Admin& admin, const syntax::Node& node, const syntax::Statement& statement);
  void fill_in_page(Admin& admin, const syntax::Node& node, const syntax::Statement& statement);
  void add_certificate_file(const syntax::Node& node);
  bool certificate_file_exists(const syntax::Node& node);
  void add_key_file(const syntax::Node& node);
  bool key_file_exists(const syntax::Node& request);
  void add_look(const syntax::Node& node);

  // build_recipients.cpp
  void open_file(const syntax::Node& node);
  void borrow_part(const syntax::Node& node, OpensFile& opens);

  // build_dns.cpp
  void add_dns(const std::vector<syntax::Node>& nodes);
  void add_dns_change(const syntax::Node& node);
  DnsPhase dns_phase(const syntax::Node* node);

  // build_encryption_server.cpp
  void add_encryption_server(const syntax::Node& node);
  void add_encryption_change(const syntax::Node& node);
  void add_opening(const syntax::Node& node);
  EncryptionWork encryption_work(const syntax::Node& node, EncryptionWork work);
  std::string host_address(const syntax::Node& node, std::string_view argument);
  bool has_address(const std::string& text) const;
  std::string free_address() const;

  // build_paths.cpp
  void add_path(const syntax::Node& node);
  void add_path_change(const syntax::Node& node);
  std::optional<Path> path_of(const syntax::Node& node);
  /// False when it is none.
  bool add_fault(const syntax::Node& node);
  void add_crash(const syntax::Node& node);
  void add_restart(const syntax::Node& node);
  std::string machine(const syntax::Node& node);

  /// `section`: whose words are a phase's; any other is complained of.
  MxPhase mx_phase(const syntax::Node& node, std::string_view section = "mx");
  // build_cloud.cpp
  void add_cloud(const syntax::Node& node);
  CloudPhase cloud_phase(const syntax::Node& node);
  bool is_cloud(const std::string& peer) const;
  void set_server(Message& message) const;
  std::vector<Condition> client_decision(const syntax::Node& node);
  void set_public_networks(const syntax::Node& node);
  StepFault step_fault(const syntax::Node& node);
  std::vector<Condition> conditions(const syntax::Node& node);
  std::optional<Condition> outcome(const syntax::Node& node, std::string_view argument,
                                   const Message& message, std::string recipient);
  std::vector<std::string> recipients_meant(const syntax::Node& node, const Message& message);
  static std::string verb(const syntax::Node& node, std::string_view argument);
  static std::vector<int> codes(const syntax::Node& node, std::string_view argument);
  const Message* message_named(const syntax::Node& node, std::string_view argument = "message");
  bool peer_exists(const syntax::Node& node, std::string_view argument = "peer");
  std::size_t times(const syntax::Node& node);

  // build_windows.cpp
  Window window(const syntax::Node& node);
  Anchor anchor(const syntax::Node& node);
  std::optional<Condition> awaited(const syntax::Node& node);
  std::vector<std::string> requirements(const syntax::Node& node);
  void add_recipient(const std::string& address);
  std::string origin_for(const std::string& sender);
  std::string next_address(const char* network, int& last);
  void push(Action action, const syntax::Node& node);
  void push_change(const syntax::Node& node, const Phase& phase);
  Phase phase_of(const syntax::Node& node);
  Place place(const syntax::Span& span) const;

  Plan& plan_;
  const syntax::Reader& reader_;
  const Catalogue& catalogue_;
  syntax::Diagnostics& diagnostics_;
  std::map<std::pair<std::string, std::string>, Phase> phases_;  ///< peer and name → phase
  std::vector<syntax::Statement> settings_;  ///< the gateway's, as the steps so far leave them
  std::vector<DnsRecord> actor_records_;     ///< that the name servers have for the actors
  int last_origin_ = 9;
  int last_outside_ = 0;
  int last_mx_ = 0;
  std::map<std::string, EncryptionWork> works_;  ///< of the encryption servers, as of this step
};

}  // namespace sealcheck::plan
