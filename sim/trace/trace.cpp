#include "sim/trace/trace.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace sealcheck::trace {

struct Trace::Digest {
  Digest() : context(EVP_MD_CTX_new()) {
    if (!context || EVP_DigestInit_ex(context, EVP_sha256(), nullptr) != 1)
      throw std::runtime_error("OpenSSL offers no SHA-256");
  }
  ~Digest() { EVP_MD_CTX_free(context); }

  void add(std::string_view bytes) {
    std::array<unsigned char, 8> size{};
    for (std::size_t i = 0; i < size.size(); ++i)
      size[i] = static_cast<unsigned char>(bytes.size() >> (8 * i));
    EVP_DigestUpdate(context, size.data(), size.size());
    EVP_DigestUpdate(context, bytes.data(), bytes.size());
  }

  EVP_MD_CTX* context;
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
  const std::string line = canonical_text(event);
  bytes_held_ += sizeof(Event) + line.size() + event.payload.size();
  digest_->add(line);
  digest_->add(event.payload);
  return event;
}

std::string Trace::hash() const {
  EVP_MD_CTX* copy = EVP_MD_CTX_new();
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  EVP_MD_CTX_copy_ex(copy, digest_->context);
  EVP_DigestFinal_ex(copy, bytes.data(), &size);
  EVP_MD_CTX_free(copy);
  std::string hex;
  for (std::size_t i = 0; i < 16; ++i) hex += fmt::format("{:02x}", bytes[i]);
  return hex;
}

}  // namespace sealcheck::trace
