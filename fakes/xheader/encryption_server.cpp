#include "fakes/xheader/encryption_server.hpp"

#include <boost/asio/ip/address.hpp>
#include <map>
#include <optional>
#include <utility>

#include "fakes/core/message_data.hpp"
#include "fakes/core/smtp_codec.hpp"
#include "fakes/dns/resolver.hpp"
#include "fakes/people/sender.hpp"
#include "reference/host/io.hpp"

namespace fakes::xheader {

namespace asio = boost::asio;

namespace {

/// One message on its way on, to those of its recipients that are left.
struct Errand {
  std::uint64_t connection;  ///< over which it had come
  std::string from;
  std::vector<std::string> recipients;
  std::string content;
  std::string message_id;
};

constexpr std::uint16_t smtp_port = 25;

/// Who gets it in one transaction: all of them, or those of one domain.
std::vector<std::vector<std::string>> in_groups(Onward onward,
                                                std::vector<std::string> recipients) {
  if (onward == Onward::returns) return {std::move(recipients)};
  std::map<std::string, std::vector<std::string>> by_domain;
  for (std::string& recipient : recipients)
    by_domain[domain_of(recipient)].push_back(std::move(recipient));
  std::vector<std::vector<std::string>> groups;
  for (auto& [domain, group] : by_domain) groups.push_back(std::move(group));
  return groups;
}

MxConfig as_listener(MxConfig config) {
  config.relays = true;
  config.hands_on = true;
  return config;
}

}  // namespace

/// Held by the server and by its coroutines, which may be the last to go.
struct EncryptionServer::Shared {
  Shared(host::Host& a_host, host::Host& a_way_on, Observer& an_observer, const std::string& a_name)
      : host(a_host),
        way_on(a_way_on),
        observer(an_observer),
        name(a_name),
        sender(a_way_on, an_observer, a_name) {}

  host::Host& host;
  host::Host& way_on;
  Observer& observer;
  std::string name;
  Sender sender;
  std::shared_ptr<const ServerWork> work;
  std::map<std::uint64_t, host::Timer*> waiting;
  std::uint64_t waits = 0;
  bool stopped = false;

  struct Waiting;

  static asio::awaitable<void> pass_on(std::shared_ptr<Shared> self,
                                       std::shared_ptr<const ServerWork> work, Errand errand);
  static asio::awaitable<void> wait(std::shared_ptr<Shared> self, host::TimerKind kind,
                                    host::Duration duration);
  static asio::awaitable<void> attempt(std::shared_ptr<Shared> self, const ServerWork& work,
                                       Errand& errand);
  static asio::awaitable<SendResult> deliver(std::shared_ptr<Shared> self,
                                             host::Endpoint name_server, Submission submission);
  static asio::awaitable<SendResult> send_to(std::shared_ptr<Shared> self, host::Endpoint next,
                                             Submission submission);
  void settle(Errand& errand, const std::vector<std::string>& recipients, const SendResult& result);
  void observe(const std::string& kind, const Errand& errand, const std::string& recipient,
               std::vector<std::pair<std::string, std::string>> more = {});
};

/// In the table of timers for as long as its frame lives: a machine's death destroys it anywhere.
struct EncryptionServer::Shared::Waiting {
  Waiting(Shared& shared, host::Timer& timer) : shared_(shared), number_(++shared.waits) {
    shared_.waiting.emplace(number_, &timer);
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  ~Waiting() { shared_.waiting.erase(number_); }

 private:
  Shared& shared_;
  std::uint64_t number_;
};

EncryptionServer::EncryptionServer(host::Host& host, host::Host& way_on, Observer& observer,
                                   MxConfig listener, ServerWork work)
    : shared_(std::make_shared<Shared>(host, way_on, observer, listener.name)),
      listener_(host, observer, as_listener(std::move(listener)), this) {
  apply(std::move(work));
}

EncryptionServer::~EncryptionServer() {
  shared_->stopped = true;
  for (const auto& [number, timer] : shared_->waiting) timer->cancel();
}

host::Result<void> EncryptionServer::start() {
  return listener_.start();
}

void EncryptionServer::apply(MxConfig listener) {
  listener_.apply(as_listener(std::move(listener)));
}

void EncryptionServer::apply(ServerWork work) {
  shared_->work = std::make_shared<const ServerWork>(std::move(work));
}

void EncryptionServer::drop_connections() {
  listener_.drop_connections();
}

void EncryptionServer::take(TakenMail mail) {
  const auto work = shared_->work;
  const std::string message_id = peek_header(mail.content, "Message-ID");
  const bool returns = work->onward == Onward::returns;
  std::vector<Errand> errands;
  const Errand taken{mail.connection, mail.from, mail.recipients, {}, message_id};
  for (const std::string& recipient : mail.recipients)
    shared_->observe("seal.taken", taken, recipient,
                     {{"onward", returns ? "returns" : "delivers"}});
  for (Sealed& sealed : seal(work->seal, mail.recipients, mail.content)) {
    errands.push_back({mail.connection, mail.from, std::move(sealed.recipients),
                       std::move(sealed.content), message_id});
    const Errand& errand = errands.back();
    for (const std::string& recipient : errand.recipients)
      shared_->observe("seal.made", errand, recipient,
                       {{"how", sealed.how}, {"content", errand.content}});
    if (!returns) continue;
    for (const std::string& recipient : errand.recipients)
      shared_->observe("smtp.hand-back", errand, recipient);
  }
  for (Errand& errand : errands) {
    auto pass = Shared::pass_on(shared_, work, std::move(errand));
    host::spawn(shared_->way_on, shared_->way_on.session_executor(), shared_->name,
                std::move(pass));
  }
}

asio::awaitable<void> EncryptionServer::Shared::pass_on(std::shared_ptr<Shared> self,
                                                        std::shared_ptr<const ServerWork> work,
                                                        Errand errand) {
  if (work->takes.count() > 0) co_await wait(self, host::TimerKind::activity, work->takes);
  for (int attempts = 0; attempts < attempts_max; ++attempts) {
    if (attempts > 0) co_await wait(self, host::TimerKind::schedule, retry_interval);
    if (self->stopped) co_return;
    co_await attempt(self, *work, errand);
    if (errand.recipients.empty()) co_return;
  }
  for (const std::string& recipient : errand.recipients)
    self->observe("seal.gave-up", errand, recipient, {{"reply", "tried too often"}});
}

// What is neither done nor refused for good stays in the errand.
asio::awaitable<void> EncryptionServer::Shared::attempt(std::shared_ptr<Shared> self,
                                                        const ServerWork& work, Errand& errand) {
  const auto groups = in_groups(work.onward, std::exchange(errand.recipients, {}));
  for (const std::vector<std::string>& recipients : groups) {
    Submission submission;
    submission.helo = self->name;
    submission.from = errand.from;
    submission.recipients = recipients;
    submission.content = errand.content;
    submission.use_tls = work.use_tls;
    auto sending = work.onward == Onward::returns
                       ? send_to(self, work.gateway, std::move(submission))
                       : deliver(self, work.name_server, std::move(submission));
    const SendResult result = co_await std::move(sending);
    if (self->stopped) co_return;
    self->settle(errand, recipients, result);
  }
}

// By MX records (RFC 5321 section 5.1): the first host that decides.
asio::awaitable<SendResult> EncryptionServer::Shared::deliver(std::shared_ptr<Shared> self,
                                                              host::Endpoint name_server,
                                                              Submission submission) {
  Resolver resolver(self->way_on, {name_server});
  SendResult result;
  result.text = "nobody is known to take it";
  auto looking = resolver.mail_hosts(domain_of(submission.recipients.front()));
  const std::optional<std::vector<std::string>> hosts = co_await std::move(looking);
  for (std::size_t i = 0; hosts && i < hosts->size(); ++i) {
    auto asking = resolver.ask((*hosts)[i], "A");
    const std::optional<DnsAnswer> answer = co_await std::move(asking);
    for (std::size_t n = 0; answer && n < answer->values.size(); ++n) {
      const host::Endpoint next{asio::ip::make_address(answer->values[n]), smtp_port};
      auto sending = send_to(self, next, submission);
      result = co_await std::move(sending);
      const bool decided = result.outcome == SendOutcome::accepted ||
                           result.outcome == SendOutcome::permanent || result.lost_at == "END";
      if (decided || self->stopped) co_return result;
    }
  }
  co_return result;
}

// A handshake that fails is no reason to keep what is encrypted already, unless TLS is a must.
asio::awaitable<SendResult> EncryptionServer::Shared::send_to(std::shared_ptr<Shared> self,
                                                              host::Endpoint next,
                                                              Submission submission) {
  auto sending = self->sender.send(next, submission);
  SendResult result = co_await std::move(sending);
  if (result.lost_at != "TLS" || submission.use_tls != UseTls::if_offered || self->stopped)
    co_return result;
  submission.use_tls = UseTls::never;
  auto again = self->sender.send(next, std::move(submission));
  result = co_await std::move(again);
  co_return result;
}

void EncryptionServer::Shared::settle(Errand& errand, const std::vector<std::string>& recipients,
                                      const SendResult& result) {
  const std::string reply = std::to_string(result.code) + " " + result.text;
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    const int code = i < result.recipients.size() ? result.recipients[i].second : 0;
    const bool refused = code >= 500 || (code < 400 && result.outcome == SendOutcome::permanent);
    const bool done = result.outcome == SendOutcome::accepted && code / 100 == 2;
    if (done || refused)
      observe(done ? "seal.sent" : "seal.gave-up", errand, recipients[i], {{"reply", reply}});
    else
      errand.recipients.push_back(recipients[i]);
  }
}

asio::awaitable<void> EncryptionServer::Shared::wait(std::shared_ptr<Shared> self,
                                                     host::TimerKind kind,
                                                     host::Duration duration) {
  const auto timer = self->way_on.make_timer(kind, self->way_on.session_executor());
  const host::MonoTime due = self->way_on.mono_now() + duration;
  const Waiting entry(*self, *timer);
  co_await host::wait_until(*timer, due);
}

void EncryptionServer::Shared::observe(const std::string& kind, const Errand& errand,
                                       const std::string& recipient,
                                       std::vector<std::pair<std::string, std::string>> more) {
  Observation observation{name,
                          kind,
                          {{"connection", std::to_string(errand.connection)},
                           {"from", errand.from},
                           {"to", recipient},
                           {"message-id", errand.message_id}}};
  for (auto& field : more) observation.fields.push_back(std::move(field));
  observer.observe(std::move(observation));
}

}  // namespace fakes::xheader
