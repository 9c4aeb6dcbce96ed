// What a block of a mail exchanger says of one of its phases.
#include <algorithm>
#include <cctype>
#include <map>

#include "sim/dsl/fault_words.hpp"
#include "sim/dsl/vocabulary.hpp"
#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

constexpr std::int64_t raw_bytes_max = 10'000'000;

void read_starttls(MxPhase& phase, const Node& node) {
  static const std::map<std::string, StartTls> ways{
      {"works", StartTls::works},
      {"not-offered", StartTls::not_offered},
      {"only-in-greeting", StartTls::only_in_greeting},
      {"refused", StartTls::refused},
      {"alert", StartTls::alert},
      {"eof", StartTls::eof},
      {"reset", StartTls::reset},
      {"stall", StartTls::stall},
      {"garbage", StartTls::garbage},
      {"plaintext", StartTls::plaintext}};
  phase.starttls = ways.at(node.text("way"));
  if (node.has("code")) phase.refusal_code = static_cast<int>(node.integer("code"));
  phase.refusal_enhanced = node.text_or("enhanced", "");
  phase.refusal_text = node.text_or("text", "");
  phase.alert = node.text_or("alert", "");
  phase.after_client_hello = node.has("late");
  if (node.has("bytes")) phase.starttls_bytes = node.text("bytes");
}

void read_offers(MxOffers& offers, const Node& node) {
  const bool state = !node.has("no");
  for (const std::string& keyword : node.texts("keyword")) {
    if (keyword == "dsn") offers.dsn = state;
    if (keyword == "smtputf8") offers.smtputf8 = state;
    if (keyword == "8bitmime") offers.eight_bit_mime = state;
    if (keyword == "size") offers.size = state;
    if (keyword == "pipelining") offers.pipelining = state;
    if (keyword == "enhanced-status-codes") offers.enhanced_status_codes = state;
  }
}

bool read_tls(MxTls& tls, const Node& node) {
  if (node.is("tls-at-most")) {
    tls.at_most = node.text("version");
  } else if (node.is("tls-at-least")) {
    tls.at_least = node.text("version");
  } else if (node.is("tls-ciphers")) {
    tls.ciphers = node.text("list");
  } else if (node.is("tls-suites")) {
    tls.suites = node.text("list");
  } else if (node.is("tls-tickets")) {
    tls.tickets = node.text("state") == "on";
  } else if (node.is("client-certificate")) {
    tls.client_certificate = node.text("how");
  } else {
    return false;
  }
  return true;
}

bool read_limits(MxPhase& phase, const Node& node) {
  if (node.is("takes") && node.has("size")) {
    phase.message_bytes_max = static_cast<std::size_t>(node.size("size"));
  } else if (node.is("takes")) {
    phase.recipients_max = static_cast<std::size_t>(node.integer("recipients"));
  } else if (node.is("reads")) {
    phase.read_bytes = static_cast<std::size_t>(std::max<std::int64_t>(node.size("size"), 1));
    phase.read_pause_ns = node.duration("pause").count();
  } else if (node.is("hands-back")) {
    phase.hand_backs_max = node.has("times") ? static_cast<int>(node.integer("times")) : -1;
  } else {
    return false;
  }
  return true;
}

MxAuth auth_of(const Node& node) {
  MxAuth auth{node.text("how"), node.text("user"), node.text("password"), node.texts("mechanism")};
  for (std::string& mechanism : auth.mechanisms)
    for (char& c : mechanism) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return auth;
}

StepFault::Kind kind_of(const Node& node) {
  using Kind = StepFault::Kind;
  if (node.is("raw-reply")) return Kind::raw;
  if (node.is("endless-reply")) return Kind::endless;
  if (node.is("deaf")) return Kind::deaf;
  if (node.is("delay")) return Kind::delay;
  if (!node.is("breaks")) return Kind::reply;
  const std::string& how = node.text("how");
  return how == "disconnects" ? Kind::disconnect : how == "resets" ? Kind::reset : Kind::stall;
}

}  // namespace

StepFault PlanBuilder::step_fault(const Node& node) {
  StepFault fault;
  fault.verb = node.text("verb");
  fault.kind = kind_of(node);
  if (node.has("code")) fault.code = static_cast<int>(node.integer("code"));
  fault.enhanced = node.text_or("enhanced", "");
  fault.lines = node.texts("text");
  if (fault.lines.empty()) fault.lines = {"as told"};
  if (node.has("bytes")) fault.bytes = node.text("bytes");
  if (node.has("times")) {
    const std::int64_t times = node.integer("times");
    const auto size = static_cast<std::int64_t>(std::max<std::size_t>(fault.bytes.size(), 1));
    if (times < 1 || times > raw_bytes_max / size) {
      diagnostics_.error(node.span("times"), "so many octets are no reply",
                         "10 MB are the most; endlessly has no limit");
      return fault;
    }
    const std::string once = fault.bytes;
    for (std::int64_t n = 1; n < times; ++n) fault.bytes += once;
  }
  if (node.has("delay")) fault.delay_ns = node.duration("delay").count();
  fault.naming = node.text_or("argument", "");
  if (node.has("nth")) fault.nth = static_cast<unsigned>(*dsl::ordinal(node.text("nth")));
  if (node.has("first")) {
    fault.first = static_cast<unsigned>(node.integer("first"));
    if (node.integer("first") < 1)
      diagnostics_.error(node.span("first"), "that is never", "leave the line out");
  }
  return fault;
}

MxPhase PlanBuilder::mx_phase(const Node& node, std::string_view section) {
  const syntax::Vocabulary& vocabulary = dsl::scenario_vocabulary();
  MxPhase phase;
  for (const Node& child : node.children()) {
    if (!vocabulary.section("mx")->find(child.id())) {
      if (!vocabulary.section(section)->find(child.id()))
        diagnostics_.error(child.span(), "this peer is none that this could be said of",
                           "leave the line out");
    } else if (child.is("starttls")) {
      read_starttls(phase, child);
    } else if (child.is("certificate")) {
      phase.certificate = child.text("kind");
    } else if (child.is("auth")) {
      phase.auth = auth_of(child);
    } else if (child.is("offers")) {
      read_offers(phase.offers, child);
    } else if (!read_tls(phase.tls, child) && !read_limits(phase, child)) {
      phase.faults.push_back(step_fault(child));
    }
    if (child.has("code") && (child.integer("code") < 200 || child.integer("code") > 599))
      diagnostics_.error(child.span("code"), "a reply code lies between 200 and 599");
  }
  return phase;
}

}  // namespace sealcheck::plan
