#include "sim/engine/cast.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <stdexcept>

#include "fakes/core/certificate_file.hpp"
#include "reference/host/io.hpp"
#include "sim/engine/mx_config_of.hpp"
#include "sim/engine/paths.hpp"

namespace sealcheck::engine {
namespace {

host::Address address(const std::string& text) {
  return boost::asio::ip::make_address(text);
}

fakes::DnsFaultKind fault_kind_of(const std::string& how) {
  using Kind = fakes::DnsFaultKind;
  static const std::map<std::string, Kind> kinds{{"nxdomain", Kind::nxdomain},
                                                 {"servfail", Kind::servfail},
                                                 {"refused", Kind::refused},
                                                 {"nothing", Kind::timeout},
                                                 {"truncated", Kind::truncated},
                                                 {"wrong-id", Kind::wrong_id},
                                                 {"wrong-question", Kind::wrong_question},
                                                 {"garbage", Kind::garbage},
                                                 {"forged-wrong-id", Kind::forged_id},
                                                 {"forged-wrong-question", Kind::forged_question},
                                                 {"forged-wrong-source", Kind::forged_source}};
  return kinds.at(how);
}

fakes::Zones zones_of(const plan::DnsPhase& phase) {
  fakes::Zones zones;
  fakes::Zone& world = zones.zones.emplace_back(fakes::Zone{".", {}});
  for (const plan::DnsRecord& record : phase.records)
    world.records.push_back({record.name, record.type, record.ttl_s, record.value});
  for (const plan::DnsFault& fault : phase.faults)
    zones.faults.push_back(
        {fault.name.empty() ? "*" : fault.name, fault.type, fault_kind_of(fault.how), fault.first});
  return zones;
}

void require(const host::Result<void>& started, const std::string& name) {
  if (!started) throw std::runtime_error(name + " does not start: " + started.error().message());
}

// Not a lambda: its frame owns what it needs, whatever becomes of the caller.
boost::asio::awaitable<void> submit(fakes::Sender& sender, host::Endpoint server,
                                    fakes::Submission submission, const plan::Message& message,
                                    trace::Trace& trace, std::function<void()> done) {
  const fakes::SendResult result = co_await sender.send(server, std::move(submission));
  for (const auto& [recipient, code] : result.recipients)
    trace.record(
        message.origin, "sender.recipient",
        {{"message", message.name}, {"recipient", recipient}, {"code", std::to_string(code)}});
  trace.record(message.origin, "sender.done",
               {{"message", message.name},
                {"result", std::string(to_string(result.outcome))},
                {"code", std::to_string(result.code)},
                {"text", result.text}});
  done();
}

boost::asio::awaitable<void> converse(fakes::RawClient& client, host::Endpoint server,
                                      fakes::RawConversation conversation,
                                      std::function<void(fakes::RawResult)> done) {
  fakes::RawResult result = co_await client.play(server, std::move(conversation));
  done(std::move(result));
}

}  // namespace

Cast::Cast(world::World& world, const plan::Plan& plan, Recorder& recorder)
    : world_(world), plan_(plan), recorder_(recorder) {
  gateway_machine_ = &world.add_host(plan.gateway.name, {address(plan.gateway.address)});
  lab_machine_ = &add_name_server(plan.dns);
  if (plan.second_dns) add_name_server(*plan.second_dns);
  for (const plan::Mx& mx : plan.mxs) add(mx);
  if (plan.cloud) add_cloud(*plan.cloud);
  for (const plan::Origin& origin : plan.origins) {
    auto& machine = world.add_host(origin.name, {address(origin.address)});
    people_.emplace(
        origin.name,
        Person{&machine, std::make_unique<fakes::Sender>(machine, recorder, origin.name),
               std::make_unique<fakes::RawClient>(machine, recorder, origin.name)});
  }
  add_recipients();
  for (const plan::Path& path : plan.paths) lay_path(world, path);
}

void Cast::add(const plan::Mx& plan) {
  auto& machine = world_.add_host(plan.name, {address(plan.address)});
  world::VirtualHost* way_on = nullptr;
  if (!plan.way_on_address.empty())
    way_on = &world_.add_host(plan.way_on_name(), {address(plan.way_on_address)});
  MailExchanger& mx = mxs_.emplace(plan.name, MailExchanger{&plan, plan.phase, plan.encryption,
                                                            &machine, way_on, nullptr, nullptr})
                          .first->second;
  start(mx);
  machine.on_buried([&mx] {
    mx.fake.reset();
    mx.server.reset();
  });
}

void Cast::start(MailExchanger& mx) {
  fakes::MxConfig config = config_of(*mx.plan, mx.phase, ca_);
  if (!mx.work) {
    mx.fake = std::make_unique<fakes::Mx>(*mx.machine, recorder_, std::move(config));
    return require(mx.fake->start(), mx.plan->name);
  }
  config.hands_on_unanswered = mx.work->seals_unanswered;
  mx.server = std::make_unique<fakes::xheader::EncryptionServer>(
      *mx.machine, mx.way_on ? *mx.way_on : *mx.machine, recorder_, std::move(config),
      work_of(*mx.work));
  require(mx.server->start(), mx.plan->name);
}

fakes::xheader::ServerWork Cast::work_of(const plan::EncryptionWork& work) {
  for (const std::string& recipient : work.certificates) {
    auto& known = recipient_certificates_[recipient];
    if (!known) known = ca_->issue(*lab_machine_, fakes::CertificateKind::good, recipient).leaf;
  }
  fakes::xheader::ServerWork result = engine::work_of(work, recipient_certificates_);
  if (!work.keys.empty())
    result.seal.decryption = {{}, work.decryption_header, work.decrypted, work.not_decrypted};
  for (const std::string& key : work.keys)
    result.seal.decryption->keys.push_back(keys_.certificate(*lab_machine_, key));
  result.gateway = {address(plan_.gateway.address), 25};
  result.name_server = {address(plan_.dns.address), 53};
  return result;
}

// The string of the settings has its line ends as escapes.
std::string Cast::with_lab_root(std::string configuration) {
  const std::size_t at = configuration.find(plan::lab_root);
  if (at == std::string::npos) return configuration;
  std::string pem;
  for (const char c : ca_->root_pem(*lab_machine_)) {
    if (c == '\n') pem += "\\n";
    if (c != '\n') pem += c;
  }
  return configuration.replace(at, plan::lab_root.size(), pem);
}

const std::string& Cast::certificate_file(const std::string& name) {
  const auto& all = plan_.certificate_files;
  const auto meant =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.file == name; });
  auto& bytes = certificate_files_[name];
  if (!bytes.empty()) return bytes;
  const fakes::CertificateFile file{fakes::certificate_kind_from_name(meant->kind).value(),
                                    meant->host, meant->password,
                                    fakes::file_content_from_name(meant->content).value()};
  if (meant->root.empty()) return bytes = fakes::make_file(*lab_machine_, *ca_, file);
  const auto claim = meant->claim == "another"   ? fakes::RootClaim::look_alike
                     : meant->claim == "bearing" ? fakes::RootClaim::bearing
                                                 : fakes::RootClaim::genuine;
  const auto chain = roots_->issue(*lab_machine_, meant->root, claim, file.kind, meant->host);
  return bytes = fakes::make_file(*lab_machine_, *ca_, file, chain);
}

const std::string& Cast::key_file(const std::string& name) {
  const auto& all = plan_.key_files;
  const auto meant =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.file == name; });
  auto& pem = certificate_files_[name];
  if (!rsa_key_) rsa_key_ = fakes::make_rsa_key();  // one for all files: they differ in passwords
  if (pem.empty()) pem = fakes::make_key_file(rsa_key_, meant->password);
  return pem;
}

std::string Cast::sign(const std::string& request, const std::string& kind,
                       const std::string& root) {
  const auto meant = fakes::certificate_kind_from_name(kind).value();
  const auto issue = [&](const std::string& name, EVP_PKEY* key) {
    if (root.empty()) return ca_->issue(*lab_machine_, meant, name, key);
    auto chain = roots_->issue(*lab_machine_, root, fakes::RootClaim::genuine, meant, name, key);
    chain.above.push_back(roots_->root(*lab_machine_, root));
    return chain;
  };
  if (!request.empty()) return fakes::sign_request(request, issue);
  return fakes::to_pem(issue(plan_.gateway.name, nullptr));
}

world::VirtualHost& Cast::add_name_server(const plan::DnsServer& server) {
  auto& machine = world_.add_host(server.name, {address(server.address)});
  fakes::DnsConfig config;
  config.name = server.name;
  config.addresses = {address(server.address)};
  config.zones = zones_of(server.phase);
  config.serves_tcp = server.phase.serves_tcp;
  auto fake = std::make_unique<fakes::DnsServer>(machine, recorder_, std::move(config));
  require(fake->start(), server.name);
  name_servers_.emplace(server.name, std::move(fake));
  return machine;
}

void Cast::change(const plan::ChangeDns& change) {
  fakes::DnsServer& server = *name_servers_.at(change.server);
  server.apply(zones_of(change.phase));
  server.serve_tcp(change.phase.serves_tcp);
}

void Cast::change(const plan::Change& change) {
  MailExchanger& mx = mxs_.at(change.peer);
  mx.phase = change.phase;
  apply(mx, change.drop_connections);
}

void Cast::change(const plan::ChangeEncryption& change) {
  MailExchanger& mx = mxs_.at(change.peer);
  mx.work = change.work;
  apply(mx, false);
}

// To a dead one when it is started again.
void Cast::apply(MailExchanger& mx, bool drop_connections) {
  fakes::MxConfig config = config_of(*mx.plan, mx.phase, ca_);
  if (mx.fake) {
    mx.fake->apply(std::move(config));
    if (drop_connections) mx.fake->drop_connections();
  }
  if (mx.server) {
    config.hands_on_unanswered = mx.work->seals_unanswered;
    mx.server->apply(std::move(config));
    mx.server->apply(work_of(*mx.work));
    if (drop_connections) mx.server->drop_connections();
  }
}

world::VirtualHost& Cast::machine(const std::string& name) {
  if (name == plan_.gateway.name) return *gateway_machine_;
  if (plan_.cloud && name == plan_.cloud->name) return *cloud_->machine;
  return *mxs_.at(name).machine;
}

void Cast::restart(const std::string& name) {
  if (plan_.cloud && name == plan_.cloud->name) return restart_cloud();
  MailExchanger& mx = mxs_.at(name);
  mx.machine->restart();
  start(mx);
}

void Cast::send(const plan::Message& message, std::function<void()> done) {
  Person& person = people_.at(message.origin);
  fakes::Submission submission;
  submission.helo = message.origin;
  submission.from = message.sender;
  submission.recipients = message.recipients;
  submission.content = encrypted(message, *person.machine);
  const plan::Submitting& how = message.submitting;
  if (how.over_tls) submission.use_tls = fakes::UseTls::required;
  submission.pipelining = how.pipelined;
  submission.mail_parameters = how.mail_parameters;
  submission.recipient_parameters = how.recipient_parameters;
  const std::string& server = message.server.empty() ? plan_.gateway.address : message.server;
  host::spawn(*person.machine, person.machine->session_executor(), "sender",
              submit(*person.fake, {address(server), 25}, std::move(submission), message,
                     world_.trace(), std::move(done)));
}

void Cast::talk(const std::string& origin, fakes::RawConversation conversation,
                std::function<void(fakes::RawResult)> done) {
  Person& person = people_.at(origin);
  host::spawn(*person.machine, person.machine->session_executor(), "client",
              converse(*person.client, {address(plan_.gateway.address), 25},
                       std::move(conversation), std::move(done)));
}

}  // namespace sealcheck::engine
