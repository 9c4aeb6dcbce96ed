#include "sim/trace/trace.hpp"

#include <fmt/format.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <boost/endian/buffers.hpp>

namespace sealcheck::trace {

// Numbers as eight bytes, the lowest first; strings behind their lengths.
class Trace::Digest {
 public:
  Digest() { XXH3_128bits_reset(&state_); }

  void add(const Event& event) {
    bytes_.clear();
    put(static_cast<std::uint64_t>(event.at_ns));
    put(event.actor);
    put(event.kind);
    put(event.fields.size());
    for (const auto& [key, value] : event.fields) {
      put(key);
      put(value);
    }
    put(event.payload.size());
    XXH3_128bits_update(&state_, bytes_.data(), bytes_.size());
    XXH3_128bits_update(&state_, event.payload.data(), event.payload.size());
  }

  std::string hex() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(&state_);
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
  }

 private:
  void put(std::uint64_t number) {
    const boost::endian::little_uint64_buf_t bytes(number);
    bytes_.append(reinterpret_cast<const char*>(bytes.data()), sizeof bytes);
  }
  void put(std::string_view text) {
    put(std::uint64_t{text.size()});
    bytes_.append(text);
  }

  XXH3_state_t state_;
  std::string bytes_;  // of the last event, without its payload
};

Trace::Trace() : now_ns_([] { return std::int64_t{0}; }), digest_(std::make_unique<Digest>()) {}
Trace::~Trace() = default;

const Event& Trace::record(std::string actor, std::string kind, std::vector<Field> fields,
                           std::string payload) {
  Event& event = events_.emplace_back();
  event.sequence = events_.size() - 1;
  event.at_ns = now_ns_();
  event.actor = std::move(actor);
  event.kind = std::move(kind);
  event.fields = std::move(fields);
  event.payload = std::move(payload);
  digest_->add(event);
  bytes_held_ += sizeof(Event) + event.actor.size() + event.kind.size() + event.payload.size();
  for (const auto& [key, value] : event.fields) bytes_held_ += key.size() + value.size() + 2;
  return event;
}

std::string Trace::hash() const {
  return digest_->hex();
}

}  // namespace sealcheck::trace
