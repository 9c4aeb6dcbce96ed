// An SMTP command line as its parts: verb, arguments, ESMTP parameters (RFC 5321 sections 4.1.1 and
// 4.1.2). A line becomes a Command; the arguments of MAIL and RCPT are parsed in a second step.
// What cannot be parsed is answered with the Reply that these functions return; they decide nothing
// else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "reference/smtp/path.hpp"
#include "reference/smtp/reply.hpp"

namespace sealgate::smtp {

enum class Verb { ehlo, helo, mail, rcpt, data, rset, noop, quit, vrfy, help, starttls, unknown };

struct Command {
  Verb verb = Verb::unknown;
  std::string_view argument;  ///< what follows the verb, without the spaces around it
};

/// Refers to `line`, which must outlive the result. Verbs are recognised without case
/// (section 2.4).
Command parse_command(std::string_view line);

enum class BodyType { unspecified, seven_bit, eight_bit_mime };  ///< RFC 6152

/// Parameters of MAIL. DSN (RET, ENVID) and SMTPUTF8 get their members here.
struct MailParameters {
  std::optional<std::uint64_t> size_bytes;  ///< SIZE=, declared (RFC 1870)
  BodyType body = BodyType::unspecified;    ///< BODY= (RFC 6152)

  friend bool operator==(const MailParameters&, const MailParameters&) = default;
};

/// One recipient with its parameters; those of DSN (NOTIFY, ORCPT) get their members here.
struct Recipient {
  Path path;

  friend bool operator==(const Recipient&, const Recipient&) = default;
};

struct MailCommand {
  Path reverse_path;
  MailParameters parameters;
};

/// The argument of MAIL, "FROM:<…> SIZE=…", or the reply that refuses it: 501, 555.
std::variant<MailCommand, Reply> parse_mail(std::string_view argument);

/// The argument of RCPT, "TO:<…>", or the reply that refuses it: 501, 555.
std::variant<Recipient, Reply> parse_rcpt(std::string_view argument);

}  // namespace sealgate::smtp
