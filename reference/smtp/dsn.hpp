// What a sender asks for about delivery status notifications (RFC 3461): RET and ENVID of a
// message, NOTIFY and ORCPT of a recipient. Values; ENVID and ORCPT are held as they came, in
// xtext, because that is how they go on to the next server and into the queue.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sealgate::smtp {

/// RET= (section 4.3): how much of the message a report of a failure returns.
enum class Return { unspecified, full, headers };
std::string_view to_word(Return ret);  ///< "", "FULL", "HDRS"
/// In any letter case; "" is unspecified.
std::optional<Return> parse_return(std::string_view text);

/// NOTIFY= (section 4.1). Not given: a failure is told, a delay may be.
struct Notify {
  bool given = false;
  bool success = false;
  bool failure = false;
  bool delay = false;

  bool tells_failure() const { return !given || failure; }
  bool tells_delay() const { return !given || delay; }

  friend bool operator==(const Notify&, const Notify&) = default;
};
std::string to_text(const Notify& notify);  ///< "", "NEVER", "SUCCESS,DELAY"
/// NEVER stands alone; a word given twice counts once. "" is: not given.
std::optional<Notify> parse_notify(std::string_view text);

/// xtext (section 4): printable ASCII; '+', '=' and the rest as "+" and two hexadecimal digits.
bool is_xtext(std::string_view text);
std::string decode_xtext(std::string_view text);

/// ENVID= (section 4.4): xtext of at most 100 octets.
bool is_envelope_id(std::string_view text);

/// ORCPT= (section 4.2): "rfc822;bob@partner.test", an atom and xtext of at most 500 octets in all;
/// after "utf-8;" raw UTF-8 too (RFC 6533 section 3).
bool is_original_recipient(std::string_view text);

}  // namespace sealgate::smtp
