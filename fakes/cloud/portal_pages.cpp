#include "fakes/cloud/portal_pages.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

#include "fakes/cloud/html_text.hpp"
#include "fakes/cloud/page_style.hpp"

namespace fakes {
namespace {

constexpr std::string_view log_in_begin = "<form method=\"post\" action=\"/log-in\">\n";
constexpr std::string_view address_field =
    "<label for=\"address\">E-mail address</label>\n"
    "<input id=\"address\" name=\"address\" type=\"email\" autocomplete=\"username\" required\n"
    "value=\"{}\">\n";
constexpr std::string_view password_field =
    "<label for=\"password\">Password</label>\n"
    "<input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"{}\"\n"
    "minlength=\"8\" maxlength=\"200\" required{}>\n";

std::string proof_fields(const FormProof& proof) {
  return fmt::format(
      "<input type=\"hidden\" name=\"form\" value=\"{}\">\n"
      "<input type=\"hidden\" name=\"token\" value=\"{}\">\n",
      to_html(proof.form), to_html(proof.token));
}

std::string complaint_note(std::string_view complaint) {
  if (complaint.empty()) return {};
  return fmt::format("<p class=\"note wrong\" role=\"alert\">{}</p>\n", to_html(complaint));
}

std::string row(std::string_view name, std::string_view value) {
  if (value.empty()) return {};
  return fmt::format("<dt>{}</dt><dd>{}</dd>", name, to_html(value));
}

std::string size_of(std::size_t octets) {
  if (octets < 1000) return fmt::format("{} bytes", octets);
  if (octets < 1'000'000) return fmt::format("{} kB", (octets + 500) / 1000);
  return fmt::format("{}.{} MB", octets / 1'000'000, octets % 1'000'000 / 100'000);
}

}  // namespace

PortalPages::PortalPages(std::string service_name) : service_name_(std::move(service_name)) {}

std::string PortalPages::content_security_policy() const {
  const std::string_view style = page_style();
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(style.data()), style.size(), digest.data());
  std::array<unsigned char, 64> text{};
  EVP_EncodeBlock(text.data(), digest.data(), digest.size());
  return fmt::format(
      "default-src 'none'; style-src 'sha256-{}'; img-src data:; form-action 'self'; "
      "base-uri 'none'; frame-ancestors 'none'",
      reinterpret_cast<const char*>(text.data()));
}

std::string PortalPages::page(std::string_view title, std::string_view tag,
                              std::string_view content) const {
  const std::string name = to_html(service_name_);
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n<title>{} - {}</title>\n<style>{}</style>\n</head>\n",
      to_html(title), name, page_style());
  html += fmt::format(
      "<body>\n<header class=\"top\"><div class=\"bar\"><div class=\"lock\"></div><b>{}</b>"
      "<span>{}</span></div></header>\n<main>\n",
      name, tag);
  html += content;
  html += fmt::format(
      "</main>\n<footer>{} keeps no copy of your messages. Keep the files that you receive if you "
      "want to read them again.</footer>\n</body>\n</html>\n",
      name);
  return html;
}

std::string PortalPages::front_door() const {
  return page("Welcome", "Secure pages",
              "<h1>Your encrypted messages</h1>\n"
              "<p class=\"lead\">Each message comes to you by e-mail, as a file.</p>\n"
              "<p>To read one, save the attached file <b>message.html</b>, open it in your browser "
              "and press <b>Read message</b>. There is nothing to read here without it.</p>\n");
}

std::string PortalPages::log_in(const EnvelopeContent& file, const FormProof& proof,
                                std::string_view complaint) const {
  std::string content =
      "<h1>Sign in to read your message</h1>\n"
      "<p class=\"lead\">Use the password that you have chosen for your e-mail address.</p>\n";
  content += complaint_note(complaint);
  content += fmt::format("<dl>{}{}</dl>\n", row("From", file.about.sender),
                         row("To", file.about.recipient));
  content += log_in_begin;
  content += proof_fields(proof);
  append_hidden_fields(content, file.about, file.sealed);
  content += fmt::format(fmt::runtime(address_field), to_html(file.about.recipient));
  content += fmt::format(fmt::runtime(password_field), "current-password", " autofocus");
  content += "<button type=\"submit\">Sign in and read</button>\n</form>\n";
  return page("Sign in", "Sign in", content);
}

std::string PortalPages::registration(const EnvelopeContent& file, const FormProof& proof,
                                      std::string_view complaint) const {
  std::string content =
      "<h1>Choose a password</h1>\n"
      "<p class=\"lead\">This is your first encrypted message. The password that you choose now "
      "opens it, and all later messages to your address.</p>\n";
  content += complaint_note(complaint);
  content += fmt::format("<dl>{}{}</dl>\n", row("From", file.about.sender),
                         row("To", file.about.recipient));
  content += "<form method=\"post\" action=\"/register\">\n";
  content += proof_fields(proof);
  append_hidden_fields(content, file.about, file.sealed);
  content += fmt::format(fmt::runtime(address_field), to_html(file.about.recipient));
  content += fmt::format(fmt::runtime(password_field), "new-password", " autofocus");
  content +=
      "<p class=\"hint\">At least 8 characters. Several words are easier to remember than "
      "signs.</p>\n"
      "<label for=\"again\">Password, once more</label>\n"
      "<input id=\"again\" name=\"again\" type=\"password\" autocomplete=\"new-password\"\n"
      "minlength=\"8\" maxlength=\"200\" required>\n"
      "<button type=\"submit\">Register</button>\n</form>\n";
  return page("Register", "First message", content);
}

std::string PortalPages::link_was_mailed(const EnvelopeContent& file) const {
  std::string content = fmt::format(
      "<h1>Please look into your mailbox</h1>\n"
      "<p class=\"lead\">We have sent a message to <b>{}</b>.</p>\n"
      "<p>Follow the link in it to confirm that the address is yours. It is valid for a day. Then "
      "come back to this page, or press the button in the file again.</p>\n"
      "<form method=\"post\" action=\"/open\">\n",
      to_html(file.about.recipient));
  append_hidden_fields(content, file.about, file.sealed);
  content += "<button type=\"submit\">I have confirmed my address</button>\n</form>\n";
  return page("Confirm your address", "First message", content);
}

std::string PortalPages::confirmation(std::string_view token, const FormProof& proof,
                                      std::string_view complaint) const {
  std::string content =
      "<h1>Confirm your address</h1>\n"
      "<p class=\"lead\">Enter the password that you have just chosen. If you have chosen none, "
      "somebody else has tried to register your address: close this page.</p>\n";
  content += complaint_note(complaint);
  content += "<form method=\"post\" action=\"/confirm\">\n";
  content += proof_fields(proof);
  content += fmt::format("<input type=\"hidden\" name=\"link\" value=\"{}\">\n", to_html(token));
  content += fmt::format(fmt::runtime(password_field), "current-password", " autofocus");
  content += "<button type=\"submit\">Confirm</button>\n</form>\n";
  return page("Confirm your address", "First message", content);
}

std::string PortalPages::confirmed(std::string_view address) const {
  return page("Confirmed", "First message",
              fmt::format("<h1>Your address is confirmed</h1>\n"
                          "<p class=\"note\">Your password opens all messages to <b>{}</b> from "
                          "now on.</p>\n"
                          "<p>To read your message, go back to the page before, or open the file "
                          "again and press <b>Read message</b>.</p>\n",
                          to_html(address)));
}

std::string PortalPages::opened(const EnvelopeContent& file, const OpenedMessage& message,
                                const FormProof& proof) const {
  const std::string subject = message.subject.empty() ? "(no subject)" : message.subject;
  std::string content = fmt::format(
      "<div class=\"row\"><h1>{}</h1><form method=\"post\" action=\"/log-out\">{}"
      "<button class=\"quiet\" type=\"submit\">Sign out</button></form></div>\n"
      "<dl>{}{}{}</dl>\n",
      to_html(subject), proof_fields(proof), row("From", message.from), row("To", message.to),
      row("Date", message.date));
  if (message.html.empty())
    content += fmt::format("<div class=\"text\" id=\"text\">{}</div>\n", to_html(message.text));
  else
    content += fmt::format("<iframe sandbox title=\"The message\" srcdoc=\"{}\"></iframe>\n",
                           to_html(message.html));
  if (!message.files.empty()) {
    content += "<h2>Attached files</h2>\n<form method=\"post\" action=\"/file\">\n";
    content += proof_fields(proof);
    append_hidden_fields(content, file.about, file.sealed);
    for (std::size_t i = 0; i < message.files.size(); ++i)
      content += fmt::format(
          "<button class=\"file\" type=\"submit\" name=\"number\" value=\"{}\"><span>{}</span>"
          "<i>Save, {}</i></button>\n",
          i + 1, to_html(message.files[i].name), size_of(message.files[i].content.size()));
    content += "</form>\n";
  }
  content += fmt::format(
      "<details><summary>Delete my account</summary>\n"
      "<p>None of the messages that you have received so far can ever be opened again.</p>\n"
      "<form method=\"post\" action=\"/delete\">\n{}",
      proof_fields(proof));
  content += fmt::format(fmt::runtime(password_field), "current-password", "");
  content +=
      "<button class=\"quiet\" type=\"submit\">Delete my account</button>\n</form></details>\n";
  return page(subject, to_html(file.about.recipient), content);
}

std::string PortalPages::plain(std::string_view title, std::string_view text,
                               bool is_refusal) const {
  return page(title, "Secure pages",
              fmt::format("<h1>{}</h1>\n<p class=\"note{}\">{}</p>\n", to_html(title),
                          is_refusal ? " wrong" : "", to_html(text)));
}

}  // namespace fakes
