#include "reference/message/gmime_library.hpp"

#include <gmime/gmime.h>

namespace sealgate::message {

void use_gmime() {
  static const bool initialised = (g_mime_init(), true);
  static_cast<void>(initialised);
}

}  // namespace sealgate::message
