#include "sim/plan/message_builder.hpp"

#include <fmt/format.h>

#include "sim/plan/adopted_canaries.hpp"
#include "sim/plan/canary.hpp"
#include "sim/plan/charset.hpp"

namespace sealcheck::plan {
namespace {

std::string to_crlf(std::string_view text) {
  std::string result;
  do {
    const std::size_t end = text.find('\n');
    const bool ended = end != std::string_view::npos;
    std::string_view line = text.substr(0, end);
    text.remove_prefix(ended ? end + 1 : text.size());
    if (ended && line.ends_with('\r')) line.remove_suffix(1);
    result.append(line).append("\r\n");
  } while (!text.empty());
  return result;
}

std::string encoded(std::string_view bytes, const std::string& encoding, bool text) {
  if (encoding == "base64") return base64_lines(bytes);
  if (encoding == "quoted-printable") return quoted_printable(bytes, text);
  return std::string(bytes);
}

// One message at work: its parts, each an entity with header fields, and its canaries.
class Builder {
 public:
  Builder(Message& message, const MessageText& text, const std::string& scenario_id)
      : message_(message), text_(text), scenario_id_(scenario_id) {}

  std::optional<std::string> build() {
    const std::string subject = canary("subject", "subject");
    std::string entity = text_part("plain", to_crlf(text_.body) + filler(text_.filler_bytes),
                                   canary("body", "body"));
    if (text_.html)
      entity = multipart("alternative",
                         {entity, text_part("html", to_crlf(*text_.html), canary("body", "html"))});
    if (!text_.attachments.empty()) {
      std::vector<std::string> parts{entity};
      for (const AttachedFile& file : text_.attachments) parts.push_back(file_part(file));
      entity = multipart("mixed", parts);
    }
    message_.content = fmt::format("{}Subject: {} {}\r\n{}MIME-Version: 1.0\r\n{}", addresses(),
                                   header_text(text_.subject), subject, headers(), entity);
    return complaint_;
  }

 private:
  std::string canary(const std::string& what, const std::string& part) {
    const std::string text = make_canary(scenario_id_, message_.name, part);
    message_.canaries.push_back({what, text});
    return text;
  }

  std::string addresses() {
    const std::string domain = message_.sender.empty()
                                   ? message_.origin
                                   : message_.sender.substr(message_.sender.find('@') + 1);
    message_.message_id =
        fmt::format("<{}.{}@{}>", message_.name,
                    make_canary(scenario_id_, message_.name, "message-id"), domain);
    std::string to;
    for (const std::string& recipient : message_.recipients)
      to += (to.empty() ? "<" : ",\r\n <") + recipient + ">";
    return fmt::format(
        "Date: Mon, 2 Mar 2026 09:00:00 +0000\r\n"
        "From: <{}>\r\n"
        "To: {}\r\n"
        "Message-ID: {}\r\n",
        message_.sender.empty() ? "mailer-daemon@" + domain : message_.sender, to,
        message_.message_id);
  }

  std::string headers() const {
    std::string fields;
    for (const auto& [name, value] : text_.headers)
      fields += fmt::format("{}: {}\r\n", name, header_text(value));
    return fields;
  }

  std::string text_part(const std::string& subtype, const std::string& text,
                        const std::string& mark) {
    const std::string& charset = text_.charset;
    const auto bytes = to_charset(text + mark + "\r\n", charset);
    if (!bytes) {
      complaint_ = charset + " cannot say this text";
      return {};
    }
    // Where the canary's octets are not its letters, the judge must know both.
    const std::string in_charset = to_charset(mark, charset).value();
    if (in_charset != mark) message_.canaries.push_back({"body", in_charset});
    const bool seven_bit = is_ascii(*bytes) && charset != "utf-16";
    std::string encoding = text_.encoding;
    if (encoding.empty()) encoding = charset == "utf-16" ? "base64" : seven_bit ? "7bit" : "8bit";
    const bool fits = encoding == "base64" || encoding == "quoted-printable" ||
                      (charset != "utf-16" && (seven_bit || encoding == "8bit"));
    if (!fits) complaint_ = fmt::format("{} cannot carry this text in {}", encoding, charset);
    return fmt::format(
        "Content-Type: text/{}; charset={}\r\nContent-Transfer-Encoding: {}\r\n\r\n{}", subtype,
        charset, encoding, encoded(*bytes, encoding, charset != "utf-16"));
  }

  std::string file_part(const AttachedFile& file) {
    std::string bytes = file.bytes;
    if (file.as_it_is)
      add_line_canaries(message_, bytes, "attachment");
    else
      bytes += canary("attachment", "attachment." + file.name) + "\r\n";
    if (file.encoding == "7bit" && !is_ascii(bytes))
      complaint_ = fmt::format("7bit cannot carry {}", file.name);
    const bool as_lines = file.encoding == "7bit" || file.encoding == "8bit";
    std::string body = encoded(as_lines ? to_crlf(bytes) : bytes, file.encoding, false);
    if (!body.ends_with("\r\n")) body += "\r\n";
    return fmt::format(
        "Content-Type: {}\r\nContent-Transfer-Encoding: {}\r\n"
        "Content-Disposition: attachment; filename=\"{}\"\r\n\r\n{}",
        file.type, file.encoding, header_text(file.name), body);
  }

  std::string multipart(const std::string& subtype, const std::vector<std::string>& parts) {
    const std::string boundary = "=_" + make_canary(scenario_id_, message_.name, subtype);
    std::string entity =
        fmt::format("Content-Type: multipart/{}; boundary=\"{}\"\r\n\r\n", subtype, boundary);
    for (const std::string& part : parts) entity += fmt::format("--{}\r\n{}", boundary, part);
    return entity + fmt::format("--{}--\r\n", boundary);
  }

  Message& message_;
  const MessageText& text_;
  const std::string& scenario_id_;
  std::optional<std::string> complaint_;
};

}  // namespace

std::string filler(std::size_t size) {
  std::string text;
  for (std::size_t line = 1; text.size() < size; ++line)
    text += fmt::format("{:08} of the lines that only make this message long.\r\n", line);
  return text;
}

std::optional<std::string> build_message(Message& message, const MessageText& text,
                                         const std::string& scenario_id) {
  message.canaries.clear();
  const auto complaint = Builder(message, text, scenario_id).build();
  add_envelope_canaries(message);
  return complaint;
}

void adopt_message(Message& message, std::string file_content) {
  adopt_raw_message(message, to_crlf(file_content));
}

}  // namespace sealcheck::plan
