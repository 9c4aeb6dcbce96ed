#include "fakes/cloud/envelope.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "fakes/cloud/hex.hpp"
#include "fakes/cloud/html_text.hpp"
#include "fakes/cloud/page_style.hpp"
#include "fakes/core/base64.hpp"

namespace fakes {
namespace {

constexpr std::string_view version = "1";
constexpr std::size_t shown_characters_max = 100;  // keeps the lines of the file below 998 octets

using Values = std::array<std::string_view, envelope_fields.size()>;

/// In the order of envelope_fields.
Values values_of(const SealedFor& about, const Sealed& sealed) {
  return {version,          about.key_id,      about.recipient,    about.sender,
          about.message_id, sealed.wrap_nonce, sealed.wrapped_key, sealed.content_nonce,
          sealed.content};
}

/// For a header field and the plain notice: no line end, no control character.
std::string on_one_line(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return text;
}

bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

/// Of a nonce that is drawn for each message, and with what no line of the texts begins with.
std::string boundary_for(const Sealed& sealed) {
  return "=_envelope_" + to_hex(sealed.content_nonce);
}

std::string_view host_of(std::string_view url) {
  constexpr std::string_view scheme = "https://";
  if (!url.starts_with(scheme) || url.find_first_of(" \"'<>\r\n;") != url.npos)
    throw std::invalid_argument("the portal's address is not an https one: " + std::string(url));
  url.remove_prefix(scheme.size());
  return url.substr(0, url.find('/'));
}

/// With the line ends of mail.
std::string style_of_file() {
  std::string text;
  for (const char c : page_style()) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return text;
}

std::string shown(std::string_view text) {
  return to_html(text, shown_characters_max);
}

std::size_t hidden_fields_size(const SealedFor& about, const Sealed& sealed) {
  std::size_t size = 0;
  for (const std::string_view value : values_of(about, sealed))
    size += base64_lines_size(value.size()) + 80;
  return size;
}

}  // namespace

void append_hidden_fields(std::string& html, const SealedFor& about, const Sealed& sealed) {
  const Values values = values_of(about, sealed);
  for (std::size_t i = 0; i < values.size(); ++i) {
    html += "<input type=\"hidden\" name=\"";
    html += envelope_fields[i];
    html += "\" value=\"\r\n";
    append_base64_lines(html, values[i]);
    html += "\">\r\n";
  }
}

EnvelopeMaker::EnvelopeMaker(const EnvelopeTexts& texts) {
  const std::string_view host = host_of(texts.portal_url);
  notice_ = fmt::format(
      " has sent you an encrypted message.\r\n\r\n"
      "To read it, save the attached file message.html, open it in your browser\r\n"
      "and press the button \"Read message\". It takes you to {0} at\r\n"
      "https://{1}, where you sign in with your e-mail address and\r\n"
      "your password. The first time, you choose the password there.\r\n\r\n"
      "The message is for ",
      texts.service_name, host);
  notice_end_ = fmt::format(
      " alone. It lies in the attached file, encrypted;\r\n"
      "{} keeps no copy of it. Keep the file if you want to read it again.\r\n",
      texts.service_name);
  notice_is_ascii_ = is_ascii(notice_) && is_ascii(notice_end_);
  const std::string name = to_html(texts.service_name);
  page_ = fmt::format(
      "<!DOCTYPE html>\r\n<html lang=\"en\">\r\n<head>\r\n<meta charset=\"utf-8\">\r\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\r\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\r\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \r\n"
      "style-src 'unsafe-inline'; base-uri 'none'; form-action https://{0}\">\r\n"
      "<title>Encrypted message</title>\r\n<style>{1}</style>\r\n</head>\r\n<body>\r\n"
      "<header class=\"top\"><div class=\"bar\"><div class=\"lock\"></div><b>{2}</b>\r\n"
      "<span>Encrypted message</span></div></header>\r\n<main>\r\n"
      "<h1>You have an encrypted message</h1>\r\n"
      "<p class=\"lead\">It lies in this file, and only you can open it.</p>\r\n"
      "<dl><dt>From</dt>\r\n<dd>",
      to_html(host), style_of_file(), name);
  form_ = fmt::format(
      "</dd></dl>\r\n"
      "<p>The button takes you to our secure pages, where you sign in with your e-mail address\r\n"
      "and your password. Is it your first message? Then you choose a password there: it opens\r\n"
      "all later messages to your address.</p>\r\n"
      "<form method=\"post\" action=\"{}\" accept-charset=\"utf-8\">\r\n",
      to_html(texts.portal_url));
  page_end_ = fmt::format(
      "<button type=\"submit\">Read message</button>\r\n</form>\r\n"
      "<p class=\"hint\">Before you enter a password, make sure that your browser shows\r\n"
      "<b>https://{}</b> as the address.</p>\r\n</main>\r\n"
      "<footer>{} keeps no copy of this message. Keep the file if you want to read it\r\n"
      "again.</footer>\r\n</body>\r\n</html>\r\n\r\n",
      to_html(host), name);
}

std::string EnvelopeMaker::make(const SealedFor& about, const Sealed& sealed,
                                host::WallTime now) const {
  const std::string boundary = boundary_for(sealed);
  const std::string sender = on_one_line(about.sender);
  const std::string recipient = on_one_line(about.recipient);
  const bool is_7bit = notice_is_ascii_ && is_ascii(sender) && is_ascii(recipient);
  std::string message;
  constexpr std::size_t rest = 6000;  // header fields and addresses; more costs a copy
  message.reserve(rest + notice_.size() + notice_end_.size() + page_.size() + form_.size() +
                  hidden_fields_size(about, sealed) + page_end_.size());
  const auto add = [&message](const auto&... texts) { (message.append(texts), ...); };
  add("From: <", sender, ">\r\nTo: <", recipient,
      ">\r\nSubject: Encrypted message\r\nDate: ", host::to_rfc5322_date(now),
      "\r\nMessage-ID: ", on_one_line(about.message_id),
      "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"", boundary,
      "\"\r\n\r\n--", boundary,
      "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ",
      is_7bit ? "7bit" : "8bit", "\r\n\r\n", sender, notice_, recipient, notice_end_, "\r\n--",
      boundary,
      "\r\nContent-Type: text/html; charset=utf-8; name=\"message.html\"\r\n"
      "Content-Transfer-Encoding: 7bit\r\n"
      "Content-Disposition: attachment; filename=\"message.html\"\r\n\r\n");
  add(page_, shown(about.sender), "</dd>\r\n<dt>To</dt>\r\n<dd>", shown(about.recipient), form_);
  append_hidden_fields(message, about, sealed);
  add(page_end_, "--", boundary, "--\r\n");
  return message;
}

std::optional<EnvelopeContent> read_envelope(
    const std::function<std::string_view(std::string_view)>& field) {
  std::array<std::string, envelope_fields.size()> values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto value = from_base64(field(envelope_fields[i]));
    if (!value || value->empty()) return std::nullopt;
    values[i] = *std::move(value);
  }
  if (values[0] != version) return std::nullopt;
  return EnvelopeContent{{values[1], values[2], values[3], values[4]},
                         {values[5], values[6], values[7], std::move(values[8])}};
}

}  // namespace fakes
