// One connection to one mail host's address, one message or several in turn over it: performs what
// smtp::ClientSession asks for and says in one word what went wrong. Internal to this folder.
//
// It decides nothing but whether the TLS that was negotiated is acceptable (RUL-01), which is
// Decisions' word. Without acceptable TLS, where it is required, neither envelope nor content is
// sent and the connection is closed (TLS-M-02, TLS-M-03). Deadlines are RFC 5321's, section
// 4.5.3.2, for each reply as a whole. stop() ends every wait at once.
//
// All calls on the executor on which the first deliver() was made, each awaited before the next.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "reference/encryption/tls_failure.hpp"
#include "reference/gateway/core.hpp"
#include "reference/smtp/client_session.hpp"

namespace sealgate::gateway {

struct Target {
  std::string host;  ///< for SNI, the certificate's name and the log; may be an address
  host::Endpoint endpoint;

  friend bool operator==(const Target&, const Target&) = default;
};

struct TlsDemand {
  smtp::TlsUse use = smtp::TlsUse::never;
  settings::TlsLevel level = settings::TlsLevel::encrypt;
  bool client_certificate = false;  ///< the gateway's own is shown to a peer that asks for one
  std::optional<settings::ServerLogin> login = {};  ///< said before the first message

  friend bool operator==(const TlsDemand&, const TlsDemand&) = default;
};

struct ConnectionResult {
  smtp::Outcome outcome;                       ///< one result for each recipient, in any case
  std::optional<encryption::Failure> failure;  ///< of the connection or session as a whole
  std::string detail;                          ///< of the failure, one line for people
  std::string tls;                             ///< protocol and cipher; empty: none was established
  /// The peer had given up a connection that carried a message before. It took nothing of this one,
  /// which belongs on a new connection, at once.
  bool stale = false;
};

class ClientConnection {
 public:
  ClientConnection(CorePtr core, ConfigurationPtr configuration, Target target, TlsDemand demand);

  /// Connects first, the first time. Later only while serves().
  boost::asio::awaitable<ConnectionResult> deliver(smtp::OutgoingMessage message);

  /// It is open and would carry another message to this host at this level just so.
  bool serves(const ConfigurationPtr& configuration, const TlsDemand& demand) const;
  const Target& target() const { return target_; }
  int messages() const { return messages_; }

  /// In order, where it is open.
  boost::asio::awaitable<void> quit();

 private:
  boost::asio::awaitable<host::ErrorCode> connect();
  boost::asio::awaitable<void> converse();
  boost::asio::awaitable<void> read(smtp::Phase phase);
  boost::asio::awaitable<void> write(std::string bytes);
  boost::asio::awaitable<void> start_tls();
  void lose(host::ErrorCode error);
  void refuse_tls(encryption::Failure failure, std::string reason);
  void note(const smtp::SessionFailure& failure);
  encryption::Failure name(const smtp::SessionFailure& failure) const;
  encryption::Failure name(smtp::TlsFailure failure) const;
  encryption::Failure name(smtp::AuthFailure failure) const;
  bool refused_our_certificate(const smtp::SessionFailure& failure) const;

  CorePtr core_;
  host::Host& host_;
  ConfigurationPtr configuration_;
  Target target_;
  TlsDemand demand_;
  smtp::ClientSession session_;
  ConnectionResult result_;
  std::string tls_;  // of the connection
  int messages_ = 0;
  std::size_t replies_seen_ = 0;
  std::optional<host::MonoTime> reply_due_;
  host::ErrorCode channel_error_;
  encryption::Failure handshake_failure_ = encryption::Failure::handshake_failed;
  std::unique_ptr<host::Stream> stream_;
  OpenStreams::Leash leash_;  // before the stream in destruction
};

}  // namespace sealgate::gateway
