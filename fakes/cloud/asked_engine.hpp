// An engine that is a program of its own, asked over TCP: one connection for each message, a whole
// question, an answer that ends with the connection. What is asked and what the answer means is a
// protocol, which is pure: clamd_protocol.hpp, spamd_protocol.hpp.
//
// The whole exchange has the caller's deadline. Nothing is asked about a message above
// `message_octets_max`: that fails with limit_reached.
#pragma once

#include <string>

#include "fakes/cloud/analysis_engine.hpp"
#include "reference/host/host.hpp"

namespace fakes {

struct AnalysisProtocol {
  std::string_view name;
  std::string (*question)(std::string_view message);
  /// The answer is all that the program sent.
  host::Result<Analysis> (*read_answer)(std::string_view answer);
};

class AskedEngine final : public AnalysisEngine {
 public:
  /// `host` outlives it.
  AskedEngine(host::Host& host, const AnalysisProtocol& protocol, host::Endpoint server,
              std::size_t message_octets_max = 64 * 1024 * 1024);

  std::string_view name() const override { return protocol_.name; }
  boost::asio::awaitable<host::Result<Analysis>> analyse(const std::string& message,
                                                         host::MonoTime deadline) override;

 private:
  host::Host& host_;
  AnalysisProtocol protocol_;
  host::Endpoint server_;
  std::size_t message_octets_max_;
};

}  // namespace fakes
