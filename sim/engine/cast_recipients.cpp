// The recipients of encrypted mail on machines of their own, each with a mailbox and a browser.
#include <boost/asio/ip/address.hpp>

#include "reference/host/io.hpp"
#include "sim/engine/cast.hpp"
#include "sim/verdict/delivery.hpp"

namespace sealcheck::engine {
namespace {

constexpr std::uint16_t https_port = 443;

// Not a lambda: its frame owns what it needs, whatever becomes of the caller.
boost::asio::awaitable<void> open_file(fakes::Recipient& recipient, fakes::Opening opening,
                                       std::function<void(fakes::OpeningResult)> done) {
  auto work = recipient.open(std::move(opening));
  fakes::OpeningResult result = co_await std::move(work);
  done(std::move(result));
}

}  // namespace

void Cast::add_recipients() {
  for (const plan::Recipient& plan : plan_.recipients) {
    auto& machine = world_.add_host(plan.name, {boost::asio::ip::make_address(plan.address)});
    auto& reader = readers_[verdict::plain_address(plan.name)];
    reader.machine = &machine;
    reader.mailbox = std::make_unique<fakes::Mailbox>(machine);
    fakes::BrowserConfig browser;
    browser.name = plan.name;
    browser.trusted_pem = lab_root();
    browser.resolve = [this](const std::string& name) -> std::optional<host::Endpoint> {
      if (!plan_.cloud || name != plan_.cloud->portal_name) return std::nullopt;
      return host::Endpoint{boost::asio::ip::make_address(plan_.cloud->address), https_port};
    };
    reader.fake = std::make_unique<fakes::Recipient>(machine, recorder_, *reader.mailbox, plan.name,
                                                     std::move(browser));
  }
  if (readers_.empty()) return;
  recorder_.on_delivery([this](const trace::Event& event) {
    const auto found = readers_.find(verdict::plain_address(event.field("to")));
    if (found != readers_.end()) found->second.mailbox->put({event.sequence, event.payload});
  });
}

void Cast::open(const std::string& recipient, fakes::Opening opening,
                std::function<void(fakes::OpeningResult)> done) {
  Reader& reader = readers_.at(verdict::plain_address(recipient));
  host::spawn(*reader.machine, reader.machine->session_executor(), "recipient",
              open_file(*reader.fake, std::move(opening), std::move(done)));
}

}  // namespace sealcheck::engine
