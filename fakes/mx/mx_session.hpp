// The server side of one SMTP connection, sans-I/O (RFC 5321, RFC 3207).
//
// Bytes go in, actions come out, to be performed in their order; it holds no socket and no clock.
// After an action that ends the dialogue (Upgrade, Close, Reset, Stall, Deafen) it takes no more
// bytes until on_tls(). A client's nonsense is answered, never thrown.
//
// The config and the counter are borrowed and must outlive the session.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "fakes/core/auth_server.hpp"
#include "fakes/core/line_reader.hpp"
#include "fakes/core/message_data.hpp"
#include "fakes/core/observation.hpp"
#include "fakes/core/smtp_codec.hpp"
#include "fakes/mx/mail_sink.hpp"
#include "fakes/mx/mx_config.hpp"
#include "fakes/mx/mx_service.hpp"

namespace fakes {

namespace mx_action {
struct Send {
  std::string bytes;
};
struct Wait {
  host::Duration duration;
};
struct Observe {
  Observation observation;
};
/// The client says who it is: ask the service, then on_admitted().
struct Admit {
  std::string name;
};
/// The message is complete: give it to the service, then on_taken().
struct Take {
  TakenMail mail;
};
/// The answer to STARTTLS is sent: now behave as the config's StartTls says.
struct Upgrade {};
struct Close {
  std::string how;
};
struct Reset {
  std::string how;
};
/// The message was taken: it goes to the sink, or back to where it came from, if the phase says so.
struct HandOn {
  TakenMail mail;
};
/// Send these again and again until the client goes away, or fakes::flood_bytes_max.
struct Flood {
  std::string bytes;
};
/// Read on and answer nothing until the client goes away.
struct Stall {};
/// Not even read.
struct Deafen {};
}  // namespace mx_action

using MxAction =
    std::variant<mx_action::Send, mx_action::Wait, mx_action::Observe, mx_action::Upgrade,
                 mx_action::Admit, mx_action::Take, mx_action::Close, mx_action::Reset,
                 mx_action::HandOn, mx_action::Flood, mx_action::Stall, mx_action::Deafen>;
using MxActions = std::vector<MxAction>;

class MxSession {
 public:
  MxSession(const MxConfig& config, FaultCounter& faults, std::uint64_t connection);

  MxActions on_connect(const host::Endpoint& peer, const host::Endpoint& local);
  MxActions on_bytes(std::string_view bytes);
  /// The handshake succeeded; `description` is describe_tls(). All earlier state is forgotten.
  MxActions on_tls(const std::vector<std::pair<std::string, std::string>>& description);

  /// What the service has decided. A refusal is the answer to all that follows but NOOP and QUIT.
  MxActions on_admitted(std::optional<Reply> refusal);
  /// What the service has made of the message: the answer, unless a fault has another.
  MxActions on_taken(Reply reply);

  std::uint64_t connection() const { return connection_; }
  /// STARTTLS is answered with 220 and on_tls() has not come yet.
  bool awaits_tls() const { return upgrade_; }
  /// For smtp.closed: start, greeted, mail or data.
  std::string_view state() const;
  /// An observation of this connection, its actor and first field filled in.
  Observation observation(std::string kind,
                          std::vector<std::pair<std::string, std::string>> fields = {}) const;

 private:
  struct Envelope {
    std::string from;
    std::vector<std::string> recipients;
  };

  /// What will be answered, decided before it is done, so that an observation can tell.
  struct Answer {
    const Fault* fault = nullptr;
    Reply reply;
    bool takes_effect = false;
    std::string summary;  ///< "250 2.1.0 Sender ok", "raw …", "none"
  };

  void on_line(const Line& line);
  void dispatch(const Command& command);
  void on_hello(const Command& command, Step step);
  void on_starttls(const Command& command);
  void on_auth(const Command& command);
  void on_auth_line(const std::string& line);
  void give_auth(Reply ordinary);
  void on_mail(const Command& command);
  void on_rcpt(const Command& command);
  void on_data();
  void on_content(std::string_view& bytes);
  void on_final_dot();
  void conclude(const Answer& answer);
  void ask_service(MxAction question);
  MxActions go_on();

  /// What is answered to whatever is said at this point of the dialogue; nothing: it depends.
  std::optional<Reply> general_refusal(std::string_view verb) const;
  bool offers_starttls() const;
  Reply ehlo_reply() const;
  Reply starttls_reply(const Command& command) const;
  Reply mail_reply(const PathArgument& mail) const;
  Reply rcpt_reply(const PathArgument& rcpt) const;

  Answer decide(Step step, std::string_view argument, Reply ordinary);
  Answer weigh(const Fault* fault, Reply ordinary) const;
  void give(Step step, const Answer& answer, std::string_view kind = "smtp.reply");
  void simple(Step step, std::string_view argument, Reply ordinary);
  void observe(std::string kind, std::vector<std::pair<std::string, std::string>> fields);
  void end(MxAction action);
  void forget();
  void forget_login();

  const MxConfig& config_;
  FaultCounter& faults_;
  std::uint64_t connection_;
  LineReader lines_{16 * 1024};
  MxActions actions_;
  std::optional<AuthServer> auth_;
  std::string auth_mechanism_;  ///< of the exchange under way
  bool greeted_ = false;
  bool mail_open_ = false;
  Envelope envelope_;
  std::unique_ptr<MessageReader> data_;   ///< set between DATA and the answer to the final dot
  const Fault* content_fault_ = nullptr;  ///< of the message that data_ receives
  const Fault* final_fault_ = nullptr;    ///< of the message that the service has
  bool asking_ = false;                   ///< the service has the message, or the client
  std::string rest_;                      ///< what came meanwhile
  std::optional<Command> hello_;          ///< of a client that the service is asked about
  bool admitted_ = false;                 ///< or refused
  std::optional<Reply> refusal_;          ///< of the whole client
  std::string tls_ = "no";
  bool upgrade_ = false;
  bool ended_ = false;
};

}  // namespace fakes
