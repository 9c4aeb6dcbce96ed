#include "reference/gateway/core.hpp"

#include "reference/host/io.hpp"
#include "reference/tls/certificate_view.hpp"
#include "reference/tls/trusted_cas.hpp"

namespace sealgate::gateway {

namespace asio = boost::asio;

namespace {

std::optional<tls::Context> make_identified(host::Host& host, const settings::Settings& settings,
                                            const tls::Credentials& credentials) {
  if (settings.encryption.other != settings::OtherMethod::hybrid) return std::nullopt;
  return tls::Context::client(settings.tls, tls::load_trusted_cas(host, settings.tls),
                              &credentials);
}

}  // namespace

Configuration::Configuration(host::Host& host, settings::Settings settings_now,
                             const tls::Credentials& credentials, const Decisions& decisions)
    : settings(std::move(settings_now)),
      tls_client(tls::Context::client(settings.tls, tls::load_trusted_cas(host, settings.tls))),
      tls_client_identified(make_identified(host, settings, credentials)),
      tls_server(tls::Context::server(settings.tls, credentials,
                                      settings.inbound_tls.request_client_certificate)),
      self_signed(credentials.certificate && tls::is_self_signed(credentials.certificate.get())),
      resolver(host, settings.dns_servers),
      turns(host) {
  decisions.prepare_client(tls_client.get());
  if (tls_client_identified) decisions.prepare_client(tls_client_identified->get());
}

Core::Core(host::Host& on_host, const Decisions& with_decisions, tls::Credentials with_credentials,
           std::unique_ptr<queue::Queue> with_queue)
    : host(on_host),
      decisions(with_decisions),
      credentials(std::move(with_credentials)),
      queue(std::move(with_queue)),
      delivery_wake(host, host::TimerKind::schedule),
      stop_wake(host, host::TimerKind::activity) {}

namespace {

/// Counts a coroutine from before its start to its end, be it by an exception. When a simulated
/// machine dies it is destroyed too; nobody waits then.
class Task {
 public:
  explicit Task(CorePtr core) : core_(std::move(core)) { ++core_->tasks; }
  Task(Task&& other) = default;
  ~Task() {
    if (core_) --core_->tasks;
  }
  Core& core() { return *core_; }

 private:
  CorePtr core_;
};

asio::awaitable<void> tracked(Task task, asio::awaitable<void> work) {
  std::exception_ptr failure;
  try {
    co_await std::move(work);
  } catch (...) {
    failure = std::current_exception();
  }
  auto core = task.core().shared_from_this();
  { const Task finished = std::move(task); }
  auto tell = [core] { core->stop_wake.notify(); };
  if (core->stopping) asio::post(core->host.queue_executor(), std::move(tell));
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

void Core::run(const asio::any_io_executor& executor, std::string_view component,
               asio::awaitable<void> work) {
  host::spawn(host, executor, component, tracked(Task(shared_from_this()), std::move(work)));
}

void Core::wake_delivery() {
  auto tell = [core = shared_from_this()] { core->delivery_wake.notify(); };
  asio::post(host.queue_executor(), std::move(tell));
}

}  // namespace sealgate::gateway
