#include "sim/world/virtual/packet_capture_blocks.hpp"

namespace sealcheck::world::capture {
namespace {

constexpr std::size_t option_bytes_max = 65535;

// Block types, section 4.
constexpr std::uint32_t section_header = 0x0A0D0D0A;
constexpr std::uint32_t interface_description = 1;
constexpr std::uint32_t name_resolution = 4;
constexpr std::uint32_t enhanced_packet = 6;
constexpr std::uint32_t decryption_secrets = 10;

constexpr std::uint32_t byte_order_magic = 0x1A2B3C4D;
constexpr std::uint16_t linktype_raw = 101;
constexpr std::uint32_t tls_key_log = 0x544c534b;  // "TLSK"

// Options: 0 and 1 are of every block, the rest of the one named.
constexpr std::uint16_t end_of_options = 0;
constexpr std::uint16_t comment_option = 1;
constexpr std::uint16_t section_application = 4;
constexpr std::uint16_t interface_name_option = 2;
constexpr std::uint16_t interface_resolution = 9;

void put_u16(std::string& into, std::uint16_t value) {
  into += static_cast<char>(value & 0xff);
  into += static_cast<char>(value >> 8);
}

void put_u32(std::string& into, std::uint32_t value) {
  put_u16(into, static_cast<std::uint16_t>(value & 0xffff));
  put_u16(into, static_cast<std::uint16_t>(value >> 16));
}

void put_padded(std::string& into, std::string_view value) {
  into += value;
  into.append((4 - value.size() % 4) % 4, '\0');
}

// Options and name records share one shape.
void put_option(std::string& into, std::uint16_t code, std::string_view value) {
  value = value.substr(0, option_bytes_max);
  put_u16(into, code);
  put_u16(into, static_cast<std::uint16_t>(value.size()));
  put_padded(into, value);
}

}  // namespace

PcapngFile::PcapngFile(std::string_view section_comment, std::string_view interface_name) {
  std::string section;
  put_u32(section, byte_order_magic);
  put_u16(section, 1);  // version 1.0
  put_u16(section, 0);
  put_u32(section, 0xffffffff);  // section length not given
  put_u32(section, 0xffffffff);
  put_option(section, comment_option, section_comment);
  put_option(section, section_application, "sealcheck");
  put_option(section, end_of_options, {});
  add_block(section_header, section);

  std::string interface;
  put_u16(interface, linktype_raw);
  put_u16(interface, 0);
  put_u32(interface, 0);  // packets of any length
  put_option(interface, interface_name_option, interface_name);
  put_option(interface, interface_resolution, "\x09");  // 10^-9 s
  put_option(interface, end_of_options, {});
  add_block(interface_description, interface);
}

void PcapngFile::add_tls_secrets(std::string_view key_log) {
  std::string body;
  put_u32(body, tls_key_log);
  put_u32(body, static_cast<std::uint32_t>(key_log.size()));
  put_padded(body, key_log);
  add_block(decryption_secrets, body);
}

void PcapngFile::add_names(const std::map<host::Address, std::string>& names) {
  std::string body;
  for (const auto& [address, name] : names) {
    std::string record;
    const auto append = [&record](const auto& bytes) { record.append(bytes.begin(), bytes.end()); };
    if (address.is_v4()) {
      append(address.to_v4().to_bytes());
    } else {
      append(address.to_v6().to_bytes());
    }
    record += name;
    record += '\0';
    put_option(body, address.is_v4() ? 1 : 2, record);
  }
  put_option(body, end_of_options, {});  // the end of the records
  add_block(name_resolution, body);
}

void PcapngFile::add_packet(std::int64_t wall_ns, std::string_view packet,
                            std::string_view comment) {
  const auto ticks = static_cast<std::uint64_t>(wall_ns);
  const auto length = static_cast<std::uint32_t>(packet.size());
  std::string body;
  body.reserve(packet.size() + comment.size() + 40);
  put_u32(body, 0);  // the only interface
  put_u32(body, static_cast<std::uint32_t>(ticks >> 32));
  put_u32(body, static_cast<std::uint32_t>(ticks));
  put_u32(body, length);  // captured
  put_u32(body, length);  // on the wire
  put_padded(body, packet);
  if (!comment.empty()) {
    put_option(body, comment_option, comment);
    put_option(body, end_of_options, {});
  }
  add_block(enhanced_packet, body);
}

void PcapngFile::add_block(std::uint32_t type, std::string_view body) {
  const auto length = static_cast<std::uint32_t>(12 + body.size());
  put_u32(bytes_, type);
  put_u32(bytes_, length);
  bytes_ += body;
  put_u32(bytes_, length);
}

}  // namespace sealcheck::world::capture
