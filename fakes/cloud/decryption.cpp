#include "fakes/cloud/decryption.hpp"

#include <algorithm>
#include <optional>

#include "fakes/cloud/envelope_reader.hpp"
#include "fakes/cloud/mime_part.hpp"
#include "fakes/cloud/smime_reader.hpp"
#include "fakes/core/header_fields.hpp"

namespace fakes {
namespace {

bool describes_content(const HeaderLine& line) {
  constexpr std::string_view beginning = "Content-";
  return same_name(std::string_view(line.name).substr(0, beginning.size()), beginning);
}

/// S/MIME protects an entity: its content takes the place of the message's.
std::string with_entity(const std::string& message, std::string_view entity) {
  SplitMessage whole = split_message(message);
  SplitMessage inside = split_message(entity);
  std::erase_if(whole.header, describes_content);
  for (HeaderLine& line : inside.header) {
    if (describes_content(line)) whole.header.push_back(std::move(line));
  }
  if (std::none_of(whole.header.begin(), whole.header.end(),
                   [](const HeaderLine& line) { return same_name(line.name, "MIME-Version"); }))
    whole.header.push_back({"MIME-Version", "1.0", "MIME-Version: 1.0\r\n"});
  whole.body = std::move(inside.body);
  return whole.text();
}

/// An envelope protects a whole message; of the outer one only its way remains (RFC 5321 4.4).
std::string with_way_of(const std::string& message, std::string_view opened) {
  SplitMessage inside = split_message(opened);
  std::vector<HeaderLine> way;
  for (HeaderLine& line : split_message(message).header) {
    if (same_name(line.name, "Received") || same_name(line.name, "Return-Path"))
      way.push_back(std::move(line));
  }
  inside.header.insert(inside.header.begin(), way.begin(), way.end());
  return inside.text();
}

struct Attempt {
  bool encrypted = false;
  std::optional<std::string> content;  ///< of the message, once it was opened
};

Attempt try_smime(const DecryptionConfig& config, const std::string& message) {
  const auto sealed = smime_content(message);
  if (!sealed) return {};
  for (const auto& certificate : config.smime) {
    if (const auto entity = open_smime(*sealed, *certificate))
      return {true, with_entity(message, *entity)};
  }
  return {true, std::nullopt};
}

Attempt try_envelope(const DecryptionConfig& config, const std::string& message) {
  const auto sealed = envelope_in(message);
  if (!sealed) return {};
  for (const EnvelopeKey& key : config.envelopes) {
    if (const auto opened = open(*key.root, key.generation, sealed->about, sealed->sealed))
      return {true, with_way_of(message, *opened)};
  }
  return {true, std::nullopt};
}

}  // namespace

std::string_view to_string(DecryptionOutcome outcome) {
  switch (outcome) {
    case DecryptionOutcome::not_attempted:
      return "not-attempted";
    case DecryptionOutcome::not_encrypted:
      return "not-encrypted";
    case DecryptionOutcome::decrypted:
      return "decrypted";
    case DecryptionOutcome::failed:
      return "failed";
  }
  return {};
}

Decrypted decrypt(const DecryptionConfig& config, const std::string& message) {
  using Outcome = DecryptionOutcome;
  Attempt attempt;
  if (config.attempted) attempt = try_smime(config, message);
  if (config.attempted && !attempt.encrypted) attempt = try_envelope(config, message);
  SplitMessage result = split_message(attempt.content ? *attempt.content : message);
  const std::size_t fields = result.header.size();
  result.remove(config.header);
  if (!attempt.encrypted) {
    const bool forged = result.header.size() < fields;
    return {config.attempted ? Outcome::not_encrypted : Outcome::not_attempted,
            forged ? result.text() : message};
  }
  result.add_first(config.header, attempt.content ? config.success : config.failure);
  return {attempt.content ? Outcome::decrypted : Outcome::failed, result.text()};
}

}  // namespace fakes
