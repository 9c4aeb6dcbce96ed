// For tests only: a writer of DNS messages that shares no code with the decoder (plain RFC 1035,
// without compression). Record types are the registry's numbers.
#pragma once

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sealgate::routing::test {

inline std::string u16(unsigned value) {
  return {static_cast<char>(value >> 8 & 0xff), static_cast<char>(value & 0xff)};
}

inline std::string wire_name(std::string_view name) {
  std::string wire;
  while (!name.empty()) {
    const auto label = name.substr(0, name.find('.'));
    wire += static_cast<char>(label.size());
    wire += label;
    name.remove_prefix(std::min(name.size(), label.size() + 1));
  }
  return wire + '\0';
}

inline std::string wire_record(std::string_view name, unsigned type, unsigned ttl_s,
                               std::string_view data) {
  return wire_name(name) + u16(type) + u16(1) + u16(ttl_s >> 16) + u16(ttl_s & 0xffff) +
         u16(static_cast<unsigned>(data.size())) + std::string(data);
}

inline std::string a_record(std::string_view name, std::string_view address, unsigned ttl_s = 300) {
  const auto bytes = boost::asio::ip::make_address_v4(address).to_bytes();
  return wire_record(name, 1, ttl_s, std::string(bytes.begin(), bytes.end()));
}
inline std::string aaaa_record(std::string_view name, std::string_view address) {
  const auto bytes = boost::asio::ip::make_address_v6(address).to_bytes();
  return wire_record(name, 28, 300, std::string(bytes.begin(), bytes.end()));
}
inline std::string mx_record(std::string_view name, unsigned preference, std::string_view target) {
  return wire_record(name, 15, 300, u16(preference) + wire_name(target));
}
inline std::string cname_record(std::string_view name, std::string_view target,
                                unsigned ttl_s = 300) {
  return wire_record(name, 5, ttl_s, wire_name(target));
}
inline std::string soa_record(std::string_view name, unsigned ttl_s, unsigned minimum_s) {
  return wire_record(name, 6, ttl_s,
                     wire_name("ns.test") + wire_name("root.test") + std::string(16, '\1') +
                         u16(minimum_s >> 16) + u16(minimum_s & 0xffff));
}

struct ReplyParts {
  unsigned rcode = 0;
  bool truncated = false;
  std::vector<std::string> answers;
  std::vector<std::string> authority;
};

/// A reply to (id, name, type) with these records.
inline std::string wire_reply(unsigned id, std::string_view name, unsigned type,
                              const ReplyParts& parts) {
  const unsigned flags = 0x8180 | (parts.truncated ? 0x0200 : 0) | parts.rcode;
  std::string wire = u16(id) + u16(flags) + u16(1) +
                     u16(static_cast<unsigned>(parts.answers.size())) +
                     u16(static_cast<unsigned>(parts.authority.size())) + u16(0);
  wire += wire_name(name) + u16(type) + u16(1);
  for (const auto& record : parts.answers) wire += record;
  for (const auto& record : parts.authority) wire += record;
  return wire;
}

}  // namespace sealgate::routing::test
