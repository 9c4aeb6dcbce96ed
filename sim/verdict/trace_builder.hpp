// For the judges' tests: a plan of two messages, and traces written by hand in the vocabulary of
// the world, the peers and the engine. Hosts are named; their addresses follow from the names.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/plan/plan.hpp"
#include "sim/trace/event.hpp"
#include "sim/verdict/verdict.hpp"

namespace sealcheck::verdict {

inline const std::string gateway = "gw.corp.test";
inline const std::string office = "pc.corp.test";
inline const std::string other_office = "pc2.corp.test";
inline const std::string partner = "mx.partner.test";

inline const std::string subject_canary = "qwertzuiopasdfghjkly";
inline const std::string body_canary = "mnbvcxylkjhgfdsapoiu";

/// m1 must be sealed beyond the gateway; m2 need not be. Their senders and recipients differ.
inline plan::Plan two_messages() {
  plan::Plan plan;
  plan.place.position = "scenarios/x.scn:1:1";
  plan.gateway.name = gateway;
  plan.origins = {{office, "192.0.2.10", true}, {other_office, "192.0.2.11", true}};
  plan::Message m1;
  m1.name = "m1";
  m1.sender = "alice@corp.test";
  m1.recipients = {"bob@partner.test"};
  m1.message_id = "<m1@corp.test>";
  m1.content = "Subject: " + subject_canary + "\r\n\r\n" + body_canary + "\r\n";
  m1.sealed_beyond = plan::Boundary::gateway;
  m1.canaries = {{"subject", subject_canary},
                 {"body", body_canary},
                 {"sender", "alice@corp.test"},
                 {"recipient", "bob@partner.test"}};
  m1.origin = office;
  m1.place.position = "scenarios/x.scn:5:3";
  plan::Message m2;
  m2.name = "m2";
  m2.sender = "carol@corp.test";
  m2.recipients = {"dave@partner.test"};
  m2.content = "Subject: lunch\r\n\r\nAt noon?\r\n";
  m2.canaries = {{"sender", m2.sender}, {"recipient", "dave@partner.test"}};
  m2.origin = office;
  m2.place.position = "scenarios/x.scn:6:3";
  plan.messages = {m1, m2};
  return plan;
}

/// two_messages(), with an encryption server; m1 must be sealed beyond it.
inline const std::string sealer = "es.corp.test";
inline plan::Plan two_messages_and_a_server() {
  plan::Plan plan = two_messages();
  plan::Mx server;
  server.name = sealer;
  server.address = "192.0.2.40";
  server.way_on_address = "198.51.100.200";
  server.encryption.emplace();
  plan.mxs = {server};
  plan.messages[0].sealed_beyond = plan::Boundary::encryption_group;
  return plan;
}

/// two_messages(), with the hybrid service; m1 must be sealed beyond it.
inline const std::string service = "in.hybrid.test";
inline plan::Plan two_messages_and_a_service() {
  plan::Plan plan = two_messages();
  plan.cloud.emplace();
  plan.cloud->name = service;
  plan.cloud->address = "203.0.113.250";
  plan.messages[0].sealed_beyond = plan::Boundary::cloud;
  return plan;
}

class TraceBuilder {
 public:
  using Fields = std::vector<trace::Field>;

  TraceBuilder& at_ms(std::int64_t ms) {
    now_ns_ = ms * 1'000'000;
    return *this;
  }

  TraceBuilder& record(const std::string& actor, const std::string& kind, Fields fields = {},
                       std::string payload = {}) {
    events_.push_back(
        {events_.size(), now_ns_, actor, kind, std::move(fields), std::move(payload)});
    return *this;
  }

  /// One TCP segment of connection 3, or of the given one, from one host to the other.
  TraceBuilder& data(const std::string& from, const std::string& to, const std::string& bytes,
                     int connection = 3) {
    std::size_t& offset = sent_[{connection, from}];
    record(from, "tcp.data",
           {{"connection", std::to_string(connection)},
            {"from", from + ":1"},
            {"to", to + ":2"},
            {"peer", to},
            {"offset", std::to_string(offset)}},
           bytes);
    offset += bytes.size();
    return *this;
  }

  TraceBuilder& datagram(const std::string& from, const std::string& to, const std::string& bytes) {
    return record(from, "udp.datagram", {{"from", from + ":1"}, {"to", to + ":53"}, {"peer", to}},
                  bytes);
  }

  TraceBuilder& log(const std::string& host, const std::string& text) {
    return record(host, "host.log", {{"severity", "info"}, {"component", "smtp"}, {"text", text}});
  }

  TraceBuilder& submitted(const std::string& message, const std::string& recipient,
                          const std::string& code = "250", const std::string& result = "accepted") {
    record(office, "sender.recipient",
           {{"message", message}, {"recipient", recipient}, {"code", code}});
    return record(office, "sender.done",
                  {{"message", message}, {"result", result}, {"code", code}, {"text", ""}});
  }

  /// One event of the peer's session 1, or of the given one.
  TraceBuilder& session(const std::string& peer, const std::string& kind, Fields fields,
                        int connection = 1) {
    fields.insert(fields.begin(), {"connection", std::to_string(connection)});
    return record(peer, kind, std::move(fields));
  }

  TraceBuilder& received(const std::string& peer, const std::string& message,
                         const std::string& recipient, const std::string& reply = "250 2.0.0 OK",
                         int connection = 1) {
    return session(peer, "smtp.message",
                   {{"to", recipient}, {"reply", reply}, {"message", message}}, connection);
  }

  /// Each entry: message and recipient.
  TraceBuilder& queue(std::initializer_list<std::pair<std::string, std::string>> entries) {
    record(gateway, "sut.queue", {{"at", "end"}, {"entries", std::to_string(entries.size())}});
    for (const auto& [message, recipient] : entries)
      record(gateway, "sut.queue-entry",
             {{"message", message}, {"recipient", recipient}, {"state", "delayed"}});
    return *this;
  }

  const std::vector<trace::Event>& events() const { return events_; }

 private:
  std::vector<trace::Event> events_;
  std::int64_t now_ns_ = 0;
  std::map<std::pair<int, std::string>, std::size_t> sent_;
};

/// "pass", or "fail fail": the verdicts in their order.
inline std::string verdicts(const std::vector<Assertion>& assertions) {
  std::string words;
  for (const Assertion& assertion : assertions)
    words += (words.empty() ? "" : " ") + std::string(to_word(assertion.verdict));
  return words;
}

}  // namespace sealcheck::verdict
