#include "reference/smtp/command.hpp"

#include <array>
#include <limits>
#include <utility>

namespace sealgate::smtp {
namespace {

struct VerbName {
  std::string_view name;
  Verb verb;
};
constexpr std::array verbs = {
    VerbName{"EHLO", Verb::ehlo}, VerbName{"HELO", Verb::helo},        VerbName{"MAIL", Verb::mail},
    VerbName{"RCPT", Verb::rcpt}, VerbName{"DATA", Verb::data},        VerbName{"RSET", Verb::rset},
    VerbName{"NOOP", Verb::noop}, VerbName{"QUIT", Verb::quit},        VerbName{"VRFY", Verb::vrfy},
    VerbName{"HELP", Verb::help}, VerbName{"STARTTLS", Verb::starttls}};

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// RFC 5321 section 4.2.4: syntax error in parameters or arguments; 5.5.4: RFC 3463 section 3.6.
Reply bad_parameter(std::string text) {
  return Reply(501, {5, 5, 4}, std::move(text));
}

/// RFC 5321 section 4.1.1.11: parameters that the server does not know.
Reply unknown_parameter() {
  return Reply(555, {5, 5, 4}, "parameter not recognised");
}

struct Parameter {
  std::string_view keyword;
  std::optional<std::string_view> value;
};

/// esmtp-param of section 4.1.2. `text` starts behind a path or a parameter.
std::optional<Parameter> take_parameter(std::string_view& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == 0 || begin == text.npos) return {};  // a space sets parameters apart
  text.remove_prefix(begin);
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  const std::size_t equals = word.find('=');
  Parameter parameter{word.substr(0, equals), {}};
  if (parameter.keyword.empty() || !is_alnum(parameter.keyword.front())) return {};
  for (const char c : parameter.keyword) {
    if (c != '-' && !is_alnum(c)) return {};
  }
  if (equals == word.npos) return parameter;
  parameter.value = word.substr(equals + 1);
  if (parameter.value->empty()) return {};
  for (const char c : *parameter.value) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '=' || c == 0x7f) return {};
  }
  return parameter;
}

/// 1*20DIGIT (RFC 1870 section 6); what does not fit in 64 bits is more than any limit.
std::optional<std::uint64_t> parse_size(std::string_view text) {
  if (text.empty() || text.size() > 20) return {};
  constexpr auto max = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return {};
    const auto digit = static_cast<std::uint64_t>(c - '0');
    value = value > (max - digit) / 10 ? max : value * 10 + digit;
  }
  return value;
}

std::optional<Reply> apply(const Parameter& parameter, MailParameters& parameters) {
  const std::string_view value = parameter.value.value_or(std::string_view{});
  if (equals_ignoring_case(parameter.keyword, "SIZE")) {
    if (parameters.size_bytes) return bad_parameter("SIZE given twice");
    parameters.size_bytes = parse_size(value);
    if (!parameters.size_bytes) return bad_parameter("SIZE wants a number of octets");
    return {};
  }
  if (equals_ignoring_case(parameter.keyword, "BODY")) {
    if (parameters.body != BodyType::unspecified) return bad_parameter("BODY given twice");
    if (equals_ignoring_case(value, "7BIT")) {
      parameters.body = BodyType::seven_bit;
    } else if (equals_ignoring_case(value, "8BITMIME")) {
      parameters.body = BodyType::eight_bit_mime;
    } else {
      return bad_parameter("BODY is 7BIT or 8BITMIME");
    }
    return {};
  }
  if (equals_ignoring_case(parameter.keyword, "SMTPUTF8")) {
    if (parameter.value) return bad_parameter("SMTPUTF8 has no value");
    parameters.smtp_utf8 = true;
    return {};
  }
  if (equals_ignoring_case(parameter.keyword, "RET")) {
    if (parameters.ret != Return::unspecified) return bad_parameter("RET given twice");
    const auto ret = value.empty() ? std::nullopt : parse_return(value);
    if (!ret) return bad_parameter("RET is FULL or HDRS");
    parameters.ret = *ret;
    return {};
  }
  if (equals_ignoring_case(parameter.keyword, "ENVID")) {
    if (!parameters.envelope_id.empty()) return bad_parameter("ENVID given twice");
    if (!is_envelope_id(value)) return bad_parameter("ENVID wants xtext of at most 100 octets");
    parameters.envelope_id = value;
    return {};
  }
  return unknown_parameter();
}

std::optional<Reply> apply(const Parameter& parameter, Recipient& recipient) {
  const std::string_view value = parameter.value.value_or(std::string_view{});
  if (equals_ignoring_case(parameter.keyword, "NOTIFY")) {
    if (recipient.notify.given) return bad_parameter("NOTIFY given twice");
    const auto notify = value.empty() ? std::nullopt : parse_notify(value);
    if (!notify) return bad_parameter("NOTIFY is NEVER or of SUCCESS, FAILURE and DELAY");
    recipient.notify = *notify;
    return {};
  }
  if (equals_ignoring_case(parameter.keyword, "ORCPT")) {
    if (!recipient.original_recipient.empty()) return bad_parameter("ORCPT given twice");
    if (!is_original_recipient(value)) return bad_parameter("ORCPT wants type;address in xtext");
    recipient.original_recipient = value;
    return {};
  }
  return unknown_parameter();
}

/// The parameters behind a path, up to the end.
template <class Into>
std::optional<Reply> apply_all(std::string_view text, Into& into) {
  while (!text.empty()) {
    const auto parameter = take_parameter(text);
    if (!parameter) return bad_parameter("syntax error in the parameters");
    if (auto refusal = apply(*parameter, into)) return refusal;
  }
  return {};
}

/// RFC 6531 section 3.5: 553 and 5.6.7.
Reply not_announced() {
  return Reply(553, {5, 6, 7}, "an internationalised address, and MAIL without SMTPUTF8");
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!equals_ignoring_case(text.substr(0, prefix.size()), prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

Command parse_command(std::string_view line) {
  const std::string_view word = line.substr(0, line.find_first_of(" \t"));
  Command command{Verb::unknown, trim(line.substr(word.size()))};
  for (const auto& [name, verb] : verbs) {
    if (equals_ignoring_case(word, name)) command.verb = verb;
  }
  return command;
}

std::variant<MailCommand, Reply> parse_mail(std::string_view argument) {
  // Section 3.3: no space on either side of the colon.
  if (!take_prefix(argument, "FROM:")) return bad_parameter("syntax: MAIL FROM:<address>");
  MailCommand command;
  auto path = parse_path(argument, PathKind::reverse);
  if (!path) return Reply(501, {5, 1, 7}, "not a reverse-path");  // RFC 3463 section 3.2
  command.reverse_path = *std::move(path);
  if (auto refusal = apply_all(argument, command.parameters)) return *std::move(refusal);
  if (!command.parameters.smtp_utf8 && !is_ascii(command.reverse_path)) return not_announced();
  return command;
}

std::variant<Recipient, Reply> parse_rcpt(std::string_view argument, bool smtp_utf8) {
  if (!take_prefix(argument, "TO:")) return bad_parameter("syntax: RCPT TO:<address>");
  auto path = parse_path(argument, PathKind::forward);
  if (!path) return Reply(501, {5, 1, 3}, "not a forward-path");  // RFC 3463 section 3.2
  if (!smtp_utf8 && !is_ascii(*path)) return not_announced();
  Recipient recipient{.path = *std::move(path)};
  if (auto refusal = apply_all(argument, recipient)) return *std::move(refusal);
  return recipient;
}

}  // namespace sealgate::smtp
