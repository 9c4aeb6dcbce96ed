// The x-headers of the third-party application in a message: put in, found, taken out.
//
// Every other byte of the message stays as it was. To take out is by name alone, whatever the
// value: a receiver that is less exact than we are must not be triggered by what we let pass.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reference/message/header.hpp"
#include "reference/settings/x_header.hpp"

namespace sealgate::encryption {

/// A field of the message matches (RUL-27).
bool carries(const message::Header& header, const settings::XHeader& wanted);

struct Stripped {
  std::vector<std::string> fields;  ///< "name: value" of each that went, unfolded, for the log
  /// False: the header was too big to be looked through, so that some may be left.
  bool complete = true;
};

/// Takes every field with one of these names out.
Stripped strip(std::string& message, const std::vector<settings::XHeader>& headers);

/// The message carries the header once, at the top, and no other field of its name. False: the
/// header is too big for that to be known; the message is as it was.
bool mark(std::string& message, const settings::XHeader& header);

/// What a message says that comes back from an encryption server.
enum class ReturnStatus {
  encrypted,  ///< the success header, and not the other
  failed,     ///< the failure header, with the success header or without
  unmarked,   ///< neither: the two sides' settings do not match (TPA-07)
};
std::string_view to_word(ReturnStatus status);

/// A header too big to be looked through counts as it says in its beginning; with nothing found
/// there it is `unmarked`.
ReturnStatus return_status(const message::Header& header, const settings::XHeader& success,
                           const settings::XHeader& failure);

}  // namespace sealgate::encryption
