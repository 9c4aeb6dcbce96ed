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

#include "reference/smtp/dsn.hpp"
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

/// Parameters of MAIL.
struct MailParameters {
  std::optional<std::uint64_t> size_bytes;  ///< SIZE=, declared (RFC 1870)
  BodyType body = BodyType::unspecified;    ///< BODY= (RFC 6152)
  bool smtp_utf8 = false;                   ///< SMTPUTF8 (RFC 6531)
  Return ret = Return::unspecified;         ///< RET= (RFC 3461)
  std::string envelope_id = {};             ///< ENVID=, in xtext; empty: not given

  friend bool operator==(const MailParameters&, const MailParameters&) = default;
};

/// One recipient with its parameters.
struct Recipient {
  Path path;
  Notify notify = {};                   ///< NOTIFY= (RFC 3461)
  std::string original_recipient = {};  ///< ORCPT=, in xtext; empty: not given

  friend bool operator==(const Recipient&, const Recipient&) = default;
};

struct MailCommand {
  Path reverse_path;
  MailParameters parameters;
};

/// The argument of MAIL, "FROM:<…> SIZE=…", or the reply that refuses it: 501, 553 for an
/// internationalised address without SMTPUTF8 (RFC 6531 section 3.5), 555.
std::variant<MailCommand, Reply> parse_mail(std::string_view argument);

/// The argument of RCPT, "TO:<…> NOTIFY=…", or the reply that refuses it: 501, 553, 555.
/// `smtp_utf8`: MAIL said so.
std::variant<Recipient, Reply> parse_rcpt(std::string_view argument, bool smtp_utf8 = false);

}  // namespace sealgate::smtp
