// The portal's answers about accounts: registration, proof of the address, deletion.
#include <fmt/format.h>

#include <utility>

#include "fakes/cloud/portal_answers.hpp"

namespace fakes {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t password_characters_min = 8;
constexpr std::size_t password_octets_max = 800;  // 200 characters

/// Characters of UTF-8, counted by their first octets.
std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text)
    if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) ++count;
  return count;
}

std::string_view complaint_about(std::string_view password, std::string_view again) {
  if (characters(password) < password_characters_min)
    return "Please choose a password of at least 8 characters.";
  if (password.size() > password_octets_max) return "Please choose a shorter password.";
  if (password != again) return "You have entered two different passwords. Please try again.";
  return {};
}

}  // namespace

std::string PortalAnswers::link_message(const std::string& address, const std::string& token) {
  const std::size_t at = config_.mail_from.find('@');
  return fmt::format(
      "From: {0} <{1}>\r\nTo: <{2}>\r\nSubject: Please confirm your e-mail address\r\n"
      "Date: {3}\r\nMessage-ID: <{4}{5}>\r\nAuto-Submitted: auto-generated\r\n"
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
      "Somebody, surely you, has chosen a password for this address in order to\r\n"
      "read an encrypted message. Follow this link to confirm that the address is\r\n"
      "yours; you will be asked for the password.\r\n\r\n"
      "{6}/confirm?link={7}\r\n\r\n"
      "The link is valid for a day. Was it not you? Then do nothing: without the\r\n"
      "link the password opens no message.\r\n\r\n{0}\r\n",
      config_.service_name, config_.mail_from, address, host::to_rfc5322_date(host_.wall_now()),
      sessions_.random_name(), config_.mail_from.substr(at), config_.origin, token);
}

PortalAnswers::Answer PortalAnswers::register_address(Form form) {
  if (!is_our_form(form)) co_return form_expired();
  auto unsealing = unseal(form.fields);
  Unsealed unsealed = co_await std::move(unsealing);
  if (!unsealed.open) co_return unsealed.refusal;
  const EnvelopeContent& file = unsealed.open->file;
  const std::string& recipient = file.about.recipient;
  if (account_name(std::string(form.fields["address"])) != recipient)
    co_return refuse(403, "This message is for somebody else",
                     "Only the address to which it was sent can be registered with it.",
                     "wrong-recipient");
  if (accounts_.is_registered(recipient)) {
    auto make_page = [&](const FormProof& proof) {
      return pages_.log_in(file, proof, "This address has a password already.");
    };
    co_return with_form(403, "registered-already", make_page);
  }
  const std::string password(form.fields["password"]);
  const std::string_view complaint = complaint_about(password, form.fields["again"]);
  if (!complaint.empty()) {
    auto make_page = [&](const FormProof& proof) {
      return pages_.registration(file, proof, complaint);
    };
    co_return with_form(400, "unfit-password", make_page);
  }
  if (!attempts_.count("registration " + recipient, config_.registrations_per_hour_max, 1h,
                       host_.mono_now()))
    co_return refuse(429, "Too many attempts", "Please wait an hour, then try again.",
                     "too-many-registrations");
  auto registering = accounts_.register_password(recipient, password);
  const host::Result<std::string> token = co_await std::move(registering);
  if (!token) co_return disk_failed();
  mail_(recipient, link_message(recipient, *token));
  co_return page(200, pages_.link_was_mailed(file), "link-mailed");
}

PortalAnswers::Answer PortalAnswers::ask_to_confirm(const WebRequest& request) {
  const auto query = FormFields::parse(request.query);
  const std::string link(query ? (*query)["link"] : std::string_view());
  auto make_page = [&](const FormProof& proof) { return pages_.confirmation(link, proof, ""); };
  co_return with_form(200, "asks-to-confirm", make_page);
}

PortalAnswers::Answer PortalAnswers::confirm(Form form) {
  if (!is_our_form(form)) co_return form_expired();
  const std::string client = "confirm " + form.request.peer.address.to_string();
  if (!attempts_.count(client, 2 * config_.wrong_passwords_max, 15min, host_.mono_now()))
    co_return refuse(429, "Too many attempts", "Please wait a quarter of an hour.",
                     "too-many-confirmations");
  const std::string link(form.fields["link"]);
  auto confirming = accounts_.confirm(link, std::string(form.fields["password"]));
  const host::Result<std::optional<std::string>> address = co_await std::move(confirming);
  if (!address) co_return disk_failed();
  if (*address) co_return page(200, pages_.confirmed(**address), "confirmed");
  auto make_page = [&](const FormProof& proof) {
    return pages_.confirmation(link, proof,
                               "This is another password than the one that you have chosen, or "
                               "the link is no longer valid.");
  };
  co_return with_form(403, "not-confirmed", make_page);
}

PortalAnswers::Answer PortalAnswers::remove(Form form) {
  const auto owner = who(form);
  if (!owner) co_return form_expired();
  const auto complaint = complaint_of(*owner, std::string(form.fields["password"]));
  if (complaint) co_return refuse(403, "Your account is unchanged", *complaint, "wrong-password");
  sessions_.end_all(*owner);
  auto removing = accounts_.remove(*owner);
  const host::ErrorCode error = co_await std::move(removing);
  if (error) co_return disk_failed();
  co_return page(200,
                 pages_.plain("Your account is deleted",
                              "None of the messages that you have received so far can be opened "
                              "any more.",
                              false),
                 "deleted");
}

}  // namespace fakes
