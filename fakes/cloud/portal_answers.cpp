#include "fakes/cloud/portal_answers.hpp"

#include <fmt/format.h>

#include <utility>

namespace fakes {

using boost::asio::awaitable;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr std::string_view form_cookie = "__Host-form-";
constexpr std::string_view session_cookie = "__Host-session";

std::string set_cookie(std::string_view name, std::string_view value, host::Duration age) {
  return fmt::format("{}={}; Path=/; Max-Age={}; Secure; HttpOnly; SameSite=Strict", name, value,
                     std::chrono::duration_cast<std::chrono::seconds>(age).count());
}

}  // namespace

PortalAnswers::PortalAnswers(host::Host& host, Accounts& accounts, PortalConfig config,
                             PortalMail mail)
    : host_(host),
      accounts_(accounts),
      config_(std::move(config)),
      mail_(std::move(mail)),
      pages_(config_.service_name),
      sessions_(host, config_.session_idle_max) {}

awaitable<WebResponse> PortalAnswers::answer(std::shared_ptr<PortalAnswers> self,
                                             WebRequest request) {
  const std::string client = "client " + request.peer.address.to_string();
  if (!self->attempts_.count(client, self->config_.requests_per_minute_max, 1min,
                             self->host_.mono_now()))
    co_return self->refuse(429, "Too many requests", "Please wait a minute, then try again.",
                           "too-many-requests");
  if ("https://" + request.host != self->config_.origin)
    co_return self->refuse(421, "Another address", "These pages are not at that address.",
                           "another-host");
  if (request.method == "GET" || request.method == "HEAD") {
    if (request.path == "/") co_return self->page(200, self->pages_.front_door(), "front-door");
    if (request.path == "/confirm") {
      auto asking = self->ask_to_confirm(request);
      co_return co_await std::move(asking);
    }
  }
  using Handler = Answer (PortalAnswers::*)(Form);
  static constexpr std::pair<std::string_view, Handler> handlers[] = {
      {"/open", &PortalAnswers::open},       {"/register", &PortalAnswers::register_address},
      {"/confirm", &PortalAnswers::confirm}, {"/log-in", &PortalAnswers::log_in},
      {"/file", &PortalAnswers::file},       {"/log-out", &PortalAnswers::log_out},
      {"/delete", &PortalAnswers::remove}};
  for (const auto& [path, handler] : handlers) {
    if (path != request.path) continue;
    if (request.method != "POST") {
      WebResponse response =
          self->refuse(405, "Nothing to see here", "Open your message's file again.", "method");
      response.fields.emplace_back("Allow", path == "/confirm" ? "GET, POST" : "POST");
      co_return response;
    }
    const auto fields = FormFields::parse(request.body);
    if (!fields || !request.content_type.starts_with(form_type))
      co_return self->refuse(400, "Something is wrong with this form",
                             "Open your message's file again.", "no-form");
    request.body = {};  // it may be large, and has been read
    // The file's own form comes from no origin of ours; every other one is a page of ours.
    if (path != "/open" && !request.origin.empty() && request.origin != self->config_.origin)
      co_return self->refuse(403, "This page cannot do that", "Open your message's file again.",
                             "foreign-origin");
    auto answering = ((*self).*handler)({request, *fields});
    co_return co_await std::move(answering);
  }
  co_return self->refuse(404, "There is no such page", "Open your message's file again.",
                         "no-such-page");
}

WebResponse PortalAnswers::failure(unsigned status) const {
  switch (status) {
    case 408:
      return refuse(408, "That took too long", "Please try again.", "too-slow");
    case 413:
      return refuse(413, "This file is too large", "It cannot be opened here.", "too-large");
    default:
      return refuse(status, "Your browser's request cannot be read", "Please try again.",
                    "no-request");
  }
}

WebResponse PortalAnswers::page(unsigned status, std::string html, std::string seen) const {
  return {status,
          {{"Content-Type", "text/html; charset=utf-8"},
           {"Content-Security-Policy", pages_.content_security_policy()},
           {"Strict-Transport-Security", "max-age=31536000"},
           {"X-Content-Type-Options", "nosniff"},
           {"X-Frame-Options", "DENY"},
           {"Referrer-Policy", "same-origin"},
           {"Cross-Origin-Opener-Policy", "same-origin"},
           {"Cache-Control", "no-store"}},
          std::move(html),
          {{"outcome", std::move(seen)}}};
}

WebResponse PortalAnswers::refuse(unsigned status, std::string_view title, std::string_view text,
                                  std::string seen) const {
  return page(status, pages_.plain(title, text, true), std::move(seen));
}

WebResponse PortalAnswers::form_expired() const {
  return refuse(403, "You have been signed out",
                "For your safety this happens after a while. Open your message's file again.",
                "form-expired");
}

WebResponse PortalAnswers::disk_failed() const {
  return refuse(503, "We cannot do this at the moment", "Please try again later.", "disk-failed");
}

WebResponse PortalAnswers::with_form(
    unsigned status, std::string seen,
    const std::function<std::string(const FormProof&)>& make_page) {
  const std::string form = sessions_.random_name(8);
  const std::string value = sessions_.random_name();
  WebResponse response =
      page(status, make_page({form, sessions_.token_for(value)}), std::move(seen));
  response.fields.emplace_back("Set-Cookie",
                               set_cookie(std::string(form_cookie) + form, value, 30min));
  return response;
}

bool PortalAnswers::is_our_form(const Form& form) const {
  const std::string name = std::string(form_cookie) + std::string(form.fields["form"]);
  return sessions_.is_token_for(cookie(form.request.cookies, name), form.fields["token"]);
}

std::optional<std::string> PortalAnswers::who(const Form& form) {
  const std::string_view session = cookie(form.request.cookies, session_cookie);
  if (!sessions_.is_token_for(session, form.fields["token"])) return std::nullopt;
  return sessions_.address_of(session);
}

std::optional<std::string_view> PortalAnswers::complaint_of(const std::string& address,
                                                            const std::string& password) {
  if (config_.fault == CloudFault::asks_no_password) return std::nullopt;
  const std::string key = "password " + account_name(address);
  if (config_.fault != CloudFault::counts_no_guesses &&
      attempts_.is_exhausted(key, config_.wrong_passwords_max, host_.mono_now()))
    return "Too many wrong passwords. Please wait a quarter of an hour.";
  if (!accounts_.may_log_in(address, password)) {
    attempts_.count(key, config_.wrong_passwords_max, 15min, host_.mono_now());
    return "This is not the password of your account.";
  }
  attempts_.forget(key);
  return std::nullopt;
}

// --- reading ---

awaitable<PortalAnswers::Unsealed> PortalAnswers::unseal(const FormFields& fields) {
  Unsealed result;
  auto file = read_envelope([&](std::string_view name) { return fields[name]; });
  if (!file) {
    result.refusal = refuse(400, "This file is damaged",
                            "A part of it is missing or was altered. Ask its sender to send the "
                            "message again.",
                            "damaged");
    co_return result;
  }
  auto asking = accounts_.service_key();
  const host::Result<const WrappingRoot*> key = co_await std::move(asking);
  if (!key) {
    result.refusal = disk_failed();
    co_return result;
  }
  const auto generation = accounts_.generation_of(file->about.recipient);
  std::optional<std::string> content;
  if (generation) content = fakes::open(**key, *generation, file->about, file->sealed);
  if (content) {
    result.open = OpenFile{*std::move(file), *std::move(content)};
    co_return result;
  }
  result.refusal = refuse(403, "This message cannot be opened",
                          "The file was altered on its way, or the account that it was sealed for "
                          "has been deleted.",
                          generation ? "does-not-open" : "no-account");
  co_return result;
}

WebResponse PortalAnswers::show(const OpenFile& opened, const std::string& session) const {
  const FormProof proof{"", sessions_.token_for(session)};
  WebResponse response =
      page(200, pages_.opened(opened.file, read_message(opened.content), proof), "opened");
  response.seen.emplace_back("recipient", opened.file.about.recipient);
  response.seen.emplace_back("message-id", opened.file.about.message_id);
  return response;
}

PortalAnswers::Answer PortalAnswers::open(Form form) {
  auto unsealing = unseal(form.fields);
  Unsealed unsealed = co_await std::move(unsealing);
  if (!unsealed.open) co_return unsealed.refusal;
  const OpenFile& opened = *unsealed.open;
  const std::string& recipient = opened.file.about.recipient;
  // Only from a page of ours: a browser sends the cookie with no other site's form.
  const std::string session(cookie(form.request.cookies, session_cookie));
  if (sessions_.address_of(session) == recipient) co_return show(opened, session);
  const bool registered = accounts_.is_registered(recipient);
  auto make_page = [&](const FormProof& proof) {
    return registered ? pages_.log_in(opened.file, proof, "")
                      : pages_.registration(opened.file, proof, "");
  };
  co_return with_form(200, registered ? "asks-for-password" : "asks-to-register", make_page);
}

PortalAnswers::Answer PortalAnswers::log_in(Form form) {
  if (!is_our_form(form)) co_return form_expired();
  auto unsealing = unseal(form.fields);
  Unsealed unsealed = co_await std::move(unsealing);
  if (!unsealed.open) co_return unsealed.refusal;
  const OpenFile& opened = *unsealed.open;
  const std::string& recipient = opened.file.about.recipient;
  const std::string address = account_name(std::string(form.fields["address"]));
  if (address != recipient && config_.fault != CloudFault::opens_for_anybody)
    co_return refuse(403, "This message is for somebody else",
                     "Only the person to whom it was sent can open it.", "wrong-recipient");
  const auto complaint = complaint_of(address, std::string(form.fields["password"]));
  if (complaint) {
    auto make_page = [&](const FormProof& proof) {
      return pages_.log_in(opened.file, proof, *complaint);
    };
    co_return with_form(403, "wrong-password", make_page);
  }
  std::string session(cookie(form.request.cookies, session_cookie));
  const auto owner = sessions_.address_of(session);
  if (owner != recipient) {
    sessions_.end(session);
    session = sessions_.begin(recipient);
  }
  WebResponse response = show(opened, session);
  response.fields.emplace_back("Set-Cookie",
                               set_cookie(session_cookie, session, config_.session_idle_max));
  co_return response;
}

PortalAnswers::Answer PortalAnswers::file(Form form) {
  const auto owner = who(form);
  if (!owner) co_return form_expired();
  auto unsealing = unseal(form.fields);
  Unsealed unsealed = co_await std::move(unsealing);
  if (!unsealed.open) co_return unsealed.refusal;
  const SealedFor& about = unsealed.open->file.about;
  if (about.recipient != *owner)
    co_return refuse(403, "This message is for somebody else",
                     "Only the person to whom it was sent can open it.", "wrong-recipient");
  OpenedMessage message = read_message(unsealed.open->content);
  for (std::size_t i = 0; i < message.files.size(); ++i) {
    if (form.fields["number"] != std::to_string(i + 1)) continue;
    WebResponse response = page(200, std::move(message.files[i].content), "file");
    response.fields[0] = {"Content-Type", "application/octet-stream"};
    response.fields[1] = {"Content-Security-Policy", "default-src 'none'; sandbox"};
    response.fields.emplace_back(
        "Content-Disposition",
        fmt::format("attachment; filename*=UTF-8''{}", percent_encoded(message.files[i].name)));
    response.seen.emplace_back("recipient", about.recipient);
    response.seen.emplace_back("message-id", about.message_id);
    co_return response;
  }
  co_return refuse(404, "There is no such file", "Open your message's file again.", "no-such-file");
}

PortalAnswers::Answer PortalAnswers::log_out(Form form) {
  const auto owner = who(form);
  if (!owner) co_return form_expired();
  sessions_.end(cookie(form.request.cookies, session_cookie));
  WebResponse response = page(
      200, pages_.plain("You are signed out", "You may close this page.", false), "logged-out");
  response.fields.emplace_back("Set-Cookie", set_cookie(session_cookie, "", 0s));
  response.fields.emplace_back("Clear-Site-Data", "\"cache\", \"storage\"");
  co_return response;
}

}  // namespace fakes
