// The members of a zip archive, inflated one after the other (libarchive). Stored and deflated
// ones; what is encrypted or broken reads as what could be had of it, perhaps nothing, and
// is_whole() then says so.
//
// The archive's octets must outlive this. Memory: one member at a time, bounded by the caller.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

struct archive;

namespace fakes {

class ZipMembers {
 public:
  explicit ZipMembers(std::string_view octets);
  ~ZipMembers();
  ZipMembers(const ZipMembers&) = delete;
  ZipMembers& operator=(const ZipMembers&) = delete;

  /// Anything else has no members.
  bool is_archive() const { return first_; }

  /// So far nothing was left out: no member that is encrypted, broken or compressed in another way,
  /// and the octets are not just the beginning of an archive.
  bool is_whole() const { return whole_; }

  bool next();
  /// The member that next() went to, its first `limit` octets at most.
  std::string read(std::size_t limit);

 private:
  bool go_on();

  archive* archive_;
  bool whole_ = true;
  bool first_ = false;  ///< the first member was found
  bool begun_ = false;
};

}  // namespace fakes
