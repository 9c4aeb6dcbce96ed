// What a fake mail exchanger is like in one phase of a scenario. Data only.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/core/auth_server.hpp"
#include "fakes/core/certificate.hpp"
#include "fakes/core/fault_table.hpp"
#include "fakes/core/lab_ca.hpp"
#include "fakes/core/tls_context.hpp"
#include "reference/host/endpoint.hpp"

namespace fakes {

class MxService;

/// What happens at STARTTLS (RFC 3207). Behaviours that are no more than an answer, such as an EHLO
/// that is refused, belong to the fault table instead.
enum class StartTlsBehaviour {
  works,
  not_offered,  ///< not in the EHLO reply; the command answers 502
  in_greeting,  ///< as not_offered, but the greeting's text has the word (RFC 5321: it says
                ///< nothing)
  refused,      ///< offered, then answered with `refusal`
  alert,        ///< 220, then a fatal alert in answer to the ClientHello
  eof,          ///< 220, then FIN
  reset,        ///< 220, then RST
  stall,        ///< 220, then nothing: the ClientHello is read and never answered
  garbage,      ///< 220, then `bytes` in answer to the ClientHello, then FIN
  plaintext,    ///< 220 and `bytes` in one piece, then a handshake that works
};

std::string_view to_string(StartTlsBehaviour behaviour);

struct StartTls {
  StartTlsBehaviour behaviour = StartTlsBehaviour::works;
  Reply refusal{454, "4.7.0", {"TLS not available due to temporary reason"}};
  std::uint8_t alert = 40;          ///< handshake_failure
  bool after_client_hello = false;  ///< eof and reset: only once the ClientHello has come
  std::string bytes = "HTTP/1.1 400 Bad Request\r\n\r\n";
};

/// The EHLO keywords, apart from STARTTLS.
struct Offers {
  bool pipelining = true;
  bool size = true;  ///< with MxConfig::message_bytes_max
  bool eight_bit_mime = true;
  bool enhanced_status_codes = true;
  bool dsn = false;
  bool smtputf8 = false;
};

/// Reads so much and then pauses, again and again; 0: reads whatever there is.
struct ReadPace {
  std::size_t bytes = 0;
  host::Duration pause{0};
};

struct MxConfig {
  std::string name;                      ///< host name, and the actor in observations
  std::vector<std::string> domains;      ///< in lower case; mail for any other is answered 550
  std::vector<host::Address> addresses;  ///< read by start() only
  std::uint16_t port = 25;               ///< read by start() only
  StartTls starttls = {};
  TlsOptions tls = {};
  CertificateSpec certificate = {};  ///< without any name: certificate_for(name)
  /// In place of that one, issued by `ca`; not known without one.
  std::optional<CertificateKind> certificate_kind = {};
  std::shared_ptr<LabCa> ca = {};
  Offers offers = {};
  std::optional<AuthConfig> auth = {};
  bool auth_required = false;  ///< without it MAIL is answered 530
  FaultTable faults = {};
  ReadPace read_pace = {};
  std::size_t message_bytes_max = 32 * 1024 * 1024;
  std::size_t recipients_max = 10'000;
  bool relays = false;                      ///< takes mail for every domain
  bool requires_tls = false;                ///< 530 before STARTTLS (RFC 3207 section 4)
  std::shared_ptr<MxService> service = {};  ///< decides in its place; none: it takes what it can
  int hand_backs_max = 0;  ///< so many accepted messages go back to their client; -1: all
  bool hands_on = false;   ///< each accepted message goes to the Mx's MailSink
  /// That too whose final dot a fault leaves without an answer, though it is not refused.
  bool hands_on_unanswered = false;
  host::Duration idle_timeout = std::chrono::minutes(5);  ///< RFC 5321 section 4.5.3.2.7
};

}  // namespace fakes
