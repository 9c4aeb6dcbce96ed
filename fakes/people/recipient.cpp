#include "fakes/people/recipient.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace fakes {

using boost::asio::awaitable;
using Outcome = OpeningResult::Outcome;

namespace {

constexpr host::Duration link_limit = std::chrono::minutes(10);
constexpr std::string_view file_header = "filename=\"message.html\"";

/// The attached page, as it is saved; empty: there is none. The service writes it as plain ASCII.
std::string attached_page(const std::string& envelope) {
  const std::size_t header = envelope.find(file_header);
  if (header == envelope.npos) return {};
  constexpr std::string_view parameter = "boundary=\"";
  const std::size_t at = envelope.find(parameter);
  if (at == envelope.npos) return {};
  const std::size_t name = at + parameter.size();
  const std::string boundary =
      "\r\n--" + envelope.substr(name, envelope.find('"', name) - name) + "--";
  const std::size_t begin = envelope.find("\r\n\r\n", header);
  const std::size_t end = envelope.find(boundary, begin);
  if (end == envelope.npos) return {};
  return envelope.substr(begin + 4, end - begin - 4);
}

void tamper(WebForm& form, Tampering tampering) {
  for (auto& [name, value] : form.values) {
    if (name != "content") continue;
    char& middle = value[value.size() / 2];
    if (middle == '\r' || middle == '\n') middle = value[value.size() / 2 + 2];
    if (tampering == Tampering::altered) middle = middle == 'A' ? 'B' : 'A';
    if (tampering == Tampering::truncated) value.resize(value.size() / 2);
  }
}

/// The form with fields of the other file's. The names are the envelope's (docs/decisions).
void borrow(WebForm& form, const WebForm& other, Borrowed borrowed) {
  const auto take = [&](std::initializer_list<std::string_view> names) {
    for (const auto& [name, value] : other.values) {
      if (std::find(names.begin(), names.end(), name) != names.end()) form.set(name, value);
    }
  };
  if (borrowed == Borrowed::key || borrowed == Borrowed::both) take({"wrap-nonce", "wrapped-key"});
  if (borrowed == Borrowed::content || borrowed == Borrowed::both) take({"nonce", "content"});
}

bool is_envelope(const WebPage& file) {
  return file.forms.size() == 1 && file.forms[0].method == "post" &&
         file.forms[0].buttons.size() == 1;
}

std::string link_in(const std::string& mail) {
  const std::size_t begin = mail.find("https://");
  if (begin == mail.npos) return {};
  return mail.substr(begin, mail.find_first_of(" \r\n", begin) - begin);
}

}  // namespace

struct Recipient::Errand {
  Opening opening;
  WebForm button;  ///< of the file
  WebPage page;
  bool done = false;
  OpeningResult result;

  void fail(std::string why) {
    done = true;
    result.told = std::move(why);
  }
};

Recipient::Recipient(host::Host& host, Observer& observer, Mailbox& mailbox, std::string address,
                     BrowserConfig config)
    : host_(host),
      mailbox_(mailbox),
      address_(std::move(address)),
      browser_(host, observer, std::move(config)) {}

awaitable<void> Recipient::submit(Errand& errand, WebForm form, bool from_file) {
  auto submitting = browser_.submit(std::move(form), from_file);
  const WebAnswer answer = co_await std::move(submitting);
  if (answer.status == 0) errand.fail(answer.body);
  errand.page = read_page(answer.body);
  errand.page.status = answer.status;
}

awaitable<OpeningResult> Recipient::open(Opening opening) {
  Errand errand;
  errand.opening = std::move(opening);
  const WebPage file = read_page(attached_page(errand.opening.envelope));
  const bool borrows = errand.opening.borrowed != Borrowed::nothing;
  const WebPage other = read_page(borrows ? attached_page(errand.opening.other_envelope) : "");
  if (!is_envelope(file) || (borrows && !is_envelope(other))) {
    errand.fail("the message has no attached page with one form and one button");
    co_return errand.result;
  }
  errand.button = file.forms[0];
  tamper(errand.button, errand.opening.tampering);
  if (borrows) borrow(errand.button, other.forms[0], errand.opening.borrowed);
  auto pressing = press_button(errand);
  co_await std::move(pressing);
  if (!errand.done && errand.page.form_to("/register")) {
    auto registering = register_address(errand);
    const bool confirmed = co_await std::move(registering);
    if (confirmed) {
      auto again = press_button(errand);
      co_await std::move(again);
    }
  }
  for (unsigned i = 0; i < errand.opening.tries && !errand.done && errand.page.form_to("/log-in");
       ++i) {
    auto logging_in = log_in(errand);
    co_await std::move(logging_in);
  }
  if (!errand.done && errand.page.form_to("/log-out")) {
    auto reading = read(errand);
    co_await std::move(reading);
  } else if (!errand.done) {
    errand.result.outcome = Outcome::refused;
    errand.result.told = errand.page.heading + ": " + errand.page.note;
  }
  co_return std::move(errand.result);
}

awaitable<void> Recipient::press_button(Errand& errand) {
  auto submitting = submit(errand, errand.button, true);
  co_await std::move(submitting);
}

/// False: it came to an end before.
awaitable<bool> Recipient::register_address(Errand& errand) {
  const std::size_t mails_before = mailbox_.size();
  WebForm form = *errand.page.form_to("/register");
  form.set("address", address_);
  form.set("password", errand.opening.password);
  form.set("again", errand.opening.password);
  auto submitting = submit(errand, std::move(form));
  co_await std::move(submitting);
  if (errand.done || errand.page.status != 200) co_return false;
  auto wanted = [](const Mail& mail) {
    return mail.content.find("/confirm?") != std::string::npos;
  };
  const host::MonoTime deadline = host_.mono_now() + link_limit;
  auto waiting = mailbox_.wait_for(mails_before, wanted, deadline);
  const std::optional<Mail> mail = co_await std::move(waiting);
  if (!mail) {
    errand.fail("no link was mailed to " + address_);
    co_return false;
  }
  errand.result.mails.push_back(mail->number);
  auto following = browser_.follow(link_in(mail->content));
  const WebAnswer answer = co_await std::move(following);
  errand.page = read_page(answer.body);
  const WebForm* confirmation = errand.page.form_to("/confirm");
  if (!confirmation) {
    errand.fail("the mailed link leads to no form: " + answer.body);
    co_return false;
  }
  WebForm confirms = *confirmation;
  confirms.set("password", errand.opening.password);
  auto confirming = submit(errand, std::move(confirms));
  co_await std::move(confirming);
  co_return !errand.done && errand.page.status == 200;
}

awaitable<void> Recipient::log_in(Errand& errand) {
  WebForm form = *errand.page.form_to("/log-in");
  form.set("address", address_);
  form.set("password", errand.opening.password);
  auto submitting = submit(errand, std::move(form));
  co_await std::move(submitting);
}

awaitable<void> Recipient::read(Errand& errand) {
  const WebPage opened = errand.page;
  errand.result.content = opened.text;
  const WebForm* files = opened.form_to("/file");
  for (const auto& [name, value] : files ? files->buttons : FormValues()) {
    WebForm form = *files;
    form.set(name, value);
    auto saving = browser_.submit(std::move(form), false);
    const WebAnswer answer = co_await std::move(saving);
    if (answer.status != 200 || answer.content_type != "application/octet-stream")
      co_return errand.fail("a file cannot be saved");
    errand.result.content += "\n" + answer.body;
  }
  const bool deletes = errand.opening.deletes_account;
  WebForm last = *opened.form_to(deletes ? "/delete" : "/log-out");
  if (deletes) last.set("password", errand.opening.password);
  auto leaving = submit(errand, std::move(last));
  co_await std::move(leaving);
  if (errand.done) co_return;
  if (errand.page.status != 200) co_return errand.fail("no way out: " + errand.page.heading);
  if (files && !files->buttons.empty()) {
    WebForm form = *files;
    form.set(files->buttons[0].first, files->buttons[0].second);
    auto again = browser_.submit(std::move(form), false);
    const WebAnswer answer = co_await std::move(again);
    if (answer.status != 403) co_return errand.fail("a file can be saved after the log-out");
  }
  errand.result.outcome = Outcome::reads;
  errand.result.told = opened.heading;
}

}  // namespace fakes
