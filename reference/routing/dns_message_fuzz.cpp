// Any octets as the reply to a DNS query: bounded, well-formed names, or a reason not to look.
//
// The first octet chooses the question and whether the reply came over TCP; the rest is the reply,
// whose id is made to fit.
#include <cstdint>
#include <cstdlib>

#include "reference/routing/dns_message.hpp"

namespace {

using namespace sealgate::routing;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_name(const std::string& name) {
  require(name.empty() || normal_name(name) == name);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  constexpr RecordType types[] = {RecordType::mx, RecordType::a, RecordType::aaaa, RecordType::ptr};
  const Question question{"partner.test", types[data[0] & 3]};
  const bool over_tcp = data[0] & 4;
  std::string wire(reinterpret_cast<const char*>(data) + 1, size - 1);
  wire[0] = 0x12;
  wire[1] = 0x34;
  const auto limit = over_tcp ? tcp_bytes_max : datagram_bytes_max;
  const auto reply = decode_reply(wire, 0x1234, question, limit);
  if (!reply) return 0;
  require(wire.size() <= limit && reply->answers.size() <= 256);
  for (const auto& record : reply->answers) {
    check_name(record.name);
    check_name(record.target);
    require(record.ttl_s <= 0x7fffffff);
  }
  return 0;
}
