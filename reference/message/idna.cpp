#include "reference/message/idna.hpp"

#include <idn2.h>

#include <algorithm>
#include <memory>

namespace sealgate::message {

std::string to_ascii_domain(std::string_view domain) {
  std::string given(domain);
  const bool ascii = std::none_of(given.begin(), given.end(),
                                  [](char c) { return static_cast<unsigned char>(c) > 0x7f; });
  if (ascii) return given;
  char* made = nullptr;
  const int code = idn2_to_ascii_8z(given.c_str(), &made, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<char, void (*)(void*)> owner(made, idn2_free);
  return code == IDN2_OK ? std::string(made) : given;
}

}  // namespace sealgate::message
