#include "fakes/mx/mx_config.hpp"

namespace fakes {

std::string_view to_string(StartTlsBehaviour behaviour) {
  switch (behaviour) {
    case StartTlsBehaviour::works:
      return "works";
    case StartTlsBehaviour::not_offered:
      return "not-offered";
    case StartTlsBehaviour::in_greeting:
      return "in-greeting";
    case StartTlsBehaviour::refused:
      return "refused";
    case StartTlsBehaviour::alert:
      return "alert";
    case StartTlsBehaviour::eof:
      return "eof";
    case StartTlsBehaviour::reset:
      return "reset";
    case StartTlsBehaviour::stall:
      return "stall";
    case StartTlsBehaviour::garbage:
      return "garbage";
    case StartTlsBehaviour::plaintext:
      return "plaintext";
  }
  return "?";
}

}  // namespace fakes
