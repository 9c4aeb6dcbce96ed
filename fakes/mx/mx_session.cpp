#include "fakes/mx/mx_session.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace fakes {
namespace {

std::string mechanism_of(std::string_view auth_argument) {
  return std::string(auth_argument.substr(0, auth_argument.find(' ')));
}

Step step_of(const std::string& verb) {
  static const std::map<std::string, Step> steps{
      {"EHLO", Step::ehlo}, {"HELO", Step::helo}, {"STARTTLS", Step::starttls},
      {"MAIL", Step::mail}, {"RCPT", Step::rcpt}, {"DATA", Step::data},
      {"AUTH", Step::auth}, {"RSET", Step::rset}};
  const auto found = steps.find(verb);
  return found == steps.end() ? Step::any : found->second;
}

}  // namespace

MxSession::MxSession(const MxConfig& config, FaultCounter& faults, std::uint64_t connection)
    : config_(config), faults_(faults), connection_(connection) {
  forget_login();
}

MxActions MxSession::on_connect(const host::Endpoint& peer, const host::Endpoint& local) {
  observe("smtp.connected", {{"peer", peer.to_string()}, {"local", local.to_string()}});
  const bool says_starttls = config_.starttls.behaviour == StartTlsBehaviour::in_greeting;
  const char* text = says_starttls ? " ESMTP STARTTLS" : " ESMTP";
  const Answer answer = decide(Step::connect, {}, {220, "", {config_.name + text}});
  give(Step::connect, answer, "smtp.greeting");
  return std::exchange(actions_, {});
}

MxActions MxSession::on_bytes(std::string_view bytes) {
  while (!ended_ && !bytes.empty()) {
    if (data_) {
      on_content(bytes);
    } else if (const auto line = lines_.read(bytes)) {
      on_line(*line);
    }
  }
  if (asking_) rest_.append(bytes);
  if (upgrade_) {
    // RFC 3207 section 4.2: nothing said before the handshake may count after it.
    if (!bytes.empty()) observe("smtp.discarded", {{"content", std::string(bytes)}});
    end(mx_action::Upgrade{});
  }
  return std::exchange(actions_, {});
}

MxActions MxSession::on_tls(const std::vector<std::pair<std::string, std::string>>& description) {
  observe("tls.established", description);
  forget();
  forget_login();  // RFC 3207 section 4.2
  lines_.clear();
  greeted_ = false;
  upgrade_ = false;
  ended_ = false;
  tls_ = description.empty() ? "yes" : description.front().second;
  return std::exchange(actions_, {});
}

std::string_view MxSession::state() const {
  if (data_) return "data";
  if (mail_open_) return "mail";
  return greeted_ ? "greeted" : "start";
}

Observation MxSession::observation(std::string kind,
                                   std::vector<std::pair<std::string, std::string>> fields) const {
  Observation result{config_.name, std::move(kind), {{"connection", std::to_string(connection_)}}};
  for (auto& field : fields) result.fields.push_back(std::move(field));
  return result;
}

void MxSession::on_line(const Line& line) {
  if (auth_ && auth_->awaits_line()) return on_auth_line(line.text);
  const Command command = parse_command(line.text);
  const char* end = line.overlong ? "overlong" : line.end == LineEnd::lf ? "lf" : "crlf";
  // What stands behind the mechanism is a secret.
  const std::string shown =
      command.verb == "AUTH" ? "AUTH " + mechanism_of(command.argument) : line.text;
  observe("smtp.command", {{"verb", command.verb}, {"line", shown}, {"end", end}});
  if (line.overlong) return simple(Step::any, {}, {500, "5.5.2", {"Line too long"}});
  dispatch(command);
}

void MxSession::dispatch(const Command& command) {
  const std::string& verb = command.verb;
  if (auto refusal = general_refusal(verb))
    return simple(step_of(verb), command.argument, std::move(*refusal));
  if (verb == "EHLO") return on_hello(command, Step::ehlo);
  if (verb == "HELO") return on_hello(command, Step::helo);
  if (verb == "STARTTLS") return on_starttls(command);
  if (verb == "AUTH") return on_auth(command);
  if (verb == "MAIL") return on_mail(command);
  if (verb == "RCPT") return on_rcpt(command);
  if (verb == "DATA") return on_data();
  if (verb == "NOOP") return simple(Step::noop, command.argument, {250, "2.0.0", {"Ok"}});
  if (verb == "VRFY")
    return simple(Step::any, command.argument, {252, "2.5.0", {"Send some mail"}});
  if (verb == "RSET") {
    forget();
    return simple(Step::rset, command.argument, {250, "2.0.0", {"Ok"}});
  }
  if (verb == "QUIT") {
    simple(Step::quit, command.argument, {221, "2.0.0", {"Bye"}});
    if (!ended_) end(mx_action::Close{"quit"});
    return;
  }
  simple(Step::any, command.argument, {500, "5.5.1", {"Command not recognised"}});
}

void MxSession::on_hello(const Command& command, Step step) {
  if (config_.service && tls_ != "no" && !admitted_) {
    hello_ = command;
    return ask_service(mx_action::Admit{command.argument});
  }
  Reply ordinary = step == Step::ehlo ? ehlo_reply() : Reply{250, "", {config_.name}};
  if (command.argument.empty()) ordinary = {501, "5.5.4", {"A name is missing"}};
  const Answer answer = decide(step, command.argument, std::move(ordinary));
  if (answer.takes_effect) {
    forget();  // RFC 5321 section 4.1.4: as RSET
    greeted_ = true;
  }
  give(step, answer);
}

void MxSession::on_starttls(const Command& command) {
  const Answer answer = decide(Step::starttls, command.argument, starttls_reply(command));
  give(Step::starttls, answer);
  if (!answer.takes_effect || ended_) return;
  if (config_.starttls.behaviour == StartTlsBehaviour::plaintext) {
    if (auto* last = std::get_if<mx_action::Send>(&actions_.back()))
      last->bytes += config_.starttls.bytes;
  }
  observe("tls.starttls", {{"behaviour", std::string(to_string(config_.starttls.behaviour))}});
  upgrade_ = true;
  ended_ = true;  // takes no more lines; on_bytes() says what is left over
}

void MxSession::on_auth(const Command& command) {
  Reply ordinary{502, "5.5.1", {"Command not implemented"}};
  if (auth_ && !greeted_) ordinary = {503, "5.5.1", {"EHLO first"}};
  if (auth_ && greeted_) ordinary = auth_->on_command(command.argument, tls_ != "no");
  auth_mechanism_ = mechanism_of(command.argument);
  give_auth(std::move(ordinary));
}

void MxSession::on_auth_line(const std::string& line) {
  give_auth(auth_->on_line(line));
}

void MxSession::give_auth(Reply ordinary) {
  const bool over = ordinary.code != 334;
  const Answer answer = decide(Step::auth, auth_mechanism_, std::move(ordinary));
  if (!answer.takes_effect && auth_) forget_login();
  if (over || !answer.takes_effect)
    observe("smtp.auth",
            {{"mechanism", auth_mechanism_}, {"tls", tls_}, {"reply", answer.summary}});
  give(Step::auth, answer);
}

void MxSession::on_mail(const Command& command) {
  const PathArgument mail = parse_path(command.argument, "FROM:");
  const Answer answer = decide(Step::mail, command.argument, mail_reply(mail));
  if (answer.takes_effect) {
    mail_open_ = true;
    envelope_.from = mail.path;
  }
  observe("smtp.mail",
          {{"path", mail.path}, {"parameters", mail.parameters}, {"reply", answer.summary}});
  give(Step::mail, answer);
}

void MxSession::on_rcpt(const Command& command) {
  const PathArgument rcpt = parse_path(command.argument, "TO:");
  const Answer answer = decide(Step::rcpt, command.argument, rcpt_reply(rcpt));
  if (answer.takes_effect) envelope_.recipients.push_back(rcpt.path);
  observe("smtp.rcpt",
          {{"path", rcpt.path}, {"parameters", rcpt.parameters}, {"reply", answer.summary}});
  give(Step::rcpt, answer);
}

void MxSession::on_data() {
  Reply ordinary{354, "", {"End with a dot on a line by itself"}};
  if (!mail_open_) ordinary = {503, "5.5.1", {"MAIL first"}};
  if (mail_open_ && envelope_.recipients.empty()) ordinary = {554, "5.5.1", {"No recipients"}};
  const Answer answer = decide(Step::data, {}, std::move(ordinary));
  if (answer.takes_effect) data_ = std::make_unique<MessageReader>(config_.message_bytes_max);
  give(Step::data, answer);
  content_fault_ = data_ ? faults_.next(config_.faults, Step::content) : nullptr;
}

void MxSession::on_content(std::string_view& bytes) {
  // A fault in mid-DATA cuts in behind the first octets, however much came with them.
  constexpr std::size_t octets_before_fault = 16;
  std::string_view part = content_fault_ ? bytes.substr(0, octets_before_fault) : bytes;
  bytes.remove_prefix(part.size());
  const bool done = data_->read(part);
  if (done) {
    bytes = {part.data(), part.size() + bytes.size()};  // what is behind the dot
    return on_final_dot();
  }
  if (content_fault_) give(Step::content, {content_fault_, content_fault_->reply, false, "none"});
}

void MxSession::on_final_dot() {
  Reply ordinary{250, "2.0.0", {"Accepted"}};
  if (data_->overflowed()) ordinary = {552, "5.3.4", {"Message too big"}};
  const Answer answer = decide(Step::final_dot, {}, std::move(ordinary));
  if (!config_.service || !answer.takes_effect) return conclude(answer);
  final_fault_ = answer.fault;
  ask_service(
      mx_action::Take{{connection_, envelope_.from, envelope_.recipients, data_->content(), {}}});
}

MxActions MxSession::on_taken(Reply reply) {
  ended_ = false;
  conclude(weigh(std::exchange(final_fault_, nullptr), std::move(reply)));
  return go_on();
}

MxActions MxSession::on_admitted(std::optional<Reply> refusal) {
  ended_ = false;
  admitted_ = true;
  refusal_ = std::move(refusal);
  dispatch(*std::exchange(hello_, std::nullopt));
  return go_on();
}

void MxSession::ask_service(MxAction question) {
  asking_ = true;
  end(std::move(question));
}

// The service has answered: what came meanwhile is next.
MxActions MxSession::go_on() {
  asking_ = false;
  MxActions actions = std::exchange(actions_, {});
  const std::string rest = std::exchange(rest_, {});
  for (MxAction& action : on_bytes(rest)) actions.push_back(std::move(action));
  return actions;
}

void MxSession::conclude(const Answer& answer) {
  const std::unique_ptr<MessageReader> message = std::move(data_);
  for (const std::string& recipient : envelope_.recipients) {
    observe("smtp.message", {{"from", envelope_.from},
                             {"to", recipient},
                             {"tls", tls_},
                             {"reply", answer.summary},
                             {"content", message->content()},
                             {"message-id", peek_header(message->content(), "Message-ID")},
                             {"bytes", std::to_string(message->bytes())},
                             {"bare-cr", std::to_string(message->bare_cr())},
                             {"bare-lf", std::to_string(message->bare_lf())},
                             {"nul", std::to_string(message->nul())}});
  }
  Envelope envelope = std::exchange(envelope_, {});
  forget();
  const bool taken = answer.summary.starts_with('2');
  const bool unanswered = answer.summary == "none" && !message->overflowed();
  mx_action::HandOn hand_on{
      {connection_, std::move(envelope.from), std::move(envelope.recipients), {}, {}}};
  if (config_.hands_on_unanswered && unanswered) {
    hand_on.mail.content = message->content();
    actions_.push_back(std::move(hand_on));
    return give(Step::final_dot, answer);
  }
  give(Step::final_dot, answer);
  if (!taken || (config_.hand_backs_max == 0 && !config_.hands_on)) return;
  hand_on.mail.content = message->content();
  actions_.push_back(std::move(hand_on));
}

void MxSession::give(Step step, const Answer& answer, std::string_view kind) {
  const FaultAction action = answer.fault ? answer.fault->action : FaultAction::none;
  if (step == Step::content) content_fault_ = nullptr;
  if (answer.fault) {
    observe("smtp.fault",
            {{"step", std::string(to_string(step))}, {"action", std::string(to_string(action))}});
    if (answer.fault->delay.count() > 0) actions_.push_back(mx_action::Wait{answer.fault->delay});
  }
  switch (action) {
    case FaultAction::none:
    case FaultAction::reply:
      observe(std::string(kind),
              {{"code", fmt::format("{:03}", answer.reply.code)}, {"text", text_of(answer.reply)}});
      actions_.push_back(mx_action::Send{to_bytes(answer.reply)});
      // RFC 5321 section 3.8: a server says 421 when it closes.
      if (answer.reply.code == 421) end(mx_action::Close{"fault"});
      return;
    case FaultAction::raw:
      observe(std::string(kind), {{"code", "raw"}, {"text", answer.fault->bytes}});
      actions_.push_back(mx_action::Send{answer.fault->bytes});
      return;
    case FaultAction::flood:
      observe(std::string(kind), {{"code", "flood"}, {"text", answer.fault->bytes}});
      actions_.push_back(mx_action::Flood{answer.fault->bytes});
      return;
    case FaultAction::disconnect:
      return end(mx_action::Close{"fault"});
    case FaultAction::reset:
      return end(mx_action::Reset{"fault"});
    case FaultAction::stall:
      return end(mx_action::Stall{});
    case FaultAction::deaf:
      return end(mx_action::Deafen{});
  }
}

void MxSession::simple(Step step, std::string_view argument, Reply ordinary) {
  give(step, decide(step, argument, std::move(ordinary)));
}

void MxSession::observe(std::string kind, std::vector<std::pair<std::string, std::string>> fields) {
  actions_.push_back(mx_action::Observe{observation(std::move(kind), std::move(fields))});
}

void MxSession::end(MxAction action) {
  actions_.push_back(std::move(action));
  ended_ = true;
}

void MxSession::forget_login() {
  if (!config_.auth) return;
  auth_.emplace(*config_.auth, fmt::format("<{}@{}>", connection_, config_.name));
}

void MxSession::forget() {
  mail_open_ = false;
  envelope_ = {};
  data_.reset();
  content_fault_ = nullptr;
}

}  // namespace fakes
