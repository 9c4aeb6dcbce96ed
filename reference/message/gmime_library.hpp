// GMime is a C library with an initialisation; whoever calls it says use_gmime() first. GMime is
// never let to make up a boundary or a message id: it would draw them from a clock and a random
// source.
#pragma once

namespace sealgate::message {

/// Initialises GMime on the first call. It stays so until the process ends.
void use_gmime();

}  // namespace sealgate::message
