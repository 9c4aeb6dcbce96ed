#include "reference/message/received.hpp"

#include <fmt/format.h>

#include <string_view>

namespace sealgate::message {
namespace {

/// What the client chose must stay one word of the field: no comment, no line end, no folding.
std::string tame(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    const bool harmless = c > ' ' && c <= '~' && c != '(' && c != ')' && c != '\\' && c != ';';
    if (!harmless) c = '?';
  }
  return out;
}

/// For comments, in which a space is harmless.
std::string tame_comment(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c != ' ') c = tame(std::string_view(&c, 1)).front();
  }
  return out;
}

/// RFC 3848; TLS and AUTH are extensions of ESMTP, so that "SMTPS" does not exist.
std::string_view protocol(const ReceivedStamp& stamp) {
  if (stamp.tls) return stamp.authenticated ? "ESMTPSA" : "ESMTPS";
  if (stamp.authenticated) return "ESMTPA";
  return stamp.esmtp ? "ESMTP" : "SMTP";
}

}  // namespace

std::string make_received(const ReceivedStamp& stamp) {
  const bool ipv6 = stamp.client_address.find(':') != std::string::npos;
  std::string out = fmt::format("from {} ([{}{}])", tame(stamp.client_helo), ipv6 ? "IPv6:" : "",
                                tame(stamp.client_address));
  if (stamp.tls) out += fmt::format("\r\n\t(using {})", tame_comment(*stamp.tls));
  out += fmt::format("\r\n\tby {} with {}", tame(stamp.by), protocol(stamp));
  if (!stamp.id.empty()) out += fmt::format(" id {}", tame(stamp.id));
  if (stamp.recipient) out += fmt::format("\r\n\tfor <{}>", tame(*stamp.recipient));
  out += fmt::format(";\r\n\t{}", host::to_rfc5322_date(stamp.time));
  return out;
}

std::size_t count_received(const Header& header) {
  return header.count("Received");
}

}  // namespace sealgate::message
