// One message on an SMTP connection that is ready for it: MAIL to the reply to the final dot (RFC
// 5321 section 3.3), pipelined when offered (RFC 2920), and the result of each recipient. Knows
// neither TLS nor what the connection did before; client_session.hpp drives it.
//
// produce() until it gives nothing, then one on_reply() for each reply, until finished(). At most
// `commands_in_flight_max` replies are due at a time, so that a server that answers while we still
// write cannot bring both to a halt.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reference/smtp/capabilities.hpp"
#include "reference/smtp/dot_stuffing.hpp"
#include "reference/smtp/outcome.hpp"
#include "reference/smtp/outgoing_message.hpp"

namespace sealgate::smtp {

class ClientTransaction {
 public:
  static constexpr std::size_t commands_in_flight_max = 50;

  ClientTransaction(OutgoingMessage message, const Capabilities& offered, std::size_t block_octets);

  /// Appends what can be sent now: a group of commands, or a block of content. False: nothing.
  bool produce(std::string& out);

  /// False: no reply can say this here; nothing was taken from it. Decide with abort().
  bool on_reply(const Reply& reply);

  /// Nothing is decided any more for whom it was not: they are temporary, `reply` may be none.
  void abort(const Reply& reply);

  bool finished() const { return finished_; }
  /// MAIL went out and no message came of it: RSET before the next MAIL.
  bool needs_rset() const { return needs_rset_; }
  Phase phase() const;
  std::vector<RecipientResult> take_results() { return std::move(results_); }

 private:
  enum class Mark { undecided, accepted, decided };  ///< of a recipient
  enum class Step { commands, content, final_dot, lone_dot };

  bool produce_commands(std::string& out);
  void on_mail(const Reply& reply);
  void on_rcpt(const Reply& reply, std::size_t index);
  void on_data(const Reply& reply);
  void decide(std::size_t index, Disposition disposition, const Reply& reply, Phase phase);
  void decide_rest(const Reply& reply, Phase phase);
  bool any_accepted() const;
  std::size_t data_index() const { return message_.recipients.size() + 1; }

  OutgoingMessage message_;
  ContentProperties properties_;
  Capabilities offered_;
  std::size_t block_octets_;
  std::vector<RecipientResult> results_;
  std::vector<Mark> marks_;

  // Commands are counted: 0 is MAIL, then one RCPT per recipient, then DATA.
  std::size_t sent_ = 0;
  std::size_t answered_ = 0;
  Step step_ = Step::commands;
  DotEncoder encoder_;
  std::size_t content_sent_ = 0;
  bool lone_dot_sent_ = false;
  bool finished_ = false;
  bool needs_rset_ = false;
};

}  // namespace sealgate::smtp
