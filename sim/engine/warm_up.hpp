// Plays a small scenario in this process, so that the children forked from it find OpenSSL, SQLite
// and GMime ready: what libraries set up at first use costs more than a whole scenario does.
//
// It leaves caches behind and nothing that a run could see: every world has its own randomness,
// clock and disks, and the second, freshly executed engine of a run warms up in the same way.
#pragma once

#include "sim/engine/sut.hpp"

namespace sealcheck::engine {

void warm_up(const SutFactory& make_sut);

}  // namespace sealcheck::engine
