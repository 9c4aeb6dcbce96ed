// What a fake mail exchanger answers: the ordinary reply, then what the fault table makes of it.
#include <fmt/format.h>

#include <algorithm>

#include "fakes/mx/mx_session.hpp"

namespace fakes {
namespace {

bool is_positive(char first_digit) {
  return first_digit == '2' || first_digit == '3';
}

Reply bad_sequence(std::string text) {
  return {503, "5.5.1", {std::move(text)}};
}
Reply syntax_error(std::string text) {
  return {501, "5.5.4", {std::move(text)}};
}

bool is_postmaster(std::string_view path) {
  constexpr std::string_view name = "postmaster";
  return std::equal(path.begin(), path.end(), name.begin(), name.end(),
                    [](char a, char b) { return (a | 0x20) == b; });
}

}  // namespace

std::optional<Reply> MxSession::general_refusal(std::string_view verb) const {
  if (verb == "NOOP" || verb == "QUIT") return std::nullopt;
  if (refusal_) return refusal_;
  if (!config_.requires_tls || tls_ != "no" || verb == "EHLO" || verb == "STARTTLS")
    return std::nullopt;
  return Reply{530, "5.7.0", {"Must issue a STARTTLS command first"}};  // RFC 3207 section 4
}

bool MxSession::offers_starttls() const {
  return config_.starttls.behaviour != StartTlsBehaviour::not_offered &&
         config_.starttls.behaviour != StartTlsBehaviour::in_greeting;
}

Reply MxSession::ehlo_reply() const {
  const Offers& offers = config_.offers;
  Reply reply{250, "", {config_.name}};
  if (offers.pipelining) reply.lines.push_back("PIPELINING");
  if (offers.size) reply.lines.push_back(fmt::format("SIZE {}", config_.message_bytes_max));
  if (offers.eight_bit_mime) reply.lines.push_back("8BITMIME");
  if (offers.enhanced_status_codes) reply.lines.push_back("ENHANCEDSTATUSCODES");
  if (offers.dsn) reply.lines.push_back("DSN");
  if (offers.smtputf8) reply.lines.push_back("SMTPUTF8");
  // RFC 3207 section 4.2: not offered again inside TLS.
  if (offers_starttls() && tls_ == "no") reply.lines.push_back("STARTTLS");
  if (const auto auth = auth_ ? auth_->keyword(tls_ != "no") : std::nullopt)
    reply.lines.push_back(*auth);
  return reply;
}

Reply MxSession::starttls_reply(const Command& command) const {
  if (tls_ != "no") return bad_sequence("TLS is on already");
  if (!offers_starttls()) {
    return {502, "5.5.1", {"Command not implemented"}};
  }
  if (!command.argument.empty()) return syntax_error("No parameters allowed");
  if (config_.starttls.behaviour == StartTlsBehaviour::refused) return config_.starttls.refusal;
  return {220, "2.0.0", {"Ready to start TLS"}};
}

Reply MxSession::mail_reply(const PathArgument& mail) const {
  if (!greeted_) return bad_sequence("EHLO first");
  if (mail_open_) return bad_sequence("MAIL given already");
  if (config_.auth_required && !(auth_ && auth_->authenticated()))
    return {530, "5.7.0", {"Authentication required"}};
  if (!mail.well_formed) return syntax_error("Expected FROM:<path>");
  return {250, "2.1.0", {"Sender ok"}};
}

Reply MxSession::rcpt_reply(const PathArgument& rcpt) const {
  if (!mail_open_) return bad_sequence("MAIL first");
  if (!rcpt.well_formed) return syntax_error("Expected TO:<path>");
  if (envelope_.recipients.size() >= config_.recipients_max) {
    return {452, "4.5.3", {"Too many recipients"}};
  }
  const auto& domains = config_.domains;
  const bool ours = config_.relays || std::find(domains.begin(), domains.end(),
                                                domain_of(rcpt.path)) != domains.end();
  // RFC 5321 section 4.5.1: postmaster needs no domain.
  if (!ours && !is_postmaster(rcpt.path)) return {550, "5.7.1", {"Relaying denied"}};
  return {250, "2.1.5", {"Recipient ok"}};
}

MxSession::Answer MxSession::decide(Step step, std::string_view argument, Reply ordinary) {
  return weigh(faults_.next(config_.faults, step, argument), std::move(ordinary));
}

MxSession::Answer MxSession::weigh(const Fault* fault, Reply ordinary) const {
  Answer answer{fault, std::move(ordinary), false, "none"};
  if (!config_.offers.enhanced_status_codes) answer.reply.enhanced.clear();
  const bool ordinary_is_positive = answer.reply.code < 400;
  const FaultAction action = answer.fault ? answer.fault->action : FaultAction::none;
  if (action == FaultAction::raw) {
    const std::string& bytes = answer.fault->bytes;
    answer.takes_effect = ordinary_is_positive && !bytes.empty() && is_positive(bytes.front());
    answer.summary = "raw " + bytes;
  } else if (action == FaultAction::none || action == FaultAction::reply) {
    if (action == FaultAction::reply) answer.reply = answer.fault->reply;
    answer.takes_effect = ordinary_is_positive && answer.reply.code < 400;
    answer.summary = fmt::format("{:03} {}", answer.reply.code, text_of(answer.reply));
  }
  return answer;
}

}  // namespace fakes
