#include "fakes/people/mailbox.hpp"

#include <utility>

#include "reference/host/io.hpp"

namespace fakes {

Mailbox::Mailbox(host::Host& host)
    : host_(host), timer_(host.make_timer(host::TimerKind::activity, host.session_executor())) {}

void Mailbox::put(Mail mail) {
  mails_.push_back(std::move(mail));
  timer_->cancel();
}

boost::asio::awaitable<std::optional<Mail>> Mailbox::wait_for(
    std::size_t first, std::function<bool(const Mail&)> wanted, host::MonoTime deadline) {
  for (;;) {
    for (; first < mails_.size(); ++first)
      if (wanted(mails_[first])) co_return mails_[first];
    if (host_.mono_now() >= deadline) co_return std::nullopt;
    co_await host::wait_until(*timer_, deadline);
  }
}

}  // namespace fakes
