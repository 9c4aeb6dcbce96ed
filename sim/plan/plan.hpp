// A scenario with nothing left to decide: rows expanded, every name, address, default and deadline
// resolved. Made by make_plans(), immutable afterwards; the engine runs it, the judges read it.
//
// Plain values throughout: a plan knows no gateway, no fake and no world. All times are in ns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/plan/cast.hpp"
#include "sim/plan/message.hpp"
#include "sim/plan/path.hpp"
#include "sim/plan/script.hpp"

namespace sealcheck::plan {

/// What the run may use up before it counts as one that never ends.
struct Budget {
  std::uint64_t events_max = 1'000'000;                         ///< tasks and timers of the world
  std::int64_t virtual_ns_max = 30LL * 86'400 * 1'000'000'000;  ///< 30 days
  std::size_t trace_bytes_max = 512 * 1024 * 1024;
  std::int64_t wall_ns_max = 120LL * 1'000'000'000;
};

/// A run of the crash sweep: the gateway loses power there, counted from the world's start, and is
/// started again. No scenario says this; nth 0: it never does, and the operations are counted.
struct Sweep {
  DiskMoment moment;
  std::uint64_t outcome = 0;  ///< which of the disks that the power loss may leave
};

struct Plan {
  std::string id;  ///< "scenarios/tls/x.scn", with "#2" for its second row
  std::string file;
  std::string title;
  Place place;
  std::vector<std::string> requirements;
  std::vector<std::string> tags;
  std::string sut = "sealgate";
  std::optional<std::string> must_fail_with;  ///< a selftest: what a failed assertion must say
  Budget budget;
  Gateway gateway;
  DnsServer dns;
  std::optional<DnsServer> second_dns;
  std::vector<Mx> mxs;
  std::optional<Cloud> cloud;
  std::vector<Path> paths;  ///< as they are at the start; the others are quick and faultless
  std::vector<Origin> origins;
  std::vector<Recipient> recipients;
  std::vector<CertificateFile> certificate_files;
  std::vector<KeyFile> key_files;
  std::vector<Message> messages;
  DiskPhase disk;  ///< the gateway's, at its first start
  std::vector<Step> steps;
  std::optional<Sweep> sweep;

  const Message* find_message(const std::string& name) const {
    for (const Message& message : messages)
      if (message.name == name) return &message;
    return nullptr;
  }
};

/// The condition in the language's own words.
std::string to_text(const Condition& condition);
/// "the operation apply", for reports.
std::string to_text(const Admin& admin);
/// "bob@partner.test decrypts m1", for reports.
std::string to_text(const OpenSealed& open);
/// "the gateway presents another certificate of gw.corp.test", for reports.
std::string to_text(const LookAtCertificate& look);

}  // namespace sealcheck::plan
