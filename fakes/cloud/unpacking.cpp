#include "fakes/cloud/unpacking.hpp"

#include <string>

#include "fakes/cloud/mime_part.hpp"
#include "fakes/cloud/zip_members.hpp"

namespace fakes {
namespace {

class Unpacking {
 public:
  Unpacking(const UnpackLimits& limits, const std::function<void(std::string_view)>& look)
      : limits_(limits), look_(look) {}

  bool saw_every_archive() const { return !unreadable_; }

  bool message(std::string_view text, std::size_t depth) {
    if (++pieces_ > limits_.pieces || depth > limits_.depth) return false;
    const MimePart part = read_part(text);
    std::string decoded;
    std::string_view body = part.body;
    if (part.encoding != MimePart::Encoding::none) {
      if (!spend(body.size())) return false;
      decoded = decode(part);
      body = decoded;
      look_(body);
    }
    if (part.is_message) return message(body, depth + 1);
    if (!part.boundary.empty()) {
      return for_each_part(body, part.boundary,
                           [this, depth](std::string_view one) { return message(one, depth + 1); });
    }
    return archive(body, depth);
  }

 private:
  bool archive(std::string_view octets, std::size_t depth) {
    ZipMembers members(octets);
    if (!members.is_archive()) {
      unreadable_ |= !members.is_whole();
      return true;
    }
    if (depth + 1 > limits_.depth) return false;
    while (members.next()) {
      if (++pieces_ > limits_.pieces) return false;
      const std::string member = members.read(left_ + 1);
      if (!spend(member.size())) return false;
      look_(member);
      if (!archive(member, depth + 1)) return false;
    }
    unreadable_ |= !members.is_whole();
    return true;
  }

  bool spend(std::size_t octets) {
    if (octets > left_) return false;
    left_ -= octets;
    return true;
  }

  const UnpackLimits& limits_;
  const std::function<void(std::string_view)>& look_;
  std::size_t pieces_ = 0;
  std::size_t left_ = limits_.octets;
  bool unreadable_ = false;
};

}  // namespace

Unpacked unpack(std::string_view message, const UnpackLimits& limits,
                const std::function<void(std::string_view)>& look) {
  look(message);
  Unpacking unpacking(limits, look);
  if (!unpacking.message(message, 0)) return Unpacked::up_to_a_limit;
  return unpacking.saw_every_archive() ? Unpacked::whole : Unpacked::unreadable;
}

}  // namespace fakes
