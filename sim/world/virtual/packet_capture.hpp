// A run's network traffic as a pcapng file that Wireshark opens decrypted, without any option.
//
// The trace holds bytes and times of what crossed the simulated wire; what a capture has besides
// (handshakes, sequence and acknowledgement numbers, checksums, FIN and RST) is synthesised here.
// Each packet carries the time at which it left its sender, so that frames and trace events match;
// an acknowledgement covers only what had arrived by then.
//
// Not synthesised: retransmissions (the simulated wire loses no segment), window updates (the trace
// does not say when a program reads; the window shown is constant and never full), the SYN of a
// connection that nobody answered at its own time (it stands where the caller gave up).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/trace/event.hpp"

namespace sealcheck::world {

/// One section, one interface (LINKTYPE_RAW, nanoseconds). `tls_secrets` are NSS key log lines and
/// become one Decryption Secrets Block before all packets; with none there is no such block.
/// `wall_epoch_ns` is UTC at the trace's time 0, `latency_ns` the link's one-way latency. Never
/// fails: an event whose addresses cannot be read is left out.
std::string to_pcapng(const std::vector<trace::Event>& events, const std::string& tls_secrets,
                      std::int64_t wall_epoch_ns, std::int64_t latency_ns = 1'000'000);

}  // namespace sealcheck::world
