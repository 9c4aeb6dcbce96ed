// The blocks of a pcapng file (draft-ietf-opsawg-pcapng), written little-endian whatever the
// machine.
//
// The file has one section and one interface. The caller adds blocks in the order in which readers
// need them: secrets and names before packets. Does no I/O; take() hands over the bytes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "reference/host/endpoint.hpp"

namespace sealcheck::world::capture {

class PcapngFile {
 public:
  /// Section header and interface description: packets begin with the IP header, times are
  /// nanoseconds.
  PcapngFile(std::string_view section_comment, std::string_view interface_name);

  /// Decryption Secrets Block of NSS key log lines.
  void add_tls_secrets(std::string_view key_log);
  /// Name Resolution Block; shown by readers that were asked for names.
  void add_names(const std::map<host::Address, std::string>& names);
  /// Enhanced Packet Block; an empty comment is none. `wall_ns` counts from 1970 in UTC.
  void add_packet(std::int64_t wall_ns, std::string_view packet, std::string_view comment = {});

  std::string take() { return std::move(bytes_); }

 private:
  void add_block(std::uint32_t type, std::string_view body);

  std::string bytes_;
};

}  // namespace sealcheck::world::capture
