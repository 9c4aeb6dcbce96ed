// The messages of a plan: envelope, content, and how their sender hands them over.
#include <fmt/format.h>

#include "sim/plan/charset.hpp"
#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

constexpr std::int64_t filler_bytes_max = 64 * 1024 * 1024;  // each row has a copy of its own

std::size_t filler_size(const Node& node, syntax::Diagnostics& diagnostics) {
  const std::int64_t size = node.size("size");
  if (size <= filler_bytes_max) return static_cast<std::size_t>(size);
  diagnostics.error(node.span("size"), "what is made up may have at most 64MiB");
  return 0;
}

// RFC 3461 section 4.
std::string xtext(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = c > ' ' && c <= '~' && c != '+' && c != '=';
    out += plain ? std::string(1, c) : fmt::format("+{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return text;
}

// What stands behind MAIL and RCPT (RFC 3461, RFC 6152, RFC 6531).
Submitting submitting(const Node& node) {
  Submitting result;
  std::vector<std::string> mail;
  std::vector<std::string> rcpt;
  for (const Node& child : node.children()) {
    if (child.is("over")) result.over_tls = child.text("transport") == "tls";
    if (child.is("pipelined")) result.pipelined = true;
    if (child.is("mail-option"))
      mail.emplace_back(child.text("option") == "8bitmime" ? "BODY=8BITMIME" : "SMTPUTF8");
    if (child.is("return"))
      mail.emplace_back(child.text("part") == "full" ? "RET=FULL" : "RET=HDRS");
    if (child.is("envelope-id")) mail.push_back("ENVID=" + xtext(child.text("id")));
    if (child.is("notify"))
      rcpt.push_back(upper(fmt::format("NOTIFY={}", fmt::join(child.texts("when"), ","))));
    if (child.is("original-recipient"))
      rcpt.push_back("ORCPT=rfc822;" + xtext(child.text("address")));
  }
  result.mail_parameters = fmt::format("{}", fmt::join(mail, " "));
  result.recipient_parameters = fmt::format("{}", fmt::join(rcpt, " "));
  return result;
}

}  // namespace

void PlanBuilder::add_message(const Node& node) {
  Message message;
  message.name = node.text("message");
  if (plan_.find_message(message.name)) {
    diagnostics_.error(node.span("message"), fmt::format("'{}' is already sent", message.name),
                       "give each message a name of its own");
    return;
  }
  set_envelope(message, node);
  set_content(message, node);
  set_server(message);
  if (const Node* encrypted = node.child("encrypted"))
    message.encrypting = {encrypted->text("how"), encrypted->text("key")};
  plan_.messages.push_back(std::move(message));
}

void PlanBuilder::set_envelope(Message& message, const Node& node) {
  message.sender = node.text_or("sender", "");
  message.recipients = node.texts("recipient");
  message.origin =
      origin_for(message.sender.empty() ? "nobody@" + node.text("sender-domain") : message.sender);
  message.place = place(node.span());
  message.submitting = submitting(node);
  if (const Node* sealed = node.child("sealed")) {
    const std::string& boundary = sealed->text("boundary");
    message.sealed_beyond = boundary == "gateway" ? Boundary::gateway
                            : boundary == "cloud" ? Boundary::cloud
                                                  : Boundary::encryption_group;
  }
}

void PlanBuilder::set_content(Message& message, const Node& node) {
  const Node* eml = node.child("eml");
  const Node* raw = node.child("raw");
  const Node* whole = eml ? eml : raw;
  for (const Node& child : node.children()) {
    static const std::vector<std::string_view> built{
        "subject", "body", "body-of", "html", "charset", "encoding", "header", "attachment"};
    for (const std::string_view id : built)
      if (whole && child.is(id))
        diagnostics_.error(child.span(),
                           eml ? "an .eml file has its own subject and body"
                               : "raw octets have their own subject and body",
                           "leave one of the two out");
  }
  if (eml && raw)
    diagnostics_.error(raw->span(), "the message is the .eml file already",
                       "leave one of the two out");
  if (eml) {
    if (const auto content = read_file(*eml)) adopt_message(message, *content);
  } else if (raw) {
    std::string content;
    for (const Node* child : node.children_of("raw")) content += child->text("bytes");
    adopt_raw_message(message, std::move(content));
  } else if (const auto complaint = build_message(message, text_of(node), plan_.id)) {
    diagnostics_.error(node.span("message"), *complaint,
                       "choose another charset or encoding: utf-8, quoted-printable");
  }
}

MessageText PlanBuilder::text_of(const Node& node) {
  MessageText text{"a message", "Nothing to see here."};
  for (const Node& child : node.children()) {
    if (child.is("subject")) text.subject = child.text("text");
    if (child.is("body")) text.body = child.text("text");
    if (child.is("html")) text.html = child.text("text");
    if (child.is("body-of")) text.filler_bytes = filler_size(child, diagnostics_);
    if (child.is("charset")) text.charset = child.text("charset");
    if (child.is("encoding")) text.encoding = child.text("encoding");
    if (child.is("header")) text.headers.emplace_back(child.text("name"), child.text("value"));
    if (child.is("attachment")) text.attachments.push_back(attachment(child));
  }
  return text;
}

AttachedFile PlanBuilder::attachment(const Node& node) {
  AttachedFile file;
  file.name = node.text("name");
  const Node* source = nullptr;
  for (const Node& child : node.children()) {
    if (child.is("type")) file.type = child.text("type");
    if (child.is("encoding")) file.encoding = child.text("encoding");
    if (!child.is("content") && !child.is("file") && !child.is("of")) continue;
    if (source)
      diagnostics_.error(child.span(), "what is in the file is said already",
                         "leave one of the two out");
    source = &child;
    if (child.is("content")) file.bytes = child.text("bytes");
    if (child.is("of")) file.bytes = filler(filler_size(child, diagnostics_));
    if (!child.is("file")) continue;
    file.as_it_is = true;
    if (const auto content = read_file(child)) file.bytes = *content;
  }
  return file;
}

std::optional<std::string> PlanBuilder::read_file(const Node& node) {
  const std::string path = syntax::resolve(node.span().file->name(), node.text("path"));
  auto content = reader_(path);
  if (content) return std::move(*content);
  diagnostics_.error(node.span("path"),
                     fmt::format("cannot read {}: {}", path, content.error().message()),
                     "the path is relative to the scenario file");
  return std::nullopt;
}

}  // namespace sealcheck::plan
